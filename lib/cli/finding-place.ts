import { createHash } from "node:crypto";
import { isAbsolute, relative, sep } from "node:path";
import type { LintFinding, LintReport } from "@/lib/judgement/lint";

/** A finding with where it is: file as it was given, line and column from 1. */
interface PlacedFinding extends Omit<LintFinding, "document"> {
  file: string;
  line: number;
  column: number;
}

/** What a lint says of one trust file. */
export interface FileReport extends Omit<LintReport, "findings"> {
  file: string;
  findings: PlacedFinding[];
}

/** A finding with what tells it from all others, from run to run: it holds no line, so that code above it may grow. */
interface KnownFinding extends PlacedFinding {
  /** Relative to the working directory, with slashes, as GitLab and SARIF want it. */
  uri: string;
  /** 64 hexadecimal digits. */
  fingerprint: string;
}

/** All findings of all reports, each once: a permission policy's are in the report of every trust. */
export function knownFindings(reports: readonly FileReport[]): KnownFinding[] {
  const known = new Map<string, KnownFinding>();
  for (const { findings } of reports) {
    const counts = new Map<string, number>();
    for (const finding of findings) {
      const uri = uriOf(finding.file);
      const name = JSON.stringify([uri, finding.id, finding.path]);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const fingerprint = createHash("sha256").update(`${name}${count}`).digest("hex");
      if (!known.has(fingerprint)) known.set(fingerprint, { ...finding, uri, fingerprint });
    }
  }
  return [...known.values()];
}

function uriOf(file: string): string {
  const local = isAbsolute(file) ? relative(process.cwd(), file) : file;
  const inside = isAbsolute(file) && local.startsWith("..") ? file : local;
  return inside
    .split(sep)
    .join("/")
    .replace(/^(?:\.\/)+/, "");
}
