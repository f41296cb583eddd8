import type { Database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { TrustdeskError } from "@/lib/errors";
import type { Grade } from "@/lib/iam/findings/table";
import { roleDraftSchema } from "@/lib/role-request/schema";
import { finalStates } from "@/lib/role-request/model";
import type { RequestState } from "@/lib/role-request/model";
import type { GoalKind } from "@/lib/plan/goal";
import type { LiveState, RoleRow, RoleView } from "./contract";

export interface RoleFilter {
  query: string;
  projectId?: number | undefined;
  awsAccountId?: string | undefined;
  grade?: Grade | undefined;
  live?: LiveState | undefined;
  /** Those that were removed, instead of those that are there. */
  removed: boolean;
  cursor?: string | undefined;
  limit: number;
}

interface Person {
  id: string;
  name: string;
  username: string;
}

const gone: Person = { id: "", name: "Somebody who is gone", username: "" };
const whole = {
  awsAccount: true,
  versions: { orderBy: { version: "desc" }, include: { request: { select: { draft: true } } } },
  requests: { where: { state: { notIn: [...finalStates] } }, select: { id: true, kind: true, state: true }, take: 1 },
} satisfies Prisma.RoleInclude;
export type RoleRecord = Prisma.RoleGetPayload<{ include: typeof whole }>;

/** Roles in scope by name; the cursor is the last id of the page before, `total` counts all pages. */
export async function readRoles(db: Database, instanceId: string, scope: "all" | ReadonlySet<number>, filter: RoleFilter): Promise<{ rows: RoleRow[]; nextCursor: string | null; total: number }> {
  const where = whereOf(instanceId, scope, filter);
  const { cursor, limit } = filter;
  const [found, total] = await Promise.all([
    db.role.findMany({ where, include: { awsAccount: true }, orderBy: [{ name: "asc" }, { id: "asc" }], take: limit + 1, ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }) }),
    db.role.count({ where }),
  ]);
  const page = found.slice(0, limit);
  const people = await readPeople(db, page.map(({ ownerId }) => ownerId));
  return { rows: page.map((role) => roleRow(role, people)), nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null, total };
}

/** One role with its versions; `not-found` when there is none. */
export async function readRole(db: Database, instanceId: string, id: string): Promise<RoleRecord> {
  const role = await db.role.findFirst({ where: { id, instanceId }, include: whole });
  if (!role) throw roleNotFound();
  return role;
}

/** The same words for a role that does not exist and for one that the person may not see. */
export function roleNotFound(): TrustdeskError {
  return new TrustdeskError("not-found", "There is no such role, or it is about a project that you cannot see.");
}

/** A role as people see it. */
export async function roleView(db: Database, role: RoleRecord, can: RoleView["can"]): Promise<RoleView> {
  const people = await readPeople(db, [role.ownerId, ...role.versions.map(({ authorId }) => authorId)]);
  const draft = roleDraftSchema.safeParse(role.versions[0]?.request?.draft);
  return {
    ...roleRow(role, people),
    uniqueId: role.uniqueId,
    region: role.awsAccount.region,
    audience: draft.success ? draft.data.audience : "",
    draft: draft.success ? draft.data : null,
    drift: role.drift,
    driftSince: role.driftSince?.toISOString() ?? null,
    live: role.live,
    underWay: underWay(role),
    can,
    versions: role.versions.map(({ version, document, findings, admitted, requestId, authorId, createdAt }) => {
      const { name, username } = people.get(authorId) ?? gone;
      return { version, document, findings, admitted, requestId, author: { name, username }, createdAt: createdAt.toISOString() };
    }),
  };
}

/** The request about the role that is not finished, or null. */
export function underWay({ requests: [first] }: Pick<RoleRecord, "requests">): RoleView["underWay"] {
  return first ? { id: first.id, kind: first.kind as GoalKind, state: first.state as RequestState } : null;
}

function whereOf(instanceId: string, scope: "all" | ReadonlySet<number>, { query, projectId, awsAccountId, grade, live, removed }: RoleFilter): Prisma.RoleWhereInput {
  const words = query.trim();
  const contains = { contains: words, mode: "insensitive" as const };
  return {
    instanceId,
    removedAt: removed ? { not: null } : null,
    AND: [
      live === undefined ? {} : { liveState: live },
      scope === "all" ? {} : { projectId: { in: [...scope] } },
      words === "" ? {} : { OR: [{ name: contains }, { arn: contains }, { projectPath: contains }] },
      projectId === undefined ? {} : { projectId },
      awsAccountId === undefined ? {} : { awsAccountId },
      grade === undefined ? {} : { grade },
    ],
  };
}

function roleRow(role: Prisma.RoleGetPayload<{ include: { awsAccount: true } }>, people: ReadonlyMap<string, Person>): RoleRow {
  const { id, name, path, arn, projectId, projectPath, version, awsAccount, checkedAt, lastUsedAt, removedAt } = role;
  const account = { id: awsAccount.id, accountId: awsAccount.accountId, name: awsAccount.name };
  return {
    ...{ id, name, path, arn, account, projectId, projectPath, owner: people.get(role.ownerId) ?? gone, grade: role.grade as Grade, version },
    ...{ updatedAt: role.updatedAt.toISOString(), liveState: role.liveState as LiveState },
    ...{ checkedAt: checkedAt?.toISOString() ?? null, lastUsedAt: lastUsedAt?.toISOString() ?? null, removedAt: removedAt?.toISOString() ?? null },
  };
}

async function readPeople(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const people = await db.person.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true, username: true } });
  return new Map(people.map((person) => [person.id, person]));
}
