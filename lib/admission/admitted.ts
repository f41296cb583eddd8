import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { classOfRef, subjectsOfRef } from "@/lib/gitlab-ci/mint/class-of-ref";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { Evaluation } from "@/lib/iam/evaluate";
import { evaluateTrust } from "@/lib/iam/evaluate";
import { keysOfTheJob } from "@/lib/iam/job-keys";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { refOfSubject } from "@/lib/iam/subject-conditions";
import { takes } from "@/lib/language/search";
import type { Answer } from "./answer";
import type { Box } from "./box";
import { admissionOf } from "./box";
import { finiteTexts } from "./key-values";
import { meet } from "./meet";
import type { NearMiss } from "./near-miss";
import { nearMiss, roughDistance } from "./near-miss";
import type { Survey } from "./survey";
import { sliceOf } from "./tokens";
import { whenWords } from "./when";

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

/** How many of the refs that stay out are told what they lack: what a person may read, and cheap for thousands of refs. */
const explainedAtMost = 100;

/** Which of a project's refs may assume the role, each with its reason; null where the survey could not ask. */
export function admittedRefs(policy: TrustPolicy, survey: Survey<GitRef>): AdmittedRefs | null {
  if (!survey.refs) return null;
  const told: AdmittedRefs = { in: [], untold: [], out: [] };
  const out: GitRef[] = [];
  for (const { ref, answer } of survey.refs) {
    if (answer.is === "out") out.push(ref);
    else
      told[answer.is].push({
        ref,
        verdict: answer.is,
        by: byWhat(survey, ref, answer.by),
        because: becauseOf(policy, answer),
      });
  }
  return { ...told, out: outRefs(policy, survey, out) };
}

function becauseOf(policy: TrustPolicy, answer: Exclude<Answer, { is: "out" }>): string {
  if (answer.is === "in") return `${nameOf(policy, answer.by.index)} allows it.`;
  const when = whenWords(answer.when);
  return when === null ? "It depends on what nobody can tell." : `Only when ${when}.`;
}

function nameOf({ Statement }: TrustPolicy, index: number): string {
  const sid = Statement[index]?.Sid;
  return sid ? `Statement "${sid}"` : `Statement ${index + 1}`;
}

/** "exact", or the ref part of the first pattern that takes a subject of the ref (the whole pattern where it names no ref). */
function byWhat({ project, provider }: Survey, ref: GitRef, by: Box | null): string {
  const key = `${providerUrlPath(provider.issuer)}:sub`.toLowerCase();
  const clauses = (by?.clauses ?? []).flatMap((clause) =>
    clause.kind === "comparison" && clause.key === key && !clause.negated ? [clause] : [],
  );
  const subjects = subjectsOf(project, ref);
  const matched = clauses.flatMap(({ values, written }) =>
    values.flatMap((set, index) => {
      const fits = set.kind === "texts" && subjects.some((subject) => takes(set.pattern, subject));
      return fits ? [{ value: written.values[index] ?? "", isExact: finiteTexts(set.pattern).length === 1 }] : [];
    }),
  );
  const [first] = matched;
  if (!first) return "any subject";
  if (matched.some(({ isExact }) => isExact)) return "exact";
  return refOfSubject(first.value) ?? first.value;
}

function subjectsOf(project: Survey["project"], ref: GitRef): string[] {
  return subjectsOfRef(project, ref) ?? [];
}

function outRefs(policy: TrustPolicy, survey: Survey, refs: readonly GitRef[]): RefVerdict[] {
  const wanted = wantedNames(policy, survey);
  const rough = refs
    .map((ref) => ({ ref, distance: roughDistance(ref.name, wanted) }))
    .sort((a, b) => a.distance - b.distance);
  const [first] = rough;
  // What a job may choose for its audience does not depend on the ref.
  const audiences = first ? audiencesOf(policy, survey, first.ref) : [];
  const nearest = rough
    .slice(0, explainedAtMost)
    .map(({ ref }) => ({ ref, ...explained(policy, survey, ref, audiences) }))
    .sort((a, b) => a.distance - b.distance);
  const others = rough
    .slice(explainedAtMost)
    .map(({ ref }) => ({ ref, because: "Its subject is not one that the trust names." }));
  return [...nearest, ...others].map(({ ref, because }) => ({ ref, verdict: "out", by: "", because }));
}

function wantedNames({ Statement }: TrustPolicy, { provider }: Survey): string[] {
  const key = `${providerUrlPath(provider.issuer)}:sub`.toLowerCase();
  return Statement.flatMap(({ Condition }) =>
    Object.values(Condition ?? {}).flatMap((keys) =>
      Object.entries(keys).flatMap(([name, values]) =>
        name.toLowerCase() === key ? [values].flat().flatMap((value) => refOfSubject(value) ?? []) : [],
      ),
    ),
  );
}

/** What the ref lacks, told of a token with the audience that comes nearest. */
function explained(policy: TrustPolicy, survey: Survey, ref: GitRef, audiences: readonly string[]): NearMiss {
  const { provider, project } = survey;
  const [sub = ""] = subjectsOf(project, ref);
  const evaluations = audiences.map(
    (aud): Evaluation =>
      evaluateTrust(policy, {
        providerArn: provider.arn,
        issuer: provider.issuer,
        claims: {
          aud,
          sub,
          project_id: project.id,
          ...(project.namespaceId === null ? {} : { namespace_id: project.namespaceId }),
          ref_protected: String(ref.protected),
        },
        unknownKeys: keysOfTheJob(provider.issuer),
      }),
  );
  const misses = evaluations.map((evaluation) => nearMiss(ref, evaluation, provider.issuer));
  return misses.sort((a, b) => a.distance - b.distance)[0] ?? { because: "No statement allows it.", distance: 1000 };
}

/** An audience for each Allow statement that it would take, where it takes any. */
function audiencesOf(policy: TrustPolicy, { provider, project }: Survey, ref: GitRef): string[] {
  const slice = sliceOf(classOfRef(project, ref), provider);
  const key = `${providerUrlPath(provider.issuer)}:aud`.toLowerCase();
  const found = admissionOf(policy, slice).allows.flatMap((box) => {
    const asked = box.clauses.flatMap((clause, index) => (clause.key === key ? [box.ways[index] ?? []] : []));
    const met = meet(slice, { within: { allows: [{ ...box, holds: asked }], denies: [] }, without: null }, "possible");
    return typeof met === "object" ? [met.point.values.get(key) ?? "https://sts.amazonaws.com"] : [];
  });
  return [...new Set(found.length > 0 ? found : ["https://sts.amazonaws.com"])];
}
