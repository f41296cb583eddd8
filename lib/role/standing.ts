import { applyTag } from "@/lib/aws/writer";
import type { Change, RoleState, Snapshot } from "@/lib/plan/change";
import { canonicalJson } from "@/lib/plan/digest";

/** Where AWS stands to a change: still before it, already after it, or somewhere that neither side foresaw. */
interface Standing {
  at: "before" | "after" | "elsewhere";
  /** What AWS holds at the place that the change is about. */
  found: unknown;
}

type ChangeOf<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;

/**
 * Compares a change with what AWS holds now. `requestId` tells our role from a stranger's of the same name:
 * ours carries the apply tag.
 */
export function standingOf(change: Change, snapshot: Snapshot, requestId: string): Standing {
  switch (change.kind) {
    case "create-provider":
      return standingOfProvider(change, snapshot);
    case "add-audience":
      return standingOfAudience(change, snapshot);
    case "create-role":
      return standingOfRole(change, snapshot, requestId);
    case "put-inline-policy":
      return standingOfPolicy(change, snapshot, requestId);
    case "keep-provider":
      return { at: "after", found: change.after };
  }
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

function standingOfRole(change: ChangeOf<"create-role">, { role }: Snapshot, requestId: string): Standing {
  if (!role) return { at: "before", found: null };
  return { at: isOurs(role, requestId) && same(withoutPolicies(role), change.after) ? "after" : "elsewhere", found: role };
}

/** A role that is not there yet was made a moment ago and is not visible everywhere: IAM is eventually consistent. */
function standingOfPolicy(change: ChangeOf<"put-inline-policy">, { role }: Snapshot, requestId: string): Standing {
  if (!role) return { at: "before", found: null };
  const found = role.inlinePolicies[change.policyName] ?? null;
  if (!isOurs(role, requestId)) return { at: "elsewhere", found: role };
  if (same(found, change.after)) return { at: "after", found };
  return { at: same(found, change.before) ? "before" : "elsewhere", found };
}

function isOurs(role: RoleState, requestId: string): boolean {
  return role.tags[applyTag] === requestId;
}

function withoutPolicies({ name, path, trustPolicy, description, maxSessionSeconds, boundaryArn, tags }: RoleState): ChangeOf<"create-role">["after"] {
  const planned = Object.fromEntries(Object.entries(tags).filter(([key]) => key !== applyTag));
  return { name, path, trustPolicy, description, maxSessionSeconds, boundaryArn, tags: planned };
}

function same(left: unknown, right: unknown): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return same([...left].sort(), [...right].sort());
}
