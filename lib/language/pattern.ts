import { spellings } from "./letter-case";

/** Which characters (code points) one place of a text may hold. */
export type Characters = { only: string } | { except: string };

/** A set of texts, as a regular expression without complement. The functions below make it. */
export type Pattern =
  /** The text itself; `fold` where letter case does not count. */
  | { kind: "text"; text: string; fold: boolean }
  /** One character. */
  | { kind: "one"; of: Characters }
  /** Any number of characters, none included. */
  | { kind: "many"; of: Characters }
  | { kind: "sequence"; parts: readonly Pattern[] }
  | { kind: "either"; options: readonly Pattern[] };

const anyCharacter: Characters = { except: "" };

/** The text itself, or with `fold` every spelling of it in letter case. */
export function text(value: string, { fold = false } = {}): Pattern {
  return { kind: "text", text: value, fold };
}

/** Exactly one character, of any or of those given. */
export function one(of: Characters = anyCharacter): Pattern {
  return { kind: "one", of };
}

/** Any number of characters, none included, of any or of those given. */
export function many(of: Characters = anyCharacter): Pattern {
  return { kind: "many", of };
}

/** One after the other. */
export function sequence(...parts: readonly Pattern[]): Pattern {
  return { kind: "sequence", parts };
}

/** Any of them; of none, no text at all. */
export function either(...options: readonly Pattern[]): Pattern {
  return options.length === 1 && options[0] ? options[0] : { kind: "either", options };
}

/** The pattern or the empty text. */
export function optional(pattern: Pattern): Pattern {
  return either(text(""), pattern);
}

/** Every text. */
export const everything: Pattern = many();

/** No text. */
export const nothing: Pattern = either();

/** The one text that the pattern takes, or null where it takes several or none. Letter case that does not count makes several. */
export function onlyText(pattern: Pattern): string | null {
  const [only = null, ...others] = someTexts(pattern);
  return others.length === 0 ? only : null;
}

/** Some texts of the pattern: none, one or several, as the pattern has none, one or several. */
function someTexts(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case "text":
      return joined(Array.from(pattern.text, (character) => (pattern.fold ? spellings(character) : [character])));
    case "one":
      return "only" in pattern.of ? [...new Set(pattern.of.only)] : ["a", "b"];
    case "many":
      return "only" in pattern.of && pattern.of.only === "" ? [""] : ["", "a"];
    case "sequence":
      return joined(pattern.parts.map(someTexts));
    case "either":
      return [...new Set(pattern.options.flatMap(someTexts))];
  }
}

/** The parts' texts one after the other, of each part and of all at most two. */
function joined(parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>(
    (texts, part) => texts.flatMap((text) => part.slice(0, 2).map((next) => text + next)).slice(0, 2),
    [""],
  );
}
