import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicySource } from "@/lib/iam/policy-source";
import { readPolicySource } from "@/lib/iam/policy-source";
import { judge } from "./judge";
import type { LiveJudgement } from "./judgement";
import type { LintReport } from "./lint";
import { lint } from "./lint";
import type { LintProject } from "./lint-project";
import { readLintProject } from "./lint-project";

/** A trust as people wrote it, and what is to be said of it. */
interface Case {
  name: string;
  /** What the right answer is, by the pages of AWS and GitLab. */
  why: string;
  /** A text where a document could not hold it. */
  trust: unknown;
  expected: Expected;
  /** Where no moment is given: what differs; null: it is asked of a provider, which a judgement does not ask. */
  judged?: Partial<Expected> | null;
  /** What differs from the usual project file. */
  [member: string]: unknown;
}

interface Expected {
  /** Names of refs; all others stay out. */
  in: string[];
  untold: string[];
  grade: LintReport["grade"];
  nobody: boolean;
  findings: string[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, "cases/trusts.json"), "utf8")) as Case[];
const usual = {
  issuer: "https://gitlab.com",
  project: { path: "harbour/freight/api", id: "8123", namespaceId: "64" },
  refs: ["branch main (protected)", "branch feature/x", "tag v1.0 (protected)"],
  account: "111122223333",
};

function sourceOf({ trust }: Case): PolicySource {
  const read = readPolicySource(typeof trust === "string" ? trust : JSON.stringify(trust));
  if (!read.ok) throw new Error(read.reason);
  return read.source;
}

function projectOf({ name: _name, why: _why, trust: _trust, expected: _expected, judged: _judged, ...file }: Case) {
  const read = readLintProject({ ...usual, ...file });
  if (!read.ok) throw new Error(read.reason);
  return read.project;
}

function linted(one: Case): Expected {
  const { policy, lost } = sourceOf(one);
  const project = projectOf(one);
  const at = new Date("2026-11-25T08:00:00Z");
  const trustLost = lost.map((member) => ({ ...member, document: "trust" as const }));
  const report = lint({ trust: policy, permissions: [], lost: trustLost, project, at });
  const named = (answer: "in" | "untold") => report.refs.filter((ref) => ref.answer === answer).map(({ ref }) => ref);
  return {
    in: named("in"),
    untold: named("untold"),
    grade: report.grade,
    nobody: report.nobody,
    findings: report.findings.map(({ id }) => id),
  };
}

function live(project: LintProject) {
  const refs = (project.refs ?? []).map(
    (ref): GitRef => ({ ...ref, default: ref.name === "main", pushedAt: null, whoMayPush: "" }),
  );
  const view = {
    projectId: Number(project.id),
    path: project.path,
    namespaceId: Number(project.namespaceId),
    namespacePath: "",
    components: [...(project.components ?? defaultComponents)],
    componentsReason: null,
  };
  const { protectedBranches, protectedTags } = project;
  return { view, refs, rules: { protectedBranches, protectedTags } };
}

function judgedAs(one: Case): LiveJudgement {
  const project = projectOf(one);
  return judge({
    project: { id: Number(project.id), path: project.path },
    live: live(project),
    place: { accountId: usual.account, partition: "aws", issuer: project.issuer, audience: "sts.amazonaws.com" },
    after: { document: { trustPolicy: sourceOf(one).policy, inlinePolicies: {} }, provider: "as planned" },
    before: null,
  });
}

function judged(one: Case): Expected {
  const { findings, grade, after } = judgedAs(one);
  const names = after.kind === "refs" ? after : { in: [], untold: [] };
  return {
    in: names.in.map(({ ref }) => ref.name),
    untold: names.untold.map(({ ref }) => ref.name),
    grade: grade === "danger" ? "dangerous" : grade,
    nobody: findings.some(({ id }) => id === "nobody"),
    findings: findings.map(({ id }) => id),
  };
}

/** The text alone shows a member that stands twice; a judged document has lost it. */
const ofDocument = ({ findings, ...rest }: Expected): Expected => ({
  ...rest,
  findings: findings.filter((id) => id !== "doubled-member"),
});

describe("a trust is said to let in whom AWS lets in", () => {
  it.each(cases.map((one) => [one.name, one.why, one] as const))("%s: %s", (_name, _why, one) => {
    expect(linted(one)).toEqual(one.expected);
    if (one.judged === null) return;
    const wanted = { ...ofDocument(one.expected), ...one.judged };
    const grade = wanted.grade === "safe" && wanted.findings.length > 0 ? "caution" : wanted.grade;
    expect(judged(one)).toEqual({ ...wanted, grade });
  });
});
