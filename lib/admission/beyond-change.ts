import { classesBeyond } from "@/lib/gitlab-ci/mint/classes-beyond";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { MentionedProject } from "@/lib/gitlab-ci/mint/token-class";
import { parseArn } from "@/lib/iam/arn";
import { normalForm } from "@/lib/iam/normal-form";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { mentionedProjects } from "./mentioned";
import type { CallKind } from "./only-in";
import { onlyIn } from "./only-in";
import { othersNamed } from "./others";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";
import { whenWords } from "./when";
import type { Witness } from "./witness";
import { callerWitness, tokenWitness } from "./witness";

/** Of callers beside the refs that exist: a kind of which one trust lets somebody in and the other does not. */
export interface CallerChange {
  /** One such call, as a sentence part: "a branch that does not exist yet, as project_path:…". */
  words: string;
  /** Who can make such a call, as a sentence part: "any Developer of acme/shop". */
  who: string;
  /** What must be so besides, as a sentence part; null: nothing. */
  when: string | null;
  /** Whatever nobody can tell; else perhaps. */
  sure: boolean;
}

/** Who newly gets in beside the refs that exist, and who no longer does. */
export interface BeyondChange {
  gained: CallerChange[];
  lost: CallerChange[];
}

interface Kind extends CallKind {
  words: string;
  who: string;
}

/** What a change of trust does to all callers but the project's existing refs, one witness of each kind. */
export function beyondChange(
  before: TrustPolicy,
  after: TrustPolicy,
  project: MintingProject,
  provider: Provider,
): BeyondChange {
  if (normalForm(before) === normalForm(after)) return { gained: [], lost: [] };
  const statements = [...before.Statement, ...after.Statement];
  const mentioned = mentionedProjects({ Statement: statements }, provider.issuer);
  const changed = (trust: TrustPolicy, other: TrustPolicy): CallerChange[] => [
    ...(isOfTokens(trust, other, provider) ? ofTokens({ trust, other }, mentioned, project, provider) : []),
    ...otherCallers(statements, provider).flatMap((kind) => changeOf(kind, trust, other)?.change ?? []),
  ];
  return { gained: changed(after, before), lost: changed(before, after) };
}

/** Whether any text as a subject makes a difference: asked once, it is quick. */
function isOfTokens(trust: TrustPolicy, other: TrustPolicy, { arn, at }: Provider): boolean {
  const own: PolicyStatement = { Effect: "Allow", Principal: { Federated: arn } };
  return othersNamed([own], null, at).some(
    (caller) =>
      onlyIn({ slice: caller.slice, witness: (point) => callerWitness(caller, point) }, trust, other).is !== "none",
  );
}

const turnsAtMost = 20;

/**
 * Names that exist are kept out of a class as they turn up as its example, as the survey does. What GitLab mints only once
 * something else is so is no part of what the change does.
 */
function ofTokens(
  { trust, other }: { trust: TrustPolicy; other: TrustPolicy },
  mentioned: readonly MentionedProject[],
  project: MintingProject,
  provider: Provider,
): CallerChange[] {
  const existing = project.refs ?? [];
  let known: NonNullable<MintingProject["refs"]> = [];
  for (let turn = 0; turn < turnsAtMost; turn += 1) {
    const classes = classesBeyond({ ...project, refs: project.refs && known }, mentioned);
    const found = classes
      .filter(({ reach, onlyIf }) => reach !== "nobody" && onlyIf === undefined)
      .flatMap((tokens) => {
        const { kind, words, who } = tokens;
        const witness: CallKind["witness"] = (point) => tokenWitness(tokens, provider, point);
        const changed = changeOf({ words, who, slice: sliceOf(tokens, provider), witness }, trust, other);
        return changed ? [{ kind, ...changed }] : [];
      });
    const collisions = existing.filter(
      (ref) =>
        !known.includes(ref) &&
        found.some(({ kind, witness }) => kind === `other-${ref.type}` && isOfRef(witness, ref.name)),
    );
    if (collisions.length === 0) return found.map(({ change }) => change);
    known = [...known, ...collisions];
  }
  return [];
}

function isOfRef(witness: Witness | null, name: string): boolean {
  return (witness?.claims["sub"] ?? "").split(":").includes(name);
}

function otherCallers(statements: readonly PolicyStatement[], provider: Provider): Kind[] {
  const account = parseArn(provider.arn)?.accountId;
  return othersNamed(statements, provider.arn, provider.at).flatMap((other): Kind[] => {
    const { slice, words } = other;
    const of = slice.caller.kind === "federated" ? parseArn(slice.caller.providerArn)?.accountId : undefined;
    if (of !== undefined && of !== account) return [];
    return [{ slice, words, who: words, witness: (point) => callerWitness(other, point) }];
  });
}

function changeOf(
  kind: Kind,
  trust: TrustPolicy,
  other: TrustPolicy,
): { change: CallerChange; witness: Witness | null } | null {
  const { is, witness } = onlyIn(kind, trust, other);
  if (is === "none") return null;
  const { words, who } = kind;
  const when = witness ? witness.when : whenWords([{ kind: "budget" }]);
  return { change: { words: witness?.words ?? words, who, when, sure: is === "proven" }, witness };
}
