import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { lintReportSchema } from "@/lib/judgement/lint-schema";
import { openTrust, projectText, runOver, safeTrust, trustText } from "@/lib/testing/policy-files";
import { codeQuality } from "./code-quality";
import type { FileReport } from "./finding-place";
import { sarif } from "./sarif";

const files = { "safe.json": safeTrust, "open.json": openTrust, "project.json": projectText, "no.json": "{" };

const subject = '"StringEquals":{"gitlab.com:sub":"project_path:acme/shop:ref_type:branch:ref:main"}';
const audience = '"StringEquals":{"gitlab.com:aud":"https://gitlab.com"}';
/** The safe trust with two conditions in one object; the second begins line 2. */
const twice = (first: string, second: string) =>
  safeTrust.replace(/"Condition":.*/, `"Condition":{${first},\n${second}}}]}`);

async function linted(...args: string[]) {
  const { out, ...rest } = await runOver(files, "lint", ...args);
  return { ...rest, out, reports: reportsIn(out) };
}

function reportsIn(out: string): FileReport[] {
  return out.split("\n").flatMap((line) => (line.startsWith('{"file"') ? [JSON.parse(line) as FileReport] : []));
}

describe("lint", () => {
  it("answers in the shape that the API has, with the file beside", async () => {
    const { reports, code } = await linted("--trust", "open.json", "--project", "project.json");
    const [{ file = "", findings = [], ...report } = {}] = reports;
    const bare = findings.map(({ file: _file, line: _line, column: _column, ...finding }) => ({
      ...finding,
      document: "trust",
    }));
    expect(lintReportSchema.parse({ ...report, findings: bare })).toMatchObject({ grade: "dangerous" });
    expect([file, code]).toEqual(["open.json", 0]);
  });

  it("says of each ref whether it gets in", async () => {
    const [report] = (await linted("--trust", "safe.json", "--project", "project.json")).reports;
    expect(report).toMatchObject({ grade: "safe", nobody: false, untold: false, findings: [] });
    expect(report?.refs.map(({ ref, type, answer }) => `${type} ${ref} ${answer}`).toSorted()).toEqual([
      "branch feature/x out",
      "branch main in",
      "tag v1.0 out",
    ]);
  });

  it("is at least caution where something is untold, and says what would tell", async () => {
    const trust = trustText({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } });
    const { out } = await runOver({ trust, "project.json": projectText }, "lint", "trust", "--project", "project.json");
    const [report] = reportsIn(out);
    expect(report).toMatchObject({ untold: true, grade: expect.not.stringMatching("safe") as string });
    expect(report?.refs.filter(({ answer, when }) => answer === "untold" && when !== null)).toHaveLength(3);
  });

  it.each([
    ["safe.json", "caution", 0],
    ["safe.json", "dangerous", 0],
    ["open.json", "caution", 1],
    ["open.json", "dangerous", 1],
  ])("fails on %s with --fail-on %s: %s", async (file, grade, code) => {
    expect(await linted("--trust", file, "--project", "project.json", "--fail-on", grade)).toMatchObject({ code });
  });

  it("looks at many files, one line each, and ends with the worst", async () => {
    const many = await linted(
      "safe.json",
      "--trust",
      "open.json",
      "--project",
      "project.json",
      "--fail-on",
      "dangerous",
    );
    expect(many.reports.map(({ file, grade }) => [file, grade])).toEqual([
      ["open.json", "dangerous"],
      ["safe.json", "safe"],
    ]);
    expect(many.code).toBe(1);
    const broken = await linted("safe.json", "no.json", "open.json", "--fail-on", "dangerous");
    expect([broken.reports.length, broken.code, broken.complaints]).toEqual([
      2,
      2,
      [expect.stringMatching(/^no\.json:1:2: /)],
    ]);
  });

  it("gives a finding about permissions the permissions' file", async () => {
    const wide = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
    const { out } = await runOver({ ...files, wide }, "lint", "safe.json", "--permissions", "wide");
    expect(reportsIn(out)[0]?.findings).toContainEqual(
      expect.objectContaining({ file: "wide", severity: "dangerous" }),
    );
  });
});

describe("a member that stands twice", () => {
  it.each([
    ["dangerous where the subject goes with it", twice(subject, audience), "dangerous"],
    ["a caution where another condition does", twice(audience, subject), "caution"],
  ])("is %s", async (_what, trust, severity) => {
    const { out } = await runOver({ trust }, "lint", "trust");
    expect(reportsIn(out)[0]?.findings).toContainEqual(
      expect.objectContaining({
        id: "doubled-member",
        severity,
        path: "/Statement/0/Condition/StringEquals",
        line: 2,
        column: 1,
      }),
    );
  });
});

describe("formats", () => {
  it("text names grade, findings with their places, and refs by answer", async () => {
    const { out } = await linted("open.json", "safe.json", "--project", "project.json", "--format", "text");
    expect(out).toMatch(/^open\.json: dangerous\n {2}dangerous {2}\S+ {2}open\.json:\d+:\d+\n/);
    expect(out).toMatch(
      /\n\nsafe\.json: safe\n {2}in +branch main\n {2}out +(branch feature\/x, tag v1\.0|tag v1\.0, branch feature\/x)\n/,
    );
  });

  const doubled = { "./iam/twice.json": twice(subject, audience), "safe.json": safeTrust };

  it("sarif is of its published type, with line, column and level of each finding", async () => {
    const names = ["./iam/twice.json", "safe.json"];
    const log: Log = sarif(reportsIn((await runOver(doubled, "lint", ...names)).out));
    const results = log.runs[0]?.results ?? [];
    const location = { artifactLocation: { uri: "iam/twice.json" }, region: { startLine: 2, startColumn: 1 } };
    expect(results.find(({ ruleId }) => ruleId === "doubled-member")).toMatchObject({
      level: "error",
      locations: [{ physicalLocation: location }],
    });
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    expect(results.map(({ ruleIndex = -1 }) => rules[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
    expect(JSON.parse((await runOver(doubled, "lint", ...names, "--format", "sarif")).out)).toEqual(log);
  });

  it("gitlab-codequality has one entry a finding, whose fingerprint survives lines above it", async () => {
    const entriesOf = async (files: Record<string, string>) => {
      const { out } = await runOver(files, "lint", "./iam/twice.json", "safe.json", "--format", "gitlab-codequality");
      return JSON.parse(out) as ReturnType<typeof codeQuality>;
    };
    const place = (begin: number) =>
      expect.objectContaining({
        check_name: "trustdesk/doubled-member",
        severity: "critical",
        location: { path: "iam/twice.json", lines: { begin } },
      });
    const now = await entriesOf(doubled);
    const later = await entriesOf({ ...doubled, "./iam/twice.json": `\n\n${doubled["./iam/twice.json"]}` });
    expect(now).toContainEqual(place(2));
    expect(later).toContainEqual(place(4));
    expect(later.map(({ fingerprint }) => fingerprint)).toEqual(now.map(({ fingerprint }) => fingerprint));
    expect(new Set(now.map(({ fingerprint }) => fingerprint)).size).toBe(now.length);
  });

  it("names a finding of the permissions once, however many trusts there are", async () => {
    const wide = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
    const about = async (...trusts: string[]) => {
      const { out } = await runOver({ ...files, wide }, "lint", ...trusts, "--permissions", "wide");
      return codeQuality(reportsIn(out)).filter(({ location }) => location.path === "wide");
    };
    expect(await about("safe.json", "open.json")).toEqual(await about("safe.json"));
  });
});
