import type { SubjectComponent } from "@/lib/gitlab-ci/claims";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { subjectFor } from "@/lib/gitlab-ci/subject";
import type { Evaluation, StatementResult } from "@/lib/iam/evaluate";
import { evaluateTrust } from "@/lib/iam/evaluate";
import { keysOfTheJob } from "@/lib/iam/job-keys";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { likes } from "@/lib/iam/policy-value";
import { refOfSubject } from "@/lib/iam/subject-conditions";
import { audiencesToTry } from "@/lib/iam/trusted-provider";

/** The three answers about a ref: in, out, or untold, which is neither. */
export interface RefVerdict {
  ref: GitRef;
  verdict: "in" | "out" | "untold";
  /** "exact", or the pattern that lets it in, surely or perhaps; empty for a ref that stays out. */
  by: string;
  /** Why, in a sentence; for one that stays out, what it lacks; for one that is untold, what would tell. */
  because: string;
}

/** Refs by answer; those that stay out nearest first. */
export interface AdmittedRefs {
  in: RefVerdict[];
  untold: RefVerdict[];
  out: RefVerdict[];
}

/** What a project's tokens say, ids as strings. */
export interface AdmittedProject {
  issuer: string;
  providerArn: string;
  /** What its jobs usually ask for. Others that the trust takes are asked about too. */
  audience: string;
  components: SubjectComponent[];
  projectId: string;
  projectPath: string;
  namespaceId: string;
  namespacePath: string;
}

/**
 * Which of a project's refs may assume the role: each ref's token is built as GitLab would and evaluated. What depends
 * on the person, the runner or the pipeline's source is not known, and leaves a ref untold.
 */
export function admittedRefs(policy: TrustPolicy, refs: readonly GitRef[], project: AdmittedProject): AdmittedRefs {
  const audiences = audiencesToTry(policy, project.providerArn, project.audience);
  const asked = refs.map((ref) => answerFor(policy, ref, project, audiences)).sort((a, b) => a.distance - b.distance);
  const those = (answer: RefVerdict["verdict"]) =>
    asked.map(({ verdict }) => verdict).filter(({ verdict }) => verdict === answer);
  return { in: those("in"), untold: those("untold"), out: those("out") };
}

interface Answer {
  verdict: RefVerdict;
  /** How far from being let in; 0 is nearest. */
  distance: number;
}

/** One token of the ref that surely gets in makes it "in": a job may choose its audience and its environment. */
function answerFor(policy: TrustPolicy, ref: GitRef, project: AdmittedProject, audiences: readonly string[]): Answer {
  const subjects = subjectsOfRef(ref, project);
  const tries = audiences.flatMap((audience) =>
    subjects.map((sub) => ({ sub, evaluation: evaluateTrust(policy, tokenOf(ref, sub, { ...project, audience })) })),
  );
  const best =
    tries.find(({ evaluation }) => evaluation.verdict === "allowed") ??
    tries.find(({ evaluation }) => evaluation.verdict === "undecided") ??
    tries[0];
  if (!best)
    return { verdict: { ref, verdict: "untold", by: "", because: "The project's subject is not known." }, distance: 0 };
  const { sub, evaluation } = best;
  if (evaluation.verdict === "denied") return nearMiss(ref, evaluation, project);
  const by = patternThatMatched(evaluation, sub, project.issuer);
  const verdict = evaluation.verdict === "allowed" ? "in" : "untold";
  return { verdict: { ref, verdict, by, because: evaluation.why }, distance: 0 };
}

/** The subjects that jobs on the ref may carry: without an environment, and with every kind of one where they count. */
function subjectsOfRef(ref: GitRef, { components, projectPath, projectId }: AdmittedProject): string[] {
  const claims = {
    project_path: projectPath,
    project_id: projectId,
    ref_type: ref.type,
    ref: ref.name,
    ref_protected: String(ref.protected),
  };
  const environments = ["true", "false"].flatMap((environment_protected) =>
    ["production", "staging", "testing", "development", "other"].map((deployment_tier) => ({
      environment_protected,
      deployment_tier,
    })),
  );
  return [
    ...new Set([{}, ...environments].map((environment) => subjectFor(components, { ...claims, ...environment }))),
  ];
}

function tokenOf(ref: GitRef, sub: string, project: AdmittedProject): Parameters<typeof evaluateTrust>[1] {
  const known: Record<string, string> = {
    iss: project.issuer,
    aud: project.audience,
    sub,
    project_id: project.projectId,
    project_path: project.projectPath,
    namespace_id: project.namespaceId,
    namespace_path: project.namespacePath,
    ref: ref.name,
    ref_type: ref.type,
    ref_protected: String(ref.protected),
  };
  return {
    providerArn: project.providerArn,
    issuer: project.issuer,
    claims: known,
    unknownKeys: keysOfTheJob(project.issuer),
  };
}

/** "exact", or the ref part of the pattern that matched (the whole pattern where it names no ref). */
function patternThatMatched({ statements }: Evaluation, sub: string, issuer: string): string {
  const conditions = subjectConditions(
    statements.find(({ effect, verdict }) => effect === "Allow" && verdict !== "does not match"),
    issuer,
  );
  const values = conditions.flatMap(({ operator, expected }) =>
    /StringLike/.test(operator) ? expected.filter((value) => likes(value, sub)) : ["exact"],
  );
  if (values.length === 0) return "any subject";
  const exact = values.find((value) => value === "exact" || !/[*?]/.test(value));
  if (exact !== undefined) return "exact";
  const [pattern = ""] = values;
  return refOfSubject(pattern) ?? pattern;
}

function nearMiss(ref: GitRef, { statements, why }: Evaluation, { issuer }: AdmittedProject): Answer {
  const denied = statements.find(({ effect, verdict }) => effect === "Deny" && verdict === "matches");
  if (denied) return { verdict: { ref, verdict: "out", by: "", because: why }, distance: 1000 };
  const near = statements
    .filter(({ effect, counterpartOk, actionOk }) => effect === "Allow" && counterpartOk && actionOk)
    .sort((a, b) => failures(a) - failures(b))[0];
  if (!near)
    return {
      verdict: { ref, verdict: "out", by: "", because: "No statement lets this GitLab's pipelines in." },
      distance: 1000,
    };
  const wanted = subjectConditions(near, issuer)
    .filter(({ ok }) => ok === false)
    .flatMap(({ expected }) => expected);
  const others = near.conditions.filter(({ ok, key }) => ok === false && !key.toLowerCase().endsWith(":sub"));
  const [other] = others;
  if (wanted.length === 0 && other)
    return {
      verdict: { ref, verdict: "out", by: "", because: otherReason(other.key, other.why, ref) },
      distance: others.length,
    };
  const { name, distance } = nearest(ref.name, wanted);
  return {
    verdict: { ref, verdict: "out", by: "", because: subjectReason(ref, name, wanted) },
    distance: 10 + others.length + distance,
  };
}

function otherReason(key: string, why: string, ref: GitRef): string {
  if (key.toLowerCase().endsWith(":ref_protected"))
    return `The ${ref.type} is not protected, and the trust asks for a protected one.`;
  return why;
}

function subjectReason(ref: GitRef, name: string | null, wanted: readonly string[]): string {
  if (name === null) return "Its subject is not one that the trust names.";
  const [value = ""] = wanted.filter((candidate) => refOfSubject(candidate) === name);
  const type = /(?:^|:)ref_type:(branch|tag)(?=:|$)/.exec(value)?.[1];
  if (likes(name, ref.name) && type !== undefined && type !== ref.type)
    return `It is a ${ref.type}; the trust names the ${type} ${name}.`;
  if (likes(name, ref.name)) return "Its name fits, but the rest of its subject does not.";
  if (likes(name.toLowerCase(), ref.name.toLowerCase())) return `It differs from ${name} in case, and case counts.`;
  return `Its name is not ${name}${wanted.length > 1 ? ", nor any other that the trust names" : ""}.`;
}

/** Of the refs that the subjects name, the one whose name is closest, and by how many letters. */
function nearest(ref: string, subjects: readonly string[]): { name: string | null; distance: number } {
  const names = subjects.flatMap((subject) => refOfSubject(subject) ?? []);
  const ranked = names
    .map((name) => ({ name, distance: likes(name, ref) ? 0 : editDistance(ref, name.replace(/[*?]/g, "")) }))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0] ?? { name: null, distance: 500 };
}

/** Levenshtein's distance of the first 60 characters. */
function editDistance(a: string, b: string): number {
  const right = b.slice(0, 60);
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, left] of Array.from(a.slice(0, 60)).entries()) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (left === right[j] ? 0 : 1)));
    row = next;
  }
  return row[right.length] ?? 0;
}

function subjectConditions(statement: StatementResult | undefined, issuer: string): StatementResult["conditions"] {
  const key = `${providerUrlPath(issuer)}:sub`.toLowerCase();
  return statement?.conditions.filter((condition) => condition.key.toLowerCase() === key) ?? [];
}

function failures({ conditions }: StatementResult): number {
  return conditions.filter(({ ok }) => ok === false).length;
}
