/** A member that stands twice in one object: the last one counts, the earlier one is lost. */
export interface DoubledMember {
  /** JSON pointer (RFC 6901) of both. */
  pointer: string;
  /** Where the lost one's name begins, in UTF-16 units from 0. */
  offset: number;
  /** The lost value, as JSON text. */
  lost: string;
}

/** A JSON text with the places of what it holds; offsets are in UTF-16 units from 0. */
export type JsonText =
  | {
      ok: true;
      value: unknown;
      /** By JSON pointer ("" is the whole): where a member's name, or an element, begins. */
      places: ReadonlyMap<string, number>;
      doubled: readonly DoubledMember[];
    }
  | { ok: false; offset: number; reason: string };

/** Reads JSON by RFC 8259, as `JSON.parse` does, and notes where everything stands. */
export function scanJson(text: string): JsonText {
  const scanner = new Scanner(text);
  try {
    scanner.whole();
  } catch (error) {
    if (error instanceof Stumble) return { ok: false, offset: error.offset, reason: error.message };
    throw error;
  }
  return { ok: true, value: JSON.parse(text), places: scanner.places, doubled: scanner.doubled };
}

/** One step of a JSON pointer (RFC 6901, section 3). */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

class Stumble extends Error {
  readonly offset: number;
  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

/** No document of AWS or GitLab comes near it, and no text can exhaust the stack. */
const deepest = 200;

class Scanner {
  readonly places = new Map<string, number>();
  readonly doubled: DoubledMember[] = [];
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): void {
    this.skip();
    this.places.set("", this.at);
    this.value("", 0);
    this.skip();
    if (this.at < this.text.length) this.unexpected("the end");
  }

  private value(pointer: string, depth: number): void {
    if (depth > deepest) throw new Stumble(this.at, `more than ${deepest} brackets are open.`);
    const first = this.text[this.at];
    if (first === "{") return this.object(pointer, depth);
    if (first === "[") return this.list(pointer, depth);
    if (first === '"') return void this.string();
    if (!this.take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y)) this.unexpected("a value");
  }

  private object(pointer: string, depth: number): void {
    const begins = new Map<string, { name: number; value: number; end: number }>();
    this.between("}", "a member's name in quotes", () => {
      const name = this.at;
      if (this.text[name] !== '"') this.unexpected("a member's name in quotes");
      const inner = pointer + pointerStep(this.string());
      this.skip();
      if (!this.take(/:/y)) this.unexpected("a colon");
      this.skip();
      const before = begins.get(inner);
      if (before) this.lose(inner, before);
      this.places.set(inner, name);
      const value = this.at;
      this.value(inner, depth + 1);
      begins.set(inner, { name, value, end: this.at });
    });
  }

  private list(pointer: string, depth: number): void {
    let index = 0;
    this.between("]", "a value", () => {
      const inner = pointer + pointerStep(index);
      this.places.set(inner, this.at);
      this.value(inner, depth + 1);
      index += 1;
    });
  }

  private between(end: "}" | "]", wanted: string, item: () => void): void {
    const opening = this.at;
    this.at += 1;
    this.skip();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      item();
      this.skip();
      if (this.text[this.at] === end) break;
      if (this.at >= this.text.length) throw new Stumble(opening, "this bracket is never closed.");
      const comma = this.at;
      if (!this.take(/,/y)) this.unexpected(`a comma or "${end}"`);
      this.skip();
      if (this.text[this.at] === end) throw new Stumble(comma, `nothing follows this comma; wanted is ${wanted}.`);
    }
    this.at += 1;
  }

  private lose(pointer: string, { name, value, end }: { name: number; value: number; end: number }): void {
    this.doubled.push({ pointer, offset: name, lost: this.text.slice(value, end) });
    for (const inner of [...this.places.keys()]) if (inner.startsWith(`${pointer}/`)) this.places.delete(inner);
  }

  /** The string at the place, read. */
  private string(): string {
    const start = this.at;
    this.at += 1;
    for (;;) {
      this.take(/[^"\\\u0000-\u001f]+/y);
      const next = this.text[this.at];
      if (next === '"') break;
      if (next === undefined || next === "\n" || next === "\r")
        throw new Stumble(start, "this quote is not closed before the end of the line.");
      if (next !== "\\")
        throw new Stumble(this.at, `inside quotes stands a raw ${characterWords(next)}; take it out, or escape it.`);
      if (!this.take(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y))
        throw new Stumble(this.at, "a backslash stands before what JSON does not escape.");
    }
    this.at += 1;
    return String(JSON.parse(this.text.slice(start, this.at)));
  }

  private skip(): void {
    this.take(/[ \t\n\r]+/y);
  }

  private take(token: RegExp): boolean {
    token.lastIndex = this.at;
    if (!token.test(this.text)) return false;
    this.at = token.lastIndex;
    return true;
  }

  private unexpected(wanted: string): never {
    const code = this.text.codePointAt(this.at);
    if (code === undefined) throw new Stumble(this.at, `it ends where ${wanted} is wanted.`);
    throw new Stumble(this.at, `here stands ${characterWords(String.fromCodePoint(code))}, where ${wanted} is wanted.`);
  }
}

const names: Readonly<Record<string, string>> = {
  "\t": "tab",
  "\u00a0": "no-break space",
  "\u200b": "zero-width space",
  "\u2028": "line separator",
  "\u2029": "paragraph separator",
  "\u201c": "typographic quote",
  "\u201d": "typographic quote",
  "\u201e": "typographic quote",
  "\ufeff": "byte order mark",
};

/** A character for people: what cannot be seen, or is easily taken for another, by its code point. */
function characterWords(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const name = names[character];
  if (name !== undefined) return `${code} (${name})`;
  if (/[\p{Z}\p{Cf}]/u.test(character)) return `${code} (an invisible character)`;
  return /\p{C}/u.test(character) ? `${code} (a control character)` : `"${character}"`;
}

/** Line and column, both from 1, of an offset; the column counts UTF-16 units, as editors and SARIF do. */
export function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
