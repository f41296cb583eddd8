import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { readableJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import type { Grade } from "@/lib/findings/table";
import { readPolicy } from "@/lib/iam/policy-schema";
import { usualAudience } from "@/lib/iam/trust-view";
import { audienceFor, trustedProviders } from "@/lib/iam/trusted-provider";
import { keptJudgement } from "@/lib/judgement/kept";
import type { GoalKind } from "@/lib/plan/goal-words";
import type { LiveState } from "@/lib/plan/live-state";
import { differenceSchema, roleDocumentSchema, roleStateSchema } from "@/lib/plan/schema";
import { literal } from "@/lib/project/read";
import type { ProjectScope } from "@/lib/project/scope";
import { inScope } from "@/lib/project/scope";
import type { RequestState } from "@/lib/request/model";
import { finalStates } from "@/lib/request/model";
import type { RoleRow, RoleVersion, RoleView } from "./contract";

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
  versions: { orderBy: { version: "desc" } },
  requests: { where: { state: { notIn: [...finalStates] } }, select: { id: true, kind: true, state: true }, take: 1 },
} satisfies Prisma.RoleInclude;
export type RoleRecord = Prisma.RoleGetPayload<{ include: typeof whole }>;

/** Roles in scope by name; the cursor is the last id of the page before, `total` counts all pages. */
export async function readRoles(
  db: Database,
  instanceId: string,
  scope: ProjectScope,
  filter: RoleFilter,
): Promise<{ rows: RoleRow[]; nextCursor: string | null; total: number }> {
  const { cursor, limit } = filter;
  const where = Prisma.join(
    [Prisma.sql`r."instanceId" = ${instanceId}`, inScope(scope, Prisma.sql`r."projectId"`), ...conditionsOf(filter)],
    " AND ",
  );
  const beyond =
    cursor === undefined
      ? Prisma.empty
      : Prisma.sql`AND (r."name", r."id") > (SELECT c."name", c."id" FROM "Role" c WHERE c."id" = ${cursor})`;
  const [found, totals] = await Promise.all([
    db.$queryRaw<ListedRow[]>`
      SELECT r."id", r."name", r."path", r."arn", r."projectId", r."projectPath", r."version", r."grade", r."liveState", r."updatedAt", r."checkedAt", r."lastUsedAt", r."removedAt",
        r."ownerId", p."name" AS "ownerName", p."username", r."awsAccountId", a."accountId", a."name" AS "accountName"
      FROM (SELECT * FROM "Role" r WHERE ${where} ${beyond} ORDER BY r."name", r."id" LIMIT ${limit + 1}) r
        JOIN "AwsAccount" a ON a."id" = r."awsAccountId" LEFT JOIN "Person" p ON p."id" = r."ownerId"
      ORDER BY r."name", r."id"`,
    db.$queryRaw<{ total: number }[]>`SELECT count(*)::integer AS "total" FROM "Role" r WHERE ${where}`,
  ]);
  const page = found.slice(0, limit);
  return {
    rows: page.map(listedRow),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    total: totals[0]?.total ?? 0,
  };
}

/** A role with its account and owner, in one answer of the database: a list has a hundred of them. */
interface ListedRow extends RoleFacts {
  ownerId: string;
  ownerName: string | null;
  username: string | null;
  awsAccountId: string;
  accountId: string;
  accountName: string;
}

function listedRow({
  ownerId,
  ownerName,
  username,
  awsAccountId,
  accountId,
  accountName,
  ...role
}: ListedRow): RoleRow {
  const owner = ownerName === null || username === null ? gone : { id: ownerId, name: ownerName, username };
  return roleRow(role, { id: awsAccountId, accountId, name: accountName }, owner);
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
export async function roleView(
  db: Database,
  role: RoleRecord,
  { can, issuer }: Pick<RoleView, "can" | "issuer">,
): Promise<RoleView> {
  const people = await readPeople(db, [role.ownerId, ...role.versions.map(({ authorId }) => authorId)]);
  const versions = role.versions.map((version) => readableVersion(version, people));
  return {
    ...roleRow(
      role,
      { id: role.awsAccount.id, accountId: role.awsAccount.accountId, name: role.awsAccount.name },
      people.get(role.ownerId) ?? gone,
    ),
    uniqueId: role.uniqueId,
    region: role.awsAccount.region,
    issuer,
    audience: audienceIn(versions[0]),
    ...lastComparison(role),
    underWay: underWay(role),
    halfDone: await readHalfDone(db, role),
    can,
    versions: versions.filter((version) => version !== null),
    unreadable: role.versions.flatMap(({ version }, index) => (versions[index] ? [] : [version])),
  };
}

/**
 * What the last comparison with AWS found. One that another version of Trustdesk wrote in a form that is not read here
 * counts as none, never as agreement: the role is to be compared anew.
 */
export function lastComparison({
  liveState,
  live,
  drift,
  driftSince,
  checkedAt,
}: Pick<RoleRecord, "liveState" | "live" | "drift" | "driftSince" | "checkedAt">): Pick<
  RoleView,
  "liveState" | "live" | "drift" | "driftSince" | "checkedAt"
> {
  const read = comparisonSchema.safeParse({ live, drift });
  if (!read.success) return { liveState: "unknown", live: null, drift: null, driftSince: null, checkedAt: null };
  return {
    liveState: liveState as LiveState,
    ...read.data,
    driftSince: driftSince?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
  };
}

const comparisonSchema = z.object({ live: roleStateSchema.nullable(), drift: z.array(differenceSchema).nullable() });

/** A version of the role; null where its document cannot be read. */
function readableVersion(row: RoleRecord["versions"][number], people: ReadonlyMap<string, Person>): RoleVersion | null {
  const document = readableJson(roleDocumentSchema, row.document);
  const { name, username } = people.get(row.authorId) ?? gone;
  return (
    document && {
      version: row.version,
      document,
      judgement: keptJudgement(row.judgement),
      requestId: row.requestId,
      author: { name, username },
      createdAt: row.createdAt.toISOString(),
    }
  );
}

/** What its jobs have to ask for, by the trust that was recorded last. */
function audienceIn(latest: RoleVersion | null | undefined): string {
  const trust = latest && readPolicy(latest.document.trustPolicy);
  const [provider] = trust ? trustedProviders(trust) : [];
  return trust && provider ? audienceFor(trust, provider, usualAudience) : usualAudience;
}

/** The request about the role that is not finished, or null. */
export function underWay({ requests: [first] }: Pick<RoleRecord, "requests">): RoleView["underWay"] {
  return first ? { id: first.id, kind: first.kind as GoalKind, state: first.state as RequestState } : null;
}

/** The last request about the role, where it failed after it had begun to change AWS and no version came after it. */
async function readHalfDone(db: Database, { id, versions }: RoleRecord): Promise<RoleView["halfDone"]> {
  const last = await db.roleRequest.findFirst({
    where: { roleId: id },
    orderBy: { createdAt: "desc" },
    select: { id: true, kind: true, state: true, finishedAt: true, steps: { select: { state: true } } },
  });
  const recordedAt = versions[0]?.createdAt;
  const touched = last?.steps.some(({ state }) => state === "intent" || state === "done") ?? false;
  if (last?.state !== "failed" || !touched || !last.finishedAt || (recordedAt && recordedAt > last.finishedAt))
    return null;
  return { id: last.id, kind: last.kind as GoalKind };
}

function conditionsOf({ query, projectId, awsAccountId, grade, live, removed }: RoleFilter): Prisma.Sql[] {
  const equal = (column: Prisma.Sql, value: string | number | undefined) =>
    value === undefined ? [] : [Prisma.sql`${column} = ${value}`];
  return [
    removed ? Prisma.sql`r."removedAt" IS NOT NULL` : Prisma.sql`r."removedAt" IS NULL`,
    ...equal(Prisma.sql`r."projectId"`, projectId),
    ...equal(Prisma.sql`r."awsAccountId"`, awsAccountId),
    ...equal(Prisma.sql`r."grade"`, grade),
    ...equal(Prisma.sql`r."liveState"`, live),
    ...query.trim().split(/\s+/).filter(Boolean).map(holdsWord),
  ];
}

/** The word occurs in name, ARN or project path. */
function holdsWord(word: string): Prisma.Sql {
  const part = `%${literal(word)}%`;
  return Prisma.sql`(r."name" ILIKE ${part} OR r."arn" ILIKE ${part} OR r."projectPath" ILIKE ${part})`;
}

type RoleFacts = Pick<
  Prisma.RoleGetPayload<object>,
  | "id"
  | "name"
  | "path"
  | "arn"
  | "projectId"
  | "projectPath"
  | "version"
  | "grade"
  | "liveState"
  | "updatedAt"
  | "checkedAt"
  | "lastUsedAt"
  | "removedAt"
>;

function roleRow(
  {
    id,
    name,
    path,
    arn,
    projectId,
    projectPath,
    version,
    grade,
    liveState,
    updatedAt,
    checkedAt,
    lastUsedAt,
    removedAt,
  }: RoleFacts,
  account: RoleRow["account"],
  owner: Person,
): RoleRow {
  return {
    id,
    name,
    path,
    arn,
    account,
    projectId,
    projectPath,
    owner,
    grade: grade as Grade,
    version,
    updatedAt: updatedAt.toISOString(),
    liveState: liveState as LiveState,
    checkedAt: checkedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    removedAt: removedAt?.toISOString() ?? null,
  };
}

async function readPeople(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, username: true },
  });
  return new Map(people.map((person) => [person.id, person]));
}
