/** One piece of a policy's value: text as it stands, or a wildcard where the operator allows them. */
export type Piece = { text: string } | "*" | "?";

export type PolicyValue = { ok: true; pieces: Piece[] } | { ok: false; variable: string };

/**
 * Reads a value of a condition or resource. Policy variables exist since version 2012-10-17: `${*}`, `${?}` and `${$}`
 * stand for the character itself; what any other variable stands for is not known here, and `ok` is false.
 * Source: IAM user guide, "IAM policy elements: variables and tags".
 */
export function readValue(value: string, version: string): PolicyValue {
  const pieces: Piece[] = [];
  let rest = value;
  while (rest !== "") {
    const variable = version === "2012-10-17" ? /^\$\{([^}]*)\}/.exec(rest) : null;
    if (variable) {
      const name = variable[1] ?? "";
      if (name !== "*" && name !== "?" && name !== "$") return { ok: false, variable: variable[0] };
      pieces.push({ text: name });
      rest = rest.slice(variable[0].length);
      continue;
    }
    const [first = ""] = rest;
    pieces.push(first === "*" || first === "?" ? first : { text: first });
    rest = rest.slice(first.length);
  }
  return { ok: true, pieces };
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
