/** What a command may ask of its process. */
export interface Io {
  /** The bytes of a file, or of standard input for "-". */
  read(name: string): Promise<Uint8Array>;
  now(): Date;
}

/** What a command leaves: its output, its sentences for stderr, and its exit code. */
export interface Outcome {
  out: string;
  complaints: string[];
  code: number;
}

/** Input that cannot be used; the message is a sentence that names file and place, and holds nothing of a token. */
export class Unusable extends Error {}

/** Names on the command line as they are shown; what may be a token, given in place of its file, is not. */
export function shown(name: string): string {
  if (name === "-") return "stdin";
  const isName = name.length <= 1000 && !/^(bearer|eyJ)|^\s*\{|\n/i.test(name);
  return isName ? name : "(not shown: it looks like a token or a document, not like a file's name)";
}

/** The exit code of a run over many files: the first of `order` that one of them has. */
export function worstOf(codes: readonly number[], order: readonly number[]): number {
  return order.find((code) => codes.includes(code)) ?? 0;
}
