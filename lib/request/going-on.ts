import type { Database } from "@/lib/db/client";
import type { RoleRequest } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import type { Decision } from "@/lib/errors";
import type { PortalRole } from "@/lib/identity/model";
import type { Goal } from "@/lib/plan/goal";
import type { GoalKind } from "@/lib/plan/goal-words";
import type { JournalledStep } from "./access";
import { mayGoOn, mayUndo } from "./access";
import type { RequestState } from "./model";
import { vainStates } from "./model";

type Failed = Pick<RoleRequest, "id" | "kind" | "state" | "requesterId" | "roleId" | "goal"> & {
  steps: readonly JournalledStep[];
};

/** May the request be tried again, and may it be undone? The same answer for the buttons and at submit. */
export async function goingOn(
  db: Database,
  person: { id: string; role: PortalRole },
  failed: Failed,
): Promise<{ retry: Decision; undo: Decision }> {
  const about = { requesterId: failed.requesterId, state: failed.state as RequestState };
  const isOver = !mayGoOn(person, about, null).ok;
  const followedBy = isOver ? null : await followerOf(db, failed.id);
  const retry = mayGoOn(person, about, followedBy);
  const undo = mayUndo(
    person,
    { ...about, kind: failed.kind as GoalKind, steps: failed.steps, goesOn: goesOn(failed) },
    followedBy,
  );
  return { retry: retry.ok ? await fromTheSameVersion(db, failed) : retry, undo };
}

/** A request that goes on from this one, by way of others too, and did not come to nothing: what it made or makes is not this one's to touch. */
export async function followerOf(db: Pick<Database, "$queryRaw">, id: string): Promise<{ id: string } | null> {
  const [successor] = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE later AS (
      SELECT r."id", r."state" FROM "RoleRequest" r WHERE r."originId" = ${id}
      UNION SELECT r."id", r."state" FROM "RoleRequest" r JOIN later l ON r."originId" = l."id")
    SELECT "id" FROM later WHERE "state" <> ALL(${[...vainStates]}) LIMIT 1`;
  return successor ?? null;
}

function goesOn({ goal }: Failed): boolean {
  const wanted = goal === null ? null : fromJson<Goal>(goal);
  return wanted !== null && "continues" in wanted && wanted.continues.length > 0;
}

async function fromTheSameVersion(db: Database, { roleId, goal }: Failed): Promise<Decision> {
  const wanted = goal === null ? null : fromJson<Goal>(goal);
  if (!wanted || !("baseVersion" in wanted) || roleId === null) return { ok: true };
  const role = await db.role.findUnique({ where: { id: roleId }, select: { version: true, removedAt: true } });
  if (!role || role.removedAt) return { ok: false, reason: "The role was removed from Trustdesk meanwhile." };
  if (role.version === wanted.baseVersion) return { ok: true };
  return {
    ok: false,
    reason: `The role is at version ${role.version} now, and this request was made from version ${wanted.baseVersion}: change the role as it is now.`,
  };
}
