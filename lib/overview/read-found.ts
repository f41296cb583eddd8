import type { Database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { literal } from "@/lib/project/read";
import type { ProjectScope } from "@/lib/project/scope";
import { inScope } from "@/lib/project/scope";
import { readRequests } from "@/lib/request/read";
import { readRoles } from "@/lib/role/read";
import type { Found } from "./contract";

export interface Sought {
  instanceId: string;
  scope: ProjectScope;
  /** Each must occur, whatever its case; none is a wildcard. */
  words: readonly string[];
  atMost: number;
}

/** The person's projects whose path is the word or ends with it: who types a whole name means that one. */
export async function findProjectsNamed(
  db: Database,
  personId: string,
  word: string,
  atMost: number,
): Promise<Found["projects"]> {
  const mode = "insensitive" as const;
  return db.projectMembership.findMany({
    where: {
      personId,
      archived: false,
      OR: [{ path: { equals: literal(word), mode } }, { path: { endsWith: `/${literal(word)}`, mode } }],
    },
    select: { projectId: true, path: true },
    orderBy: [{ lastActivityAt: { sort: "desc", nulls: "last" } }, { projectId: "asc" }],
    take: atMost,
  });
}

/** Roles that are there, by name, ARN or project path. */
export async function findRoles(db: Database, { instanceId, scope, words, atMost }: Sought): Promise<Found["roles"]> {
  const { rows } = await readRoles(db, instanceId, scope, { query: words.join(" "), removed: false, limit: atMost });
  return rows.map(({ id, name, arn, account, projectPath, grade, liveState }) => ({
    id,
    name,
    arn,
    accountName: account.name,
    projectPath,
    grade,
    liveState,
  }));
}

/** Requests by role name, project path, account or requester, newest first. */
export async function findRequests(
  db: Database,
  { instanceId, scope, words, atMost }: Sought,
): Promise<Found["requests"]> {
  const { rows } = await readRequests(db, instanceId, scope, { query: words.join(" "), limit: atMost });
  return rows.map(({ id, kind, roleName, projectPath, state, createdAt, requester }) => ({
    id,
    kind,
    roleName,
    projectPath,
    state,
    requesterName: requester.name,
    createdAt,
  }));
}

/** People by name or username: all in an unlimited scope, else those who asked, decided or own something in it, and the person themself. */
export async function findPeople(
  db: Database,
  personId: string,
  { instanceId, scope, words, atMost }: Sought,
): Promise<Found["people"]> {
  const named = words.map(
    (word) => Prisma.sql`(p."name" ILIKE ${`%${literal(word)}%`} OR p."username" ILIKE ${`%${literal(word)}%`})`,
  );
  const known = scope === "all" ? [] : [knownIn(scope, personId)];
  return db.$queryRaw<Found["people"]>`
    SELECT p."username", p."name" FROM "Person" p WHERE ${Prisma.join([Prisma.sql`p."instanceId" = ${instanceId}`, ...named, ...known], " AND ")}
    ORDER BY p."name", p."id" LIMIT ${atMost}`;
}

function knownIn(scope: ProjectScope, personId: string): Prisma.Sql {
  const within = inScope(scope, Prisma.sql`r."projectId"`);
  return Prisma.sql`(p."id" = ${personId}
    OR EXISTS (SELECT 1 FROM "Role" r WHERE r."ownerId" = p."id" AND ${within})
    OR EXISTS (SELECT 1 FROM "RoleRequest" r WHERE r."requesterId" = p."id" AND ${within})
    OR EXISTS (SELECT 1 FROM "Decision" d JOIN "RoleRequest" r ON r."id" = d."requestId" WHERE d."personId" = p."id" AND ${within}))`;
}
