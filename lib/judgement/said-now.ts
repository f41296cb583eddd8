import type { Finding, Grade } from "@/lib/findings/finding";
import type { Judgement } from "./judgement";

/** What is to be said of a recorded role on its page. */
export interface SaidNow {
  /** Of the role as it is now, or, where that cannot be told here, as it was recorded. */
  of: "now" | "record";
  findings: Finding[];
  grade: Grade;
  /** How it differs from what was recorded, or why it is not of now; a sentence each. */
  notes: string[];
}

/**
 * What is found of a role now, against what was recorded with its version. Where GitLab does not show what would tell
 * it, that is what was recorded: not what is so.
 */
export function saidNow(now: Judgement, recorded: Judgement, version: number): SaidNow {
  if (now.after.kind === "untold" && recorded.after.kind !== "untold") {
    const because = `As recorded with version ${version}, since it can't be told here what is so now: ${now.after.because}`;
    return { of: "record", findings: recorded.findings, grade: recorded.grade, notes: [because] };
  }
  const { findings, grade } = now;
  const before = `with version ${version}`;
  const otherwise = findings.filter((finding) => namesake(finding, recorded) && !isRecorded(finding, recorded));
  return {
    of: "now",
    findings,
    grade,
    notes: [
      ...titled(
        findings.filter((finding) => !namesake(finding, recorded)),
        `Not recorded ${before}`,
      ),
      ...titled(otherwise, `Recorded otherwise ${before}`),
      ...titled(
        recorded.findings.filter((finding) => !namesake(finding, now)),
        `Recorded ${before}, and not found now`,
      ),
    ],
  };
}

function namesake({ id }: Finding, { findings }: Judgement): Finding | undefined {
  return findings.find((one) => one.id === id);
}

function isRecorded(finding: Finding, recorded: Judgement): boolean {
  const known = namesake(finding, recorded);
  return known?.severity === finding.severity && known.why === finding.why;
}

function titled(findings: readonly Finding[], words: string): string[] {
  return findings.length === 0 ? [] : [`${words}: ${findings.map(({ title }) => title).join(", ")}.`];
}
