import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Signed } from "@/lib/identity/signed";
import type { RoleState, Snapshot } from "@/lib/plan/change";
import { scopeOf } from "./open-request";

/**
 * A snapshot without what the person may not see. A project's Maintainer learns that a name is taken, as AWS would
 * tell them, but reads the documents of recorded roles of their own projects only.
 */
export async function snapshotAsSeenBy(signed: Signed, snapshot: Snapshot | null, awsAccountId: string, clock: Clock): Promise<Snapshot | null> {
  if (!snapshot?.role) return snapshot;
  const scope = await scopeOf(signed, clock);
  if (scope === "all") return snapshot;
  const recorded = await database().role.findFirst({ where: { awsAccountId, removedAt: null, uniqueId: snapshot.role.uniqueId }, select: { projectId: true } });
  const visible = recorded && (await database().projectMembership.count({ where: { personId: scope.memberId, projectId: recorded.projectId } })) > 0;
  return visible ? snapshot : { ...snapshot, role: onlyNamed(snapshot.role) };
}

function onlyNamed({ name, arn }: RoleState): RoleState {
  const nothing = { Version: "2012-10-17", Statement: [] };
  return {
    ...{ name, arn, path: "/", uniqueId: "", trustPolicy: nothing, description: "", maxSessionSeconds: 3600, boundaryArn: null },
    ...{ tags: {}, createdAt: "", lastUsedAt: null, inlinePolicies: {}, attachedPolicies: [] },
  };
}
