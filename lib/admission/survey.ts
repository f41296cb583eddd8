import { defaultComponents } from "@/lib/gitlab-ci/components";
import { classOfRef } from "@/lib/gitlab-ci/mint/class-of-ref";
import { classesBeyond, classOfMentioned } from "@/lib/gitlab-ci/mint/classes-beyond";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { MentionedProject } from "@/lib/gitlab-ci/mint/token-class";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Answer } from "./answer";
import type { AnyName } from "./any-name";
import { anyNames } from "./any-name";
import type { Entrance } from "./entrance";
import { callerEntrance, tokenEntrance } from "./entrance";
import { deadDenies } from "./life";
import { mentionedProjects } from "./mentioned";
import { othersNamed } from "./others";
import type { Ref } from "./ref-answers";
import { refAnswers } from "./ref-answers";
import type { Slice } from "./slice";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";

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
  /** A project that nobody has ever heard of, where it gets in: then every project does. */
  stranger: Entrance | null;
  /** Where every name of a branch or of a tag gets in, whether it exists or not. */
  anyName: readonly AnyName[];
  /** Other callers than the issuer's tokens. */
  others: readonly Entrance[];
  /** Deny statements that no token of the issuer meets, by their places from 0. */
  deadDenies: readonly number[];
  /**
   * All that the issuer can mint while the project keeps its path, as far as the policy tells it apart: the classes beyond,
   * and one ref of each answer.
   */
  slices: readonly Slice[];
}

/** Unlike anything that a policy names. */
const stranger: MentionedProject = { path: "zq7-stranger/k9-unheard-of", id: "918273645546372819" };

/** Asks a trust policy all questions about a project and its tokens through a provider. */
export function survey<R extends Ref>(
  policy: TrustPolicy,
  project: MintingProject & { refs: readonly R[] | null },
  provider: Provider,
): Survey<R> {
  const refs: readonly R[] | null = project.components && project.refs;
  // How the subject is built being unknown, existing refs are asked about among all others.
  const minting = { ...project, refs };
  const { answerTo, examples } = refAnswers(policy, project, provider);
  const asked = refs && refs.map((ref): AskedRef<R> => ({ ref, answer: answerTo(ref) }));
  const mentioned = mentionedProjects(policy, provider.issuer);
  const classes = classesBeyond({ ...minting, refs: refs && examples() }, mentioned);
  const allowing = policy.Statement.filter(({ Effect }) => Effect === "Allow");
  const today = classes.filter(({ kind }) => kind !== "later-holder");
  const slices = [...examples().map((ref) => classOfRef(project, ref)), ...today].map((tokens) =>
    sliceOf(tokens, provider),
  );
  return {
    provider,
    project,
    refs: asked,
    beyond: beyondRefs(policy, minting, provider, mentioned),
    stranger: tokenEntrance(policy, classOfMentioned(project, stranger, defaultComponents), provider, null),
    anyName: anyNames(policy, project, provider),
    others: othersNamed(allowing, provider.arn, provider.at).flatMap(
      (other) => callerEntrance(policy, other, provider) ?? [],
    ),
    deadDenies: deadDenies(policy, provider.issuer, slices),
    slices,
  };
}

/**
 * Classes of tokens beyond the existing refs of which somebody gets in. Existing names are kept out of a class one by one,
 * as they turn up as its example: all names at once would make each question as large as the project.
 */
function beyondRefs(
  policy: TrustPolicy,
  project: MintingProject,
  provider: Provider,
  mentioned: readonly MentionedProject[],
): Entrance[] {
  const existing = project.refs ?? [];
  let known: readonly Ref[] = [];
  for (let turns = 0; turns <= turnsAtMost; turns += 1) {
    const classes = classesBeyond({ ...project, refs: project.refs && known }, mentioned);
    const found = classes.flatMap((tokens) => tokenEntrance(policy, tokens, provider, tokens.mentioned ?? null) ?? []);
    const collisions = existing.filter(
      (ref) => !known.includes(ref) && found.some((entrance) => isExample(entrance, ref)),
    );
    if (collisions.length === 0) return distinct(found.filter(({ reach }) => reach !== "nobody"));
    known = [...known, ...collisions];
  }
  return [];
}

/** Classes may be split where their tokens say several things; people read them as one, surely in where one of them is. */
function distinct(entrances: readonly Entrance[]): Entrance[] {
  const named = (one: Entrance) => `${one.kind} ${one.words}`;
  const first = (one: Entrance) => entrances.find((other) => named(other) === named(one) && other.sure) ?? one;
  return entrances
    .filter((one, index) => entrances.findIndex((other) => named(other) === named(one)) === index)
    .map(first);
}

const turnsAtMost = 100;

function isExample({ kind, witness }: Entrance, ref: Ref): boolean {
  const type = kind === "other-branch" || kind === "merge-request" ? "branch" : kind === "other-tag" ? "tag" : null;
  if (type !== ref.type) return false;
  return (witness?.claims["sub"] ?? "").split(":").includes(ref.name);
}

export type { Entrance };
