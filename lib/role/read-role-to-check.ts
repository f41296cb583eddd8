import type { Database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { Visible } from "@/lib/identity/visible";
import { roleNotFound } from "./read";

const toCheck = {
  awsAccount: true,
  requests: { where: { state: "applying" }, select: { id: true }, take: 1 },
} satisfies Prisma.RoleInclude;

/** A role that the person is known to be allowed to see; `open-role` makes it. */
export type VisibleRole = Visible<Prisma.RoleGetPayload<{ include: typeof toCheck }>>;

/** A role that is there, with what speaks against comparing it now; `not-found` when there is none. */
export async function readRoleToCheck(
  db: Database,
  instanceId: string,
  id: string,
): Promise<Prisma.RoleGetPayload<{ include: typeof toCheck }>> {
  const role = await db.role.findFirst({ where: { id, instanceId, removedAt: null }, include: toCheck });
  if (!role) throw roleNotFound();
  return role;
}
