import { placeAt, scanJson } from "@/lib/iam/json-text";
import type { PolicySource } from "@/lib/iam/policy-source";
import { readPolicySource } from "@/lib/iam/policy-source";
import type { LintProject } from "@/lib/judgement/lint-project";
import { readTokenText } from "@/lib/judgement/token-text";
import type { Io } from "./io";
import { shown, Unusable } from "./io";

/** A policy from a file; `file` is its name as it was given. */
export interface PolicyFile extends PolicySource {
  file: string;
}

/** Far above what AWS takes (131,072 characters). */
const mostBytes = 4_000_000;

/** Reads a policy file. */
export async function policyFile(io: Io, name: string): Promise<PolicyFile> {
  const read = readPolicySource(await textOf(io, name));
  if (!read.ok) throw new Unusable(sentence(name, read.reason, read));
  return { file: shown(name), ...read.source };
}

/** What is to be said of how a policy was read: where a member stands twice, the answer is about the last one. */
export function saidOf({ file, notes, lost }: PolicyFile): string[] {
  return [...notes, ...lost.map(({ path }) => `${path} stands twice in ${file}: the last one was read, as AWS does.`)];
}

/** Reads a token's claims. */
export async function tokenFile(
  io: Io,
  name: string,
): Promise<{ file: string; claims: Record<string, unknown>; notes: string[] }> {
  if (/^(bearer\s|eyJ)/i.test(name))
    throw new Unusable(
      "--token takes a file, or - for stdin, and not the token itself: it would end in the shell's history and in the list of processes.",
    );
  const read = readTokenText(await textOf(io, name));
  if (!read.ok) throw new Unusable(sentence(name, read.reason));
  return { file: shown(name), claims: read.claims, notes: read.notes };
}

/** Reads a project file. */
export async function projectFile(io: Io, name: string): Promise<{ project: LintProject; notes: string[] }> {
  const text = await textOf(io, name);
  const json = scanJson(text);
  if (!json.ok) throw new Unusable(sentence(name, `this is not JSON: ${json.reason}`, placeAt(text, json.offset)));
  const [doubled] = json.doubled;
  if (doubled)
    throw new Unusable(sentence(name, `${doubled.pointer} stands twice in one object.`, placeAt(text, doubled.offset)));
  // Loaded by the command that reads one: its validators cost the others a tenth of their start.
  const { readLintProject } = await import("@/lib/judgement/lint-project");
  const read = readLintProject(json.value);
  if (read.ok) return read;
  const place = json.places.get(read.pointer);
  throw new Unusable(
    sentence(
      name,
      `${read.pointer === "" ? "" : `${read.pointer}: `}${read.reason}`,
      place === undefined ? {} : placeAt(text, place),
    ),
  );
}

function sentence(name: string, reason: string, { line, column }: { line?: number; column?: number } = {}): string {
  const place = line === undefined ? "" : `:${line}${column === undefined ? "" : `:${column}`}`;
  return `${shown(name)}${place}: ${reason}`;
}

/** A file's text. A byte order mark is left in, so that whoever reads the text names it. */
async function textOf(io: Io, name: string): Promise<string> {
  const bytes = await io.read(name).catch((error: unknown) => {
    throw new Unusable(sentence(name, whyNotRead(error)));
  });
  if (bytes.length > mostBytes) throw new Unusable(sentence(name, `it has more than ${mostBytes / 1_000_000} MB.`));
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new Unusable(sentence(name, "it is UTF-16 (PowerShell's > writes that); JSON is UTF-8."));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unusable(sentence(name, "it is not UTF-8."));
  }
}

function whyNotRead(error: unknown): string {
  if (error instanceof Unusable) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const known: Record<string, string> = {
    ENOENT: "there is no such file.",
    EISDIR: "it is a directory; name its files.",
    EACCES: "it may not be read (EACCES).",
    ENAMETOOLONG: "this is no file's name.",
  };
  return known[code] ?? `it cannot be read (${code}).`;
}
