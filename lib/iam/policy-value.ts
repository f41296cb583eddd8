/** One piece of a policy's value: text as it stands, or a wildcard where the operator allows them. */
export type Piece = { text: string /** By a policy variable, and so literal. */; brought?: true } | "*" | "?";

/** A policy variable in a value: `${aws:username, 'nobody'}`. */
export interface Variable {
  /** As it stands in the document. */
  written: string;
  /** The condition key whose value it stands for; null where the variable is not of IAM's form. */
  key: string | null;
  /** What it stands for where the key is absent. */
  fallback: string | null;
}

export type PolicyValue = { ok: true; pieces: Piece[] } | { ok: false; variable: string };

/**
 * A value of a condition or resource in pieces. Policy variables exist since version 2012-10-17: `${*}`, `${?}` and `${$}`
 * stand for the character itself, others for a condition key's value, or for their default. Source: IAM user guide,
 * reference_policies_variables.
 */
export function piecesOf(value: string, version: string): (Piece | Variable)[] {
  const pieces: (Piece | Variable)[] = [];
  let rest = value;
  while (rest !== "") {
    const variable = version === "2012-10-17" ? /^\$\{([^}]*)\}/.exec(rest) : null;
    if (variable) {
      pieces.push(variableOf(variable[0], variable[1] ?? ""));
      rest = rest.slice(variable[0].length);
      continue;
    }
    const [first = ""] = rest;
    pieces.push(first === "*" || first === "?" ? first : { text: first });
    rest = rest.slice(first.length);
  }
  return pieces;
}

function variableOf(written: string, name: string): Piece | Variable {
  if (name === "*" || name === "?" || name === "$") return { text: name };
  const [, key, fallback = null] = /^([^\s,']+)(?:, '([^']*)')?$/.exec(name) ?? [];
  return { written, key: key ?? null, fallback };
}

/** Reads a value in which no variable's key is known: the first variable that it holds, if any, makes `ok` false. */
export function readValue(value: string, version: string): PolicyValue {
  const pieces = piecesOf(value, version);
  const variable = pieces.find(isVariable);
  return variable
    ? { ok: false, variable: variable.written }
    : { ok: true, pieces: pieces.filter((piece): piece is Piece => !isVariable(piece)) };
}

/** Whether the piece is a variable that stands for a key's value. */
export function isVariable(piece: Piece | Variable): piece is Variable {
  return typeof piece === "object" && "written" in piece;
}
/** The value as text, wildcards taken literally. */
export function literalText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}

/**
 * Whether the text is what the pieces describe: `*` is any number of characters, `/` and `:` included, `?` is one.
 * Walks back only to the last `*`, so that no pattern takes exponential time.
 */
export function matchesPieces(pieces: readonly Piece[], text: string): boolean {
  const characters = Array.from(text);
  let at = 0;
  let piece = 0;
  let star: { piece: number; at: number } | null = null;
  while (at < characters.length) {
    const current = pieces[piece];
    if (current === "*") {
      star = { piece, at };
      piece += 1;
    } else if (current === "?" || (typeof current === "object" && current.text === characters[at])) {
      piece += 1;
      at += 1;
    } else if (star) {
      star.at += 1;
      at = star.at;
      piece = star.piece + 1;
    } else {
      return false;
    }
  }
  return pieces.slice(piece).every((left) => left === "*");
}

/**
 * Whether `StringLike` with the pattern takes the text, in a policy of version 2012-10-17. False where the pattern
 * holds a variable: what it stands for is not known here.
 */
export function likes(pattern: string, text: string): boolean {
  const read = readValue(pattern, "2012-10-17");
  return read.ok && matchesPieces(read.pieces, text);
}
