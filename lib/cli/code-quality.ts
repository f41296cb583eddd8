import type { FileReport } from "./finding-place";
import { knownFindings } from "./finding-place";

/** An entry of GitLab's code quality report (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format"). */
interface CodeQualityEntry {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: "minor" | "critical";
  location: { path: string; lines: { begin: number } };
}

/** The findings as GitLab's merge request shows them: caution is minor, dangerous critical. */
export function codeQuality(reports: readonly FileReport[]): CodeQualityEntry[] {
  return knownFindings(reports).map(({ id, severity, message, uri, line, fingerprint }) => ({
    description: message,
    check_name: `trustdesk/${id}`,
    fingerprint,
    severity: severity === "dangerous" ? "critical" : "minor",
    location: { path: uri, lines: { begin: line } },
  }));
}
