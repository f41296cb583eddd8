import type { Change, Plan, RoleState, Snapshot } from "./change";
import { applyTag } from "./change";
import { sameJson } from "./digest";
import { documentOf } from "./edit";
import { comparableChange, samePolicyOrNone, sameRole, tagsNamed } from "./same";

/** Where AWS stands to a change: still before it, already after it, or somewhere that neither side foresaw. */
interface Standing {
  at: "before" | "after" | "elsewhere";
  /** What AWS holds at the place that the change is about. */
  found: unknown;
}

type ChangeOf<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;
type OnRole = Exclude<Extract<Change, { roleName: string }>, { kind: "delete-role" }>;

/** Compares a change with what AWS holds now. `isOurs` tells the role that the request is about from a stranger's of the same name. */
export function standingOf(change: Change, snapshot: Snapshot, isOurs: (role: RoleState) => boolean): Standing {
  switch (change.kind) {
    case "create-provider":
      return standingOfProvider(change, snapshot);
    case "add-audience":
      return standingOfAudience(change, snapshot);
    case "keep-provider":
      return { at: "after", found: change.after };
    case "delete-provider":
      return standingOfProviderRemoval(change, snapshot);
    case "create-role":
      return standingOfNewRole(change, snapshot, isOurs);
    case "delete-role":
      return standingOfRoleRemoval(change, snapshot);
    case "adopt-role":
      return standingOfAdoption(change, snapshot);
    default:
      return standingOnRole(change, snapshot, isOurs);
  }
}

const onSharedProvider: ReadonlySet<Change["kind"]> = new Set(["create-provider", "add-audience", "keep-provider"]);

/**
 * Whether a plan that was made anew, against `snapshot`, differs from the decided one only because the shared provider
 * is as that one wants it already: another apply for the same account was faster, and the step will find itself done.
 */
export function isOnlyProviderAhead(decided: Plan, anew: Plan, snapshot: Snapshot): boolean {
  const withoutProvider = ({ changes, ...plan }: Plan) => ({
    ...plan,
    changes: changes.filter(({ kind }) => !onSharedProvider.has(kind)).map(comparableChange),
  });
  const isThere = (change: Change) => standingOf(change, snapshot, () => false).at === "after";
  return (
    sameJson(withoutProvider(decided), withoutProvider(anew)) &&
    decided.changes.filter(({ kind }) => onSharedProvider.has(kind)).every(isThere)
  );
}

function standingOfAdoption({ uniqueId, after }: ChangeOf<"adopt-role">, { role }: Snapshot): Standing {
  const isShown = role !== null && role.uniqueId === uniqueId.after && sameRole(documentOf(role), after);
  return { at: isShown ? "after" : "elsewhere", found: role };
}

function standingOfProvider(change: ChangeOf<"create-provider">, { provider }: Snapshot): Standing {
  if (!provider) return { at: "before", found: null };
  return { at: sameSet(provider.audiences, change.after.audiences) ? "after" : "elsewhere", found: provider };
}

function standingOfAudience(change: ChangeOf<"add-audience">, { provider }: Snapshot): Standing {
  if (!provider) return { at: "elsewhere", found: null };
  if (provider.audiences.includes(change.audience)) return { at: "after", found: provider };
  return { at: sameSet(provider.audiences, change.before.audiences) ? "before" : "elsewhere", found: provider };
}

/** A provider that somebody began to use since the plan must stay; so must one whose users were not read. */
function standingOfProviderRemoval(
  change: ChangeOf<"delete-provider">,
  { provider, providerUsers }: Snapshot,
): Standing {
  if (!provider) return { at: "after", found: null };
  const unused = providerUsers?.length === 0 && sameSet(provider.audiences, change.before.audiences);
  return { at: unused ? "before" : "elsewhere", found: { provider, providerUsers } };
}

function standingOfNewRole(
  change: ChangeOf<"create-role">,
  { role }: Snapshot,
  isOurs: (role: RoleState) => boolean,
): Standing {
  if (!role) return { at: "before", found: null };
  return { at: isOurs(role) && sameRole(withoutPolicies(role), change.after) ? "after" : "elsewhere", found: role };
}

function standingOfRoleRemoval(change: ChangeOf<"delete-role">, { role }: Snapshot): Standing {
  if (!role) return { at: "after", found: null };
  return { at: role.uniqueId === change.before.uniqueId ? "before" : "elsewhere", found: role };
}

/** A role that is not there may have been made a moment ago and not be visible everywhere: IAM is eventually consistent. */
function standingOnRole(change: OnRole, { role }: Snapshot, isOurs: (role: RoleState) => boolean): Standing {
  if (!role) return { at: change.after === null ? "after" : "before", found: null };
  if (!isOurs(role)) return { at: "elsewhere", found: role };
  const found = placeOf(change, role);
  if (isAt(change, role, "after")) return { at: "after", found };
  return { at: isAt(change, role, "before") ? "before" : "elsewhere", found };
}

/** Whether the role is as it is on that side of the change; policies by what they say. */
function isAt(change: OnRole, role: RoleState, side: "before" | "after"): boolean {
  switch (change.kind) {
    case "update-trust":
      return samePolicyOrNone(role.trustPolicy, change[side]);
    case "put-inline-policy":
    case "delete-inline-policy":
      return samePolicyOrNone(role.inlinePolicies[change.policyName] ?? null, change[side]);
    default:
      return sameJson(placeOf(change, role), change[side]);
  }
}

/** What the role holds where the change puts something. */
function placeOf(change: OnRole, role: RoleState): unknown {
  switch (change.kind) {
    case "update-trust":
      return role.trustPolicy;
    case "update-role":
      return { description: role.description, maxSessionSeconds: role.maxSessionSeconds };
    case "put-boundary":
    case "delete-boundary":
      return role.boundaryArn;
    case "tag-role":
      return tagsNamed(role.tags, Object.keys(change.after));
    case "put-inline-policy":
    case "delete-inline-policy":
      return role.inlinePolicies[change.policyName] ?? null;
    case "attach-policy":
    case "detach-policy":
      return role.attachedPolicies.includes(change.policyArn) ? change.policyArn : null;
  }
}

function withoutPolicies({
  name,
  path,
  trustPolicy,
  description,
  maxSessionSeconds,
  boundaryArn,
  tags,
}: RoleState): ChangeOf<"create-role">["after"] {
  const planned = Object.fromEntries(Object.entries(tags).filter(([key]) => key !== applyTag));
  return { name, path, trustPolicy, description, maxSessionSeconds, boundaryArn, tags: planned };
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return sameJson([...left].sort(), [...right].sort());
}
