import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { classOfRef, subjectsOfRef } from "@/lib/gitlab-ci/mint/class-of-ref";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import { compileTrust } from "@/lib/iam/compiled";
import { keysOfTheJob } from "@/lib/iam/job-keys";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Answer } from "./answer";
import { answerOf } from "./answer";
import { admissionOf } from "./box";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";

/** A branch or tag, as far as its tokens tell of it. */
export type Ref = Parameters<typeof classOfRef>[1];

export interface RefAnswers {
  answerTo(ref: Ref): Answer;
  /** Of the refs that were asked about, one of each kind that the policy tells apart. */
  examples(): Ref[];
}

/**
 * The answer about each branch and tag of a project. Refs whose subjects meet the same conditions of the policy have the
 * same answer, so it is worked out once for all of them: a thousand refs cost a thousand subjects, not a thousand proofs.
 */
export function refAnswers(policy: TrustPolicy, project: MintingProject, provider: Provider): RefAnswers {
  const compiled = compileTrust(policy, callOf(project, provider));
  const isAlike = !hasVariables(policy);
  const known = new Map<string, { ref: Ref; answer: Answer }>();
  const answerTo = (ref: Ref): Answer => {
    const subjects = subjectsOfRef(project, ref) ?? [];
    const tokens = subjects.map((sub) => claimsOf(project, ref, sub));
    const met = isAlike && subjects.length > 0 ? tokens.map(compiled.met) : [ref.name];
    const name = `${ref.type} ${ref.protected} ${met.join(" ")}`;
    const before = known.get(name);
    if (before) return before.answer;
    const isOut = tokens.length > 0 && tokens.every((claims) => compiled.verdict(claims) === "denied");
    const answer: Answer = isOut ? { is: "out" } : answerByClass(policy, project, provider, ref);
    known.set(name, { ref, answer });
    return answer;
  };
  return { answerTo, examples: () => [...known.values()].map(({ ref }) => ref) };
}

function answerByClass(policy: TrustPolicy, project: MintingProject, provider: Provider, ref: Ref): Answer {
  const slice = sliceOf(classOfRef(project, ref), provider);
  return answerOf(slice, admissionOf(policy, slice));
}

/** A call by the project's jobs as far as project and ref tell it: what a job chooses, or only its run tells, is not known. */
function callOf({ namespaceId }: MintingProject, { arn, issuer, at }: Provider): Parameters<typeof compileTrust>[1] {
  const open = ["aud", "oaud", ...(namespaceId === null ? ["namespace_id"] : [])];
  const prefix = providerUrlPath(issuer);
  return {
    providerArn: arn,
    issuer,
    unknownKeys: [...keysOfTheJob(issuer), ...open.map((claim) => `${prefix}:${claim}`)],
    ...(at ? { at } : {}),
  };
}

function claimsOf({ id, namespaceId }: MintingProject, ref: Ref, sub: string): Record<string, unknown> {
  return { sub, project_id: id, namespace_id: namespaceId, ref_protected: ref.protected ? "true" : "false" };
}

/** What a variable brings is of the ref itself, so that no other one has the same answer for certain. */
function hasVariables({ Statement }: TrustPolicy): boolean {
  return Statement.some(({ Condition }) => JSON.stringify(Condition ?? {}).includes("${"));
}
