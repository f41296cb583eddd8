import { literal } from "@/lib/catalog/read-projects";
import type { Database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { Grade } from "@/lib/iam/findings/table";
import type { GoalKind } from "@/lib/plan/goal";
import type { RequestState } from "@/lib/role-request/model";
import type { ProjectScope } from "@/lib/role-request/read";
import type { Found } from "./search-contract";

export interface Sought {
  instanceId: string;
  scope: ProjectScope;
  /** Each must occur, whatever its case; none is a wildcard. */
  words: readonly string[];
  atMost: number;
}

/** People whose requests are looked at for one word of a name: more than these share it with half the company. */
const mostRequesters = 100;

/** The person's projects whose path is the word or ends with it: who types a whole name means that one. */
export async function findProjectsNamed(db: Database, personId: string, word: string, atMost: number): Promise<Found["projects"]> {
  const mode = "insensitive" as const;
  return db.projectMembership.findMany({
    where: { personId, archived: false, OR: [{ path: { equals: literal(word), mode } }, { path: { endsWith: `/${literal(word)}`, mode } }] },
    select: { projectId: true, path: true },
    orderBy: [{ lastActivityAt: { sort: "desc", nulls: "last" } }, { projectId: "asc" }],
    take: atMost,
  });
}

/** Roles that are there, by name, ARN or project path. */
export async function findRoles(db: Database, { instanceId, scope, words, atMost }: Sought): Promise<Found["roles"]> {
  const holds = words.map((word): Prisma.RoleWhereInput => ({ OR: [{ name: contains(word) }, { arn: contains(word) }, { projectPath: contains(word) }] }));
  const rows = await db.role.findMany({
    where: { instanceId, removedAt: null, AND: [...within(scope), ...holds] },
    select: { id: true, name: true, arn: true, projectPath: true, grade: true, awsAccount: { select: { name: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: atMost,
  });
  return rows.map(({ id, name, arn, projectPath, grade, awsAccount }) => ({ id, name, arn, accountName: awsAccount.name, projectPath, grade: grade as Grade }));
}

/** Requests by role name, project path or requester, newest first. */
export async function findRequests(db: Database, { instanceId, scope, words, atMost }: Sought): Promise<Found["requests"]> {
  const holds = await Promise.all(
    words.map(async (word): Promise<Prisma.RoleRequestWhereInput> => {
      const requesters = await db.person.findMany({ where: { instanceId, ...named(word) }, select: { id: true }, take: mostRequesters });
      const byThem = requesters.length === 0 ? [] : [{ requesterId: { in: requesters.map(({ id }) => id) } }];
      return { OR: [{ roleName: contains(word) }, { projectPath: contains(word) }, ...byThem] };
    }),
  );
  const rows = await db.roleRequest.findMany({
    where: { instanceId, AND: [...within(scope), ...holds] },
    select: { id: true, kind: true, roleName: true, projectPath: true, state: true, createdAt: true, requester: { select: { name: true } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: atMost,
  });
  return rows.map(({ id, kind, roleName, projectPath, state, createdAt, requester }) => ({ id, kind: kind as GoalKind, roleName, projectPath, state: state as RequestState, requesterName: requester.name, createdAt: createdAt.toISOString() }));
}

/** People by name or username: all in an unlimited scope, else those who asked, decided or own something in it, and the person themself. */
export async function findPeople(db: Database, personId: string, { instanceId, scope, words, atMost }: Sought): Promise<Found["people"]> {
  return db.person.findMany({
    where: { instanceId, AND: [...words.map(named), ...(scope === "all" ? [] : [await knownIn(db, instanceId, scope, personId)])] },
    select: { username: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: atMost,
  });
}

async function knownIn(db: Database, instanceId: string, scope: ReadonlySet<number>, personId: string): Promise<Prisma.PersonWhereInput> {
  const about = { instanceId, projectId: { in: [...scope] } };
  const owners = await db.role.findMany({ where: about, distinct: ["ownerId"], select: { ownerId: true } });
  return { OR: [{ id: { in: [personId, ...owners.map(({ ownerId }) => ownerId)] } }, { requests: { some: about } }, { decisions: { some: { request: about } } }] };
}

function within(scope: ProjectScope): { projectId: { in: number[] } }[] {
  return scope === "all" ? [] : [{ projectId: { in: [...scope] } }];
}

function named(word: string) {
  return { OR: [{ name: contains(word) }, { username: contains(word) }] };
}

function contains(word: string) {
  return { contains: literal(word), mode: "insensitive" as const };
}
