import { classOfRef } from "@/lib/gitlab-ci/mint/class-of-ref";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Answer } from "./answer";
import type { Admission } from "./box";
import { admissionOf } from "./box";
import type { Meeting } from "./meet";
import { meet } from "./meet";
import { othersNamed } from "./others";
import type { Ref } from "./ref-answers";
import { refAnswers } from "./ref-answers";
import type { Slice } from "./slice";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";
import type { When } from "./when";
import { circumstancesOf, whenWords } from "./when";
import type { Witness } from "./witness";
import { callerWitness, tokenWitness } from "./witness";

/** A class of callers of which somebody gets in. */
export interface Entrance {
  kind: TokenClass["kind"] | "provider" | "saml" | "anybody" | "account" | "principal" | "service";
  /** The class, as a sentence part. */
  words: string;
  /** Who can be such a caller, as a sentence part. */
  who: string;
  /** Surely: whatever nobody can tell. Else perhaps, by the witness's `when`; null where only the search was given up. */
  sure: boolean;
  witness: Witness | null;
  when: readonly When[];
  /** The statement that lets it in, from 0. */
  statement: number | null;
}

export interface AskedRef<R extends Ref = Ref> {
  ref: R;
  answer: Answer;
}

/** All answers about a trust and a project: what findings and pages are made of. */
export interface Survey<R extends Ref = Ref> {
  provider: Provider;
  project: MintingProject;
  /** Null where the project's refs, or how its subject is built, are not known. */
  refs: readonly AskedRef<R>[] | null;
  /** Beside the existing refs: other tokens of the issuer. */
  beyond: readonly Entrance[];
  /** Other callers than the issuer's tokens. */
  others: readonly Entrance[];
  /** All that the issuer can mint, as far as the policy tells it apart: the classes beyond, and one ref of each answer. */
  slices: readonly Slice[];
}

/**
 * Asks a trust policy all questions about a project. `classes` are what the issuer mints beside the existing refs
 * (`classesBeyond`), each asked for one call that gets in.
 */
export function survey<R extends Ref>(
  policy: TrustPolicy,
  project: MintingProject & { refs: readonly R[] | null },
  provider: Provider,
  classes: readonly TokenClass[],
): Survey<R> {
  const refs = project.components && project.refs;
  const { answerTo, examples } = refAnswers(policy, project, provider);
  const asked = refs && refs.map((ref) => ({ ref, answer: answerTo(ref) }));
  const beyond = classes.map((tokens) => ({ tokens, slice: sliceOf(tokens, provider) }));
  const allowing = policy.Statement.filter(({ Effect }) => Effect === "Allow");
  return {
    provider,
    project,
    refs: asked,
    beyond: beyond.flatMap(({ tokens, slice }) =>
      entranceOf(policy, slice, tokens, (point) => tokenWitness(tokens, provider, point)),
    ),
    others: othersNamed(allowing, provider.arn, provider.at).flatMap((other) =>
      entranceOf(policy, other.slice, { kind: other.kind, words: other.words, who: other.words }, (point) =>
        callerWitness(other, point),
      ),
    ),
    slices: [
      ...examples().map((ref) => sliceOf(classOfRef(project, ref), provider)),
      ...beyond.map(({ slice }) => slice),
    ],
  };
}

function entranceOf(
  policy: TrustPolicy,
  slice: Slice,
  about: Pick<Entrance, "kind" | "words" | "who">,
  witness: (point: Meeting["point"]) => Omit<Witness, "when">,
): Entrance[] {
  const { kind, words, who } = about;
  const admission = admissionOf(policy, slice);
  const found = firstOf(slice, admission);
  if (!found) return [];
  if (!found.met)
    return [{ kind, words, who, sure: false, witness: null, when: [{ kind: "budget" }], statement: null }];
  const when = circumstancesOf(slice, found.met.by, found.met.point);
  return [
    {
      kind,
      words,
      who,
      sure: found.sure,
      witness: { ...witness(found.met.point), when: whenWords(when) },
      when,
      statement: found.met.by?.index ?? null,
    },
  ];
}

/** A call that surely gets in, else one that perhaps does; null where none can. */
function firstOf(slice: Slice, admission: Admission): { sure: boolean; met: Meeting | null } | null {
  if (admission.allows.length === 0) return null;
  const proven = meet(slice, { within: admission, without: null }, "proven");
  if (typeof proven === "object") return { sure: true, met: proven };
  const possible = meet(slice, { within: admission, without: null }, "possible");
  if (possible === "none") return null;
  return { sure: false, met: possible === "over budget" ? null : possible };
}
