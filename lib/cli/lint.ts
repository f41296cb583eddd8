import { parseArgs } from "node:util";
import { lint as lintTrust } from "@/lib/judgement/lint";
import { codeQuality } from "./code-quality";
import type { PolicyFile } from "./documents";
import { policyFile, projectFile } from "./documents";
import type { FileReport } from "./finding-place";
import type { Io, Outcome } from "./io";
import { Unusable, worstOf } from "./io";
import { reportText } from "./report-text";
import { oneOf, optionsOf, perFile } from "./run";
import { sarif } from "./sarif";

export const lintUsage = `trustdesk lint --trust FILE [--permissions FILE] [--project FILE]
               [--format json|text|sarif|gitlab-codequality] [--fail-on caution|dangerous]

Says who gets in by a trust policy, and what is wrong with it.

  --trust FILE          the trust policy; - is stdin. Several: each is looked at by itself.
                        Files without an option are trusts as well: lint trusts/*.json
  --permissions FILE    a permission policy of the role; several are of the same role
  --project FILE        the GitLab project: issuer, path, ids, refs, protection rules (docs/cli.md)
  --format FORMAT       json (one line a trust), text, sarif, gitlab-codequality
  --fail-on GRADE       exit with 1 where the grade is caution or worse, or dangerous

  { "file", "grade": "safe|caution|dangerous", "nobody", "untold", "findings": [...], "refs": [...], "beyond": [...], "notes": [...] }

nobody: the trust lets nobody in. untold: something of it cannot be told. Both are at least caution.
Exit code: 0, 1 by --fail-on only, 2 unusable input; of several the worst: 2, 1, 0.`;

const options = {
  trust: { type: "string", multiple: true },
  permissions: { type: "string", multiple: true },
  project: { type: "string" },
  format: { type: "string", default: "json" },
  "fail-on": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const formats = ["json", "text", "sarif", "gitlab-codequality"] as const;
const grades = ["safe", "caution", "dangerous"] as const;

/** `trustdesk lint`. */
export async function lint(args: readonly string[], io: Io): Promise<Outcome> {
  const { values, positionals } = optionsOf(
    () => parseArgs({ args: [...args], options, allowPositionals: true }),
    "lint",
  );
  if (values.help) return { out: `${lintUsage}\n`, complaints: [], code: 0 };
  const trusts = [...(values.trust ?? []), ...positionals];
  if (trusts.length === 0) throw new Unusable("lint needs --trust FILE.");
  const format = oneOf("--format", values.format, formats);
  const failOn =
    values["fail-on"] === undefined ? null : oneOf("--fail-on", values["fail-on"], ["caution", "dangerous"]);
  const project = values.project === undefined ? null : await projectFile(io, values.project);
  const permissions = await Promise.all((values.permissions ?? []).map((name) => policyFile(io, name)));
  const { read, complaints } = await perFile(trusts, (name) => policyFile(io, name));
  const reports = read.map((trust) => reportOn(trust, permissions, project, io.now()));
  const fails = failOn !== null && reports.some(({ grade }) => grades.indexOf(grade) >= grades.indexOf(failOn));
  return {
    out: written(reports, format),
    complaints,
    code: worstOf([...(fails ? [1] : []), ...complaints.map(() => 2)], [2, 1]),
  };
}

function reportOn(
  trust: PolicyFile,
  permissions: readonly PolicyFile[],
  project: Awaited<ReturnType<typeof projectFile>> | null,
  at: Date,
): FileReport {
  const { grade, nobody, untold, findings, refs, beyond, notes } = lintTrust({
    trust: trust.policy,
    permissions: permissions.map(({ policy }) => policy),
    lost: [
      ...trust.lost.map((one) => ({ ...one, document: "trust" as const })),
      ...permissions.flatMap(({ lost }, index) => lost.map((one) => ({ ...one, document: index }))),
    ],
    project: project?.project ?? null,
    at,
  });
  const placed = findings.map(({ document, ...finding }) => {
    const of = document === "trust" ? trust : (permissions[document] ?? trust);
    return { ...finding, file: of.file, ...of.placeOf(finding.path) };
  });
  const said = [...trust.notes, ...permissions.flatMap((one) => one.notes), ...(project?.notes ?? []), ...notes];
  return { file: trust.file, grade, nobody, untold, findings: placed, refs, beyond, notes: [...new Set(said)] };
}

function written(reports: readonly FileReport[], format: (typeof formats)[number]): string {
  switch (format) {
    case "json":
      return reports.map((report) => `${JSON.stringify(report)}\n`).join("");
    case "text":
      return reportText(reports);
    case "sarif":
      return `${JSON.stringify(sarif(reports), null, 2)}\n`;
    case "gitlab-codequality":
      return `${JSON.stringify(codeQuality(reports), null, 2)}\n`;
  }
}
