import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { classOfRef } from "@/lib/gitlab-ci/mint/class-of-ref";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { compileTexts } from "@/lib/language/compiled";
import type { Answer } from "./answer";
import { answerOf } from "./answer";
import type { Admission } from "./box";
import { admissionOf } from "./box";
import { finiteTexts } from "./key-values";
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
  const signatures = new Map<boolean, (subject: string) => string>();
  const known = new Map<string, { ref: Ref; answer: Answer }>();
  const answerTo = (ref: Ref): Answer => {
    const tokens = classOfRef(project, ref);
    const subjects = (tokens.claims["sub"]?.values ?? []).flatMap(({ pattern }) => finiteTexts(pattern));
    const slice = sliceOf(tokens, provider);
    const signature = signatures.get(ref.protected) ?? signatureBy(admissionOf(policy, slice), provider.issuer);
    signatures.set(ref.protected, signature);
    const name = `${ref.protected} ${subjects.map(signature).join(" ")}`;
    const before = known.get(name);
    if (before) return before.answer;
    const answer = answerOf(slice, admissionOf(policy, slice));
    known.set(name, { ref, answer });
    return answer;
  };
  return { answerTo, examples: () => [...known.values()].map(({ ref }) => ref) };
}

/** Which of the policy's conditions on the subject a subject meets, as a text of one letter each. */
function signatureBy({ allows, denies }: Admission, issuer: string): (subject: string) => string {
  const key = `${providerUrlPath(issuer)}:sub`.toLowerCase();
  const matchers = [...allows, ...denies].flatMap(({ clauses }) =>
    clauses.flatMap((clause) =>
      clause.kind === "comparison" && clause.key === key
        ? [compileTexts(clause.values.flatMap((set) => (set.kind === "texts" ? [set.pattern] : [])))]
        : [],
    ),
  );
  return (subject) => matchers.map(({ matches }) => (matches(subject) ? "y" : "n")).join("");
}
