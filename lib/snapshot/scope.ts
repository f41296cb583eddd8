import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Signed } from "@/lib/identity/signed";
import type { RoleState, Snapshot } from "@/lib/plan/change";
import { scopeOf } from "@/lib/project/visible";

/**
 * A snapshot without what the person may not see. A project's Maintainer learns that a name is taken, as AWS would
 * tell them, but not who else trusts the provider, and reads the documents of recorded roles of their own projects only.
 */
export async function snapshotAsSeenBy(
  signed: Signed,
  snapshot: Snapshot | null,
  awsAccountId: string,
  clock: Clock,
): Promise<Snapshot | null> {
  const scope = await scopeOf(signed, clock);
  if (snapshot === null || scope === "all") return snapshot;
  const { providerUsers: _rolesOfOthers, ...rest } = snapshot;
  return { ...rest, role: snapshot.role && (await roleAsSeenBy(scope.memberId, snapshot.role, awsAccountId)) };
}

async function roleAsSeenBy(personId: string, role: RoleState, awsAccountId: string): Promise<RoleState> {
  const recorded = await database().role.findFirst({
    where: { awsAccountId, removedAt: null, uniqueId: role.uniqueId },
    select: { projectId: true },
  });
  const visible =
    recorded && (await database().projectMembership.count({ where: { personId, projectId: recorded.projectId } })) > 0;
  return visible ? role : onlyNamed(role);
}

function onlyNamed({ name, arn }: RoleState): RoleState {
  const nothing = { Version: "2012-10-17", Statement: [] };
  return {
    name,
    arn,
    path: "/",
    uniqueId: "",
    trustPolicy: nothing,
    description: "",
    maxSessionSeconds: 3600,
    boundaryArn: null,
    tags: {},
    createdAt: "",
    lastUsedAt: null,
    inlinePolicies: {},
    attachedPolicies: [],
  };
}
