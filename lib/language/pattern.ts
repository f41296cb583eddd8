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
  switch (pattern.kind) {
    case "text":
      return pattern.fold && pattern.text.toLowerCase() !== pattern.text.toUpperCase() ? null : pattern.text;
    case "sequence": {
      const parts = pattern.parts.map(onlyText);
      return parts.includes(null) ? null : parts.join("");
    }
    case "one":
    case "many":
    case "either":
      return null;
  }
}
