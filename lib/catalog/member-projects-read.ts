import type { Database } from "@/lib/db/client";

/**
 * The projects of which the person is a member, as the projection has it, and of which there are requests or
 * roles: a person may be a member of tens of thousands, but few of those have records.
 */
export async function readMemberProjects(db: Database, personId: string): Promise<ReadonlySet<number>> {
  const rows = await db.$queryRaw<{ projectId: number }[]>`
    SELECT member."projectId" FROM "ProjectMembership" member WHERE member."personId" = ${personId}
    AND (EXISTS (SELECT 1 FROM "RoleRequest" request WHERE request."projectId" = member."projectId")
      OR EXISTS (SELECT 1 FROM "Role" role WHERE role."projectId" = member."projectId"))`;
  return new Set(rows.map(({ projectId }) => projectId));
}
