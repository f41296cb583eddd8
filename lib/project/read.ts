import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { ProjectRow, ProjectSyncView } from "./model";
import type { ProjectSearch } from "./schema";

const grades = ["safe", "caution", "danger"] as const;

interface FoundRow {
  projectId: number;
  path: string;
  name: string;
  namespacePath: string;
  accessLevel: number;
  defaultBranch: string | null;
  visibility: string;
  archived: boolean;
  lastActivityAt: Date | null;
  sortedAt: Date;
  roles: number | null;
  differing: number | null;
  /** Index into `grades`. */
  worst: number | null;
}

/**
 * One page of a person's projection, last active first, and how many there are in all. A cursor is the place of the
 * page's last row, and the total: it is counted once, for the first page.
 */
export async function searchProjection(
  personId: string,
  search: ProjectSearch,
): Promise<{ rows: ProjectRow[]; nextCursor: string | null; total: number }> {
  const where = filterOf(personId, search);
  const after = cursorOf(search.cursor);
  const beyond = after
    ? Prisma.sql`AND (m."sortedAt" < ${after.sortedAt} OR (m."sortedAt" = ${after.sortedAt} AND m."projectId" > ${after.projectId}))`
    : Prisma.empty;
  const [found, total] = await Promise.all([
    database().$queryRaw<FoundRow[]>`
      SELECT m.*, r."roles", r."differing", r."worst" FROM (
        SELECT * FROM (
          SELECT m.*, coalesce(m."lastActivityAt", '1970-01-01 00:00:00+00'::timestamptz) AS "sortedAt" FROM "ProjectMembership" m WHERE ${where}
        ) m WHERE true ${beyond} ORDER BY m."sortedAt" DESC, m."projectId" LIMIT ${search.limit + 1}
      ) m LEFT JOIN LATERAL (${rolesOf(Prisma.sql`m."projectId"`)}) r ON true
      ORDER BY m."sortedAt" DESC, m."projectId"`,
    after ? after.total : countProjection(personId, search),
  ]);
  const page = found.slice(0, search.limit);
  const last = found.length > search.limit ? page.at(-1) : undefined;
  return {
    rows: page.map(rowOf),
    nextCursor: last ? `${last.sortedAt.toISOString()}_${last.projectId}_${total}` : null,
    total,
  };
}

async function countProjection(personId: string, search: ProjectSearch): Promise<number> {
  if (!search.query.trim() && !search.group && search.minAccessLevel === undefined)
    return readProjectTotal(personId, search);
  const [row] = await database().$queryRaw<
    { total: number }[]
  >`SELECT count(*)::integer AS total FROM "ProjectMembership" m WHERE ${filterOf(personId, search)}`;
  return row?.total ?? 0;
}

/** How many projects a person's projection holds, with or without those that are archived. */
export async function readProjectTotal(personId: string, { archived }: { archived: boolean }): Promise<number> {
  const total = await database().projectTotal.findUnique({ where: { personId } });
  return (total?.current ?? 0) + (archived ? (total?.archived ?? 0) : 0);
}

type TrustingRoles = Pick<ProjectRow, "roles" | "differing" | "worstGrade">;

/** How many roles trust a project, how many of them differ in AWS, and the worst grade of the others. */
export async function readRolesOf(projectId: number): Promise<TrustingRoles> {
  const [row] = await database().$queryRaw<
    Pick<FoundRow, "roles" | "differing" | "worst">[]
  >`${rolesOf(Prisma.sql`${projectId}`)}`;
  return trustingRoles(row ?? { roles: 0, differing: 0, worst: null });
}

function trustingRoles({ roles, differing, worst }: Pick<FoundRow, "roles" | "differing" | "worst">): TrustingRoles {
  return { roles: roles ?? 0, differing: differing ?? 0, worstGrade: worst === null ? null : (grades[worst] ?? null) };
}

/** The groups of a person's projects that are not archived, with how many each holds. */
export async function readGroups(personId: string): Promise<{ path: string; projects: number }[]> {
  const groups = await database().projectMembership.groupBy({
    by: ["namespacePath"],
    where: { personId, archived: false },
    _count: true,
    orderBy: { namespacePath: "asc" },
  });
  return groups.map((group) => ({ path: group.namespacePath, projects: group._count }));
}

/** How the last refresh of a person's projection went. */
export async function readSync(personId: string): Promise<ProjectSyncView> {
  const sync = await database().projectSync.findUnique({ where: { personId } });
  if (!sync) return { state: "never", seen: 0, asOf: null, reason: null };
  return {
    state: sync.state as ProjectSyncView["state"],
    seen: sync.seen,
    asOf: sync.finishedAt?.toISOString() ?? null,
    reason: sync.reason,
  };
}

/** Whether the projection holds a path, whatever its case. */
export async function holdsPath(personId: string, path: string): Promise<boolean> {
  return (
    (await database().projectMembership.count({ where: { personId, path: { equals: path, mode: "insensitive" } } })) > 0
  );
}

/** A path under which our records know a project, other than `path`; null when there is none. */
export async function readFormerPath(projectId: number, path: string): Promise<string | null> {
  const role = await database().role.findFirst({
    where: { instanceId: env.instanceId, projectId, projectPath: { not: path } },
    orderBy: { updatedAt: "desc" },
    select: { projectPath: true },
  });
  return role?.projectPath ?? null;
}

function rolesOf(projectId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT count(*)::integer AS "roles", count(*) FILTER (WHERE "liveState" IN ('drifted', 'gone'))::integer AS "differing",
      max(array_position(${[...grades]}::text[], "grade") - 1) FILTER (WHERE "liveState" NOT IN ('drifted', 'gone'))::integer AS "worst"
    FROM "Role" WHERE "instanceId" = ${env.instanceId} AND "projectId" = ${projectId} AND "removedAt" IS NULL`;
}

/** Each word of the query must occur in path or name; `ILIKE` uses the trigram index. */
function filterOf(personId: string, { query, group, minAccessLevel, archived }: ProjectSearch): Prisma.Sql {
  const conditions = [Prisma.sql`m."personId" = ${personId}`];
  for (const word of query.trim().split(/\s+/).filter(Boolean)) {
    const part = `%${literal(word)}%`;
    conditions.push(Prisma.sql`(m."path" ILIKE ${part} OR m."name" ILIKE ${part})`);
  }
  if (group)
    conditions.push(Prisma.sql`(m."namespacePath" = ${group} OR m."namespacePath" LIKE ${`${literal(group)}/%`})`);
  if (minAccessLevel !== undefined) conditions.push(Prisma.sql`m."accessLevel" >= ${minAccessLevel}`);
  if (!archived) conditions.push(Prisma.sql`NOT m."archived"`);
  return Prisma.join(conditions, " AND ");
}

/** Text that stands for nothing but itself in a pattern of LIKE. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function cursorOf(cursor: string | undefined): { sortedAt: Date; projectId: number; total: number } | null {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_(\d{1,10})_(\d{1,9})$/.exec(cursor ?? "");
  if (!match?.[1] || !match[2] || !match[3]) return null;
  return { sortedAt: new Date(match[1]), projectId: Number(match[2]), total: Number(match[3]) };
}

function rowOf(row: FoundRow): ProjectRow {
  return {
    projectId: row.projectId,
    path: row.path,
    name: row.name,
    namespacePath: row.namespacePath,
    accessLevel: row.accessLevel,
    defaultBranch: row.defaultBranch,
    visibility: row.visibility,
    archived: row.archived,
    lastActivityAt: row.lastActivityAt?.toISOString() ?? null,
    ...trustingRoles(row),
  };
}
