import { Automaton, automatonOf } from "./automaton";
import type { Pattern } from "./pattern";
import { either, sequence } from "./pattern";

/** Many patterns, ready to be asked of many texts. */
export interface CompiledTexts {
  /** Whether any of the patterns takes the text. */
  matches(text: string): boolean;
  /** The index of the first pattern that takes the text, or -1. */
  first(text: string): number;
}

/** What follows a literal beginning: whether it takes what of the text stands from `begin` (UTF-16 units) on. */
interface Rest {
  index: number;
  takes: (text: string, begin: number) => boolean;
}

/** Patterns by how they begin, letter by letter, as far as they say the same. */
interface Node {
  lead: string;
  /** By the first UTF-16 unit of their lead. */
  below: Map<number, Node>;
  /** The first pattern that takes whatever follows here. */
  index: number;
  /** By index. */
  rests: Rest[];
}

const nobody = Number.POSITIVE_INFINITY;
/** Past so many states the patterns are asked one by one: texts that lead each to new ones are dear. */
const mostStates = 8_000;

/**
 * Makes a matcher of patterns; it answers as `takes` does of each. One automaton of all says most quickly that none does;
 * which one does is looked for from the beginnings on.
 */
export function compileTexts(patterns: readonly Pattern[]): CompiledTexts {
  const exact = new Map<string, number>();
  const root = nodeOf("");
  const others: Pattern[] = [];
  patterns.forEach((pattern, index) => {
    const { lead, rest } = splitAtLead(pattern);
    if (rest.length === 0) return exact.set(lead, exact.get(lead) ?? index);
    others.push(pattern);
    return hang(nodeFor(root, lead), index, rest);
  });
  const any = new Automaton(either(...others));
  const search = (text: string) => firstBelow(root, text, exact.get(text) ?? nobody);
  const matches = (text: string) =>
    exact.has(text) || (any.size > mostStates ? search(text) !== nobody : any.takes(text));
  return { matches, first: (text) => (matches(text) ? search(text) : -1) };
}

function firstBelow(root: Node, text: string, exact: number): number {
  let best = exact;
  let at = 0;
  for (let node: Node | undefined = root; node && text.startsWith(node.lead, at); ) {
    at += node.lead.length;
    best = Math.min(best, node.index);
    for (const { index, takes } of node.rests) {
      if (index >= best) break;
      if (takes(text, at)) best = index;
    }
    node = node.below.get(text.charCodeAt(at));
  }
  return best;
}

const kept = new WeakMap<Pattern, CompiledTexts>();

/** One pattern's matcher, kept with the pattern object; where the pattern is a glob it needs no automaton. */
export function compiledText(pattern: Pattern): CompiledTexts {
  const before = kept.get(pattern);
  if (before) return before;
  const made = compileTexts([pattern]);
  kept.set(pattern, made);
  return made;
}

/** The literal text that a pattern begins with, and what follows; half of a surrogate pair is for the automaton. */
function splitAtLead(pattern: Pattern): { lead: string; rest: Pattern[] } {
  const pieces = flat(pattern);
  const follows = pieces.findIndex((piece) => !isLiteral(piece));
  const leads = follows === -1 ? pieces : pieces.slice(0, follows);
  const lead = leads.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
  if (pieces.some(hasHalf)) return { lead: "", rest: [pattern] };
  return { lead, rest: pieces.slice(leads.length) };
}

/** The pieces of a pattern in a row, without sequences. */
function flat(pattern: Pattern): Pattern[] {
  return pattern.kind === "sequence" ? pattern.parts.flatMap(flat) : [pattern];
}

function isLiteral(piece: Pattern): boolean {
  return piece.kind === "text" && !piece.fold;
}

function hasHalf(piece: Pattern): boolean {
  return piece.kind === "text" && /\p{Surrogate}/u.test(piece.text);
}

function isStar(piece: Pattern): boolean {
  return piece.kind === "many" && "except" in piece.of && piece.of.except === "";
}

/** Hangs what follows the beginning at its node; patterns come in the order of their index. */
function hang(node: Node, index: number, rest: readonly Pattern[]): void {
  if (rest.every(isStar)) node.index = Math.min(node.index, index);
  else node.rests.push({ index, takes: takesRest(rest) });
}

/** Pieces that begin with no literal: literals between stars are looked for from left to right, all else is walked. */
function takesRest(rest: readonly Pattern[]): Rest["takes"] {
  if (!rest.every((piece) => isStar(piece) || (isLiteral(piece) && !hasHalf(piece)))) {
    const pattern = sequence(...rest);
    return (given, begin) => automatonOf(pattern).takes(given.slice(begin));
  }
  const parts = rest.reduce<string[]>(
    (found, piece) =>
      piece.kind === "text" ? [...found.slice(0, -1), (found.at(-1) ?? "") + piece.text] : [...found, ""],
    [],
  );
  const end = parts.at(-1) ?? "";
  const middle = parts.slice(0, -1).filter((part) => part !== "");
  return (given, begin) => {
    const last = given.length - end.length;
    if (last < begin || !given.endsWith(end)) return false;
    let at = begin;
    for (const part of middle) {
      const found = given.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= last;
  };
}

function nodeOf(lead: string): Node {
  return { lead, below: new Map(), index: nobody, rests: [] };
}

/** The node of a beginning below another one; makes it, or splits one that says more. */
function nodeFor(node: Node, lead: string): Node {
  if (lead === "") return node;
  const below = node.below.get(lead.charCodeAt(0));
  if (!below) {
    const made = nodeOf(lead);
    node.below.set(lead.charCodeAt(0), made);
    return made;
  }
  const common = commonLength(below.lead, lead);
  if (common === below.lead.length) return nodeFor(below, lead.slice(common));
  const middle = nodeOf(below.lead.slice(0, common));
  middle.below.set(below.lead.charCodeAt(common), { ...below, lead: below.lead.slice(common) });
  node.below.set(lead.charCodeAt(0), middle);
  return nodeFor(middle, lead.slice(common));
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
