import type { Transaction } from "@/lib/db/client";
import type { Goal } from "@/lib/plan/goal";
import { stoppedBefore } from "./apply-end";

/** Throws Stopped where the recorded role is gone, or has another version than the one that the goal was made from. */
export async function mustBeBaseVersion(tx: Transaction, goal: Goal, roleId: string | null): Promise<void> {
  if (!("baseVersion" in goal)) return;
  const role =
    roleId === null
      ? null
      : await tx.role.findFirst({
          where: { id: roleId, removedAt: null },
          include: { versions: { orderBy: { version: "desc" }, take: 1 } },
        });
  if (!role) throw stoppedBefore("RoleMoved", "The role was removed from Trustdesk meanwhile.");
  if (role.version === goal.baseVersion) return;
  const authorId = role.versions[0]?.authorId;
  const author = authorId === undefined ? null : await tx.person.findUnique({ where: { id: authorId } });
  throw stoppedBefore(
    "RoleMoved",
    `${author?.name ?? "Somebody"} changed the role meanwhile: version ${role.version}.`,
  );
}
