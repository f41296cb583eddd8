import { findingPages } from "@/lib/findings/table";
import type { FileReport } from "./finding-place";
import { knownFindings } from "./finding-place";

/** The findings as SARIF 2.1.0 (OASIS): caution is a warning, dangerous an error. */
export function sarif(reports: readonly FileReport[]) {
  const findings = knownFindings(reports);
  const ids = [...new Set(findings.map(({ id }) => id))].toSorted();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0" as const,
    runs: [
      {
        tool: { driver: { name: "trustdesk", rules: ids.map(ruleOf) } },
        columnKind: "utf16CodeUnits" as const,
        results: findings.map(({ id, severity, message, path, uri, line, column, fingerprint }) => ({
          ruleId: id,
          ruleIndex: ids.indexOf(id),
          level: severity === "dangerous" ? ("error" as const) : ("warning" as const),
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(uri) },
                region: { startLine: line, startColumn: column },
              },
              logicalLocations: [{ fullyQualifiedName: path }],
            },
          ],
          partialFingerprints: { "trustdesk/v1": fingerprint },
        })),
      },
    ],
  };
}

/** What a viewer shows of a rule: the texts of the finding's page. */
function ruleOf(id: string) {
  const page = findingPages.find((one) => one.id === id);
  if (!page) return { id };
  return {
    id,
    shortDescription: { text: page.title },
    fullDescription: { text: page.about },
    help: { text: page.mending },
  };
}
