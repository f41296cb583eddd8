import type { Clock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { fromJson, readableJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import type { Grade } from "@/lib/findings/table";
import type { Visible } from "@/lib/identity/visible";
import { waitingText } from "@/lib/jobs/waiting";
import type { Judgement } from "@/lib/judgement/judgement";
import { keptJudgement } from "@/lib/judgement/kept";
import type { AwsFailure } from "@/lib/plan/failure";
import type { GoalKind } from "@/lib/plan/goal-words";
import { changeSchema, planSchema } from "@/lib/plan/schema";
import { literal } from "@/lib/project/read";
import type { ProjectScope } from "@/lib/project/scope";
import { inScope } from "@/lib/project/scope";
import { roleDraftSchema } from "@/lib/role-form/schema";
import type { RequestRow, RequestView, StepView } from "./contract";
import type { RequestRule, RequestState, StepState } from "./model";

export interface RequestFilter {
  state?: RequestState | undefined;
  kind?: GoalKind | undefined;
  roleId?: string | undefined;
  /** Only those of this person (row id). */
  requesterId?: string | undefined;
  projectId?: number | undefined;
  /** Words that must all occur: in the role's name, the project's path, the account or the requester. */
  query?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

const withPeople = { requester: true, awsAccount: true } satisfies Prisma.RoleRequestInclude;
/** What a line of a list needs: plans and forms stay where they are. */
export const shownInRow = {
  id: true,
  kind: true,
  projectId: true,
  projectPath: true,
  roleName: true,
  state: true,
  grade: true,
  createdAt: true,
  finishedAt: true,
  requester: true,
  awsAccount: { select: { id: true, accountId: true, name: true } },
} satisfies Prisma.RoleRequestSelect;

const linked = { select: { id: true, kind: true, state: true } } as const;
const withSteps = {
  ...withPeople,
  steps: { orderBy: { index: "asc" } },
  decisions: { include: { person: true }, orderBy: { decidedAt: "asc" } },
  origin: linked,
  followers: { ...linked, orderBy: { createdAt: "asc" } },
  seen: true,
  judgements: { select: { digest: true, value: true } },
} satisfies Prisma.RoleRequestInclude;

/** A request that the person is known to be allowed to see; `open-request` makes it. */
export type VisibleRequest = Visible<RequestRecord>;

export type RequestRecord = Prisma.RoleRequestGetPayload<{ include: typeof withSteps }>;

/** A word that more people share than these names none of them. */
const mostRequesters = 100;

/** Requests in scope, newest first; the cursor is the last id of the page before. */
export async function readRequests(
  db: Database,
  instanceId: string,
  scope: ProjectScope,
  filter: RequestFilter,
): Promise<{ rows: RequestRow[]; nextCursor: string | null }> {
  const { cursor, limit } = filter;
  const words = (filter.query ?? "").trim().split(/\s+/).filter(Boolean);
  const conditions = [
    Prisma.sql`r."instanceId" = ${instanceId}`,
    inScope(scope, Prisma.sql`r."projectId"`),
    ...conditionsOf(filter),
    ...(await Promise.all(words.map((word) => holdsWord(db, word)))),
  ];
  if (cursor !== undefined)
    conditions.push(
      Prisma.sql`(r."createdAt", r."id") < (SELECT c."createdAt", c."id" FROM "RoleRequest" c WHERE c."id" = ${cursor})`,
    );
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT r."id" FROM "RoleRequest" r WHERE ${Prisma.join(conditions, " AND ")} ORDER BY r."createdAt" DESC, r."id" DESC LIMIT ${limit + 1}`;
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await db.roleRequest.findMany({
    where: { id: { in: ids } },
    select: shownInRow,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return { rows: rows.map(requestRow), nextCursor: found.length > limit ? (ids.at(-1) ?? null) : null };
}

function conditionsOf({ state, kind, roleId, requesterId, projectId }: RequestFilter): Prisma.Sql[] {
  const equal = (column: Prisma.Sql, value: string | number | undefined) =>
    value === undefined ? [] : [Prisma.sql`${column} = ${value}`];
  return [
    ...equal(Prisma.sql`r."state"`, state),
    ...equal(Prisma.sql`r."kind"`, kind),
    ...equal(Prisma.sql`r."roleId"`, roleId),
    ...equal(Prisma.sql`r."requesterId"`, requesterId),
    ...equal(Prisma.sql`r."projectId"`, projectId),
  ];
}

/** The word occurs in the role's name, the project's path, the account or the requester: few people and accounts, found first, so that each part can use its index. */
async function holdsWord(db: Database, word: string): Promise<Prisma.Sql> {
  const part = `%${literal(word)}%`;
  const [people, accounts] = await Promise.all([
    db.$queryRaw<
      { id: string }[]
    >`SELECT p."id" FROM "Person" p WHERE p."name" ILIKE ${part} OR p."username" ILIKE ${part} LIMIT ${mostRequesters}`,
    db.$queryRaw<
      { id: string }[]
    >`SELECT a."id" FROM "AwsAccount" a WHERE a."name" ILIKE ${part} OR a."accountId" LIKE ${part}`,
  ]);
  const among = (column: Prisma.Sql, rows: { id: string }[]) =>
    rows.length === 0 ? [] : [Prisma.sql`${column} = ANY(${rows.map(({ id }) => id)})`];
  return Prisma.sql`(${Prisma.join([Prisma.sql`r."roleName" ILIKE ${part}`, Prisma.sql`r."projectPath" ILIKE ${part}`, ...among(Prisma.sql`r."requesterId"`, people), ...among(Prisma.sql`r."awsAccountId"`, accounts)], " OR ")})`;
}

/** One request with its journal; `not-found` when there is none. */
export async function readRequest(db: Database, instanceId: string, id: string): Promise<RequestRecord> {
  const row = await db.roleRequest.findFirst({ where: { id, instanceId }, include: withSteps });
  if (!row) throw requestNotFound();
  return row;
}

/** The same words for a request that does not exist and for one that the person may not see. */
export function requestNotFound(): TrustdeskError {
  return new TrustdeskError("not-found", "There is no such request, or it is about a project that you cannot see.");
}

/** A request as people see it. */
export async function requestView(
  db: Database,
  row: RequestRecord,
  can: RequestView["can"],
  clock: Clock,
): Promise<RequestView> {
  const plan = readableJson(planSchema, row.plan);
  return {
    ...requestRow(row),
    rolePath: row.rolePath,
    roleId: row.roleId,
    roleArn: plan?.roleArn ?? null,
    draft: roleDraftSchema.parse(row.draft),
    plan,
    planDigest: row.planDigest,
    judgement: judgementOf(row),
    rule: row.rule as RequestRule,
    reason: row.reason,
    decisions: row.decisions.map(({ person, verdict, reason, planDigest, decidedAt }) => ({
      person: personOf(person),
      verdict: verdict === "approved" ? "approved" : "rejected",
      reason,
      planDigest,
      decidedAt: decidedAt.toISOString(),
    })),
    origin: row.origin && linkOf(row.origin),
    followers: row.followers.map(linkOf),
    queuedAt: row.queuedAt?.toISOString() ?? null,
    steps: row.steps.map((step) => stepView(step, row.state === "cancelled")),
    waiting: row.state === "queued" ? await waitingText(db, row.queuedAt ?? row.createdAt, clock) : null,
    can,
  };
}

/** What holds of the plan that holds: said when it was asked for, or anew when it was decided. */
export function judgementOf({
  judgements,
  judgementDigest,
}: Pick<RequestRecord, "judgements" | "judgementDigest">): Judgement {
  return keptJudgement(judgements.find(({ digest }) => digest === judgementDigest)?.value);
}

function linkOf({ id, kind, state }: { id: string; kind: string; state: string }) {
  return { id, kind: kind as GoalKind, state: state as RequestState };
}

function personOf({ id, name, username }: { id: string; name: string; username: string }) {
  return { id, name, username };
}

/** A request as a line of a list. */
export function requestRow(row: Prisma.RoleRequestGetPayload<{ select: typeof shownInRow }>): RequestRow {
  const { requester, awsAccount } = row;
  return {
    id: row.id,
    projectId: row.projectId,
    projectPath: row.projectPath,
    kind: row.kind as GoalKind,
    requester: personOf(requester),
    account: { id: awsAccount.id, accountId: awsAccount.accountId, name: awsAccount.name },
    roleName: row.roleName,
    state: row.state as RequestState,
    grade: row.grade as Grade,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** The web cannot write the journal, so the steps of a cancelled request stay pending there. */
function stepView(step: RequestRecord["steps"][number], cancelled: boolean): StepView {
  return {
    index: step.index,
    change: readableJson(changeSchema, step.change),
    state: cancelled ? "skipped" : (step.state as StepState),
    startedAt: step.intentAt?.toISOString() ?? null,
    finishedAt: step.finishedAt?.toISOString() ?? null,
    awsRequestId: step.awsRequestId,
    failure: step.failure === null ? null : fromJson<AwsFailure>(step.failure),
  };
}
