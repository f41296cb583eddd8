import { Prisma } from "@/lib/db/generated/client";

/** Whose rows are looked at: all, or those of the projects in which the projection has this person (row id) as a member. */
export type ProjectScope = "all" | { memberId: string };

/**
 * The scope as a condition of SQL on a column that holds GitLab's project id: somebody may be a member of tens of
 * thousands of projects, so their ids stay in the database.
 */
export function inScope(scope: ProjectScope, projectId: Prisma.Sql): Prisma.Sql {
  if (scope === "all") return Prisma.sql`true`;
  return Prisma.sql`EXISTS (SELECT 1 FROM "ProjectMembership" member WHERE member."personId" = ${scope.memberId} AND member."projectId" = ${projectId})`;
}
