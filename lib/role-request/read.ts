import type { Clock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import type { Grade } from "@/lib/iam/findings/table";
import type { Plan } from "@/lib/plan/change";
import type { RequestRow, RequestView, StepView } from "./contract";
import type { GoalKind } from "@/lib/plan/goal";
import type { AwsFailure, RequestRule, RequestState, StepState } from "./model";
import { roleDraftSchema } from "./schema";
import { waitingText } from "./waiting-read";

/** Whose rows are looked at: all, or those of these projects. */
export type ProjectScope = "all" | ReadonlySet<number>;

export interface RequestFilter {
  state?: RequestState | undefined;
  kind?: GoalKind | undefined;
  roleId?: string | undefined;
  /** Only those of this person (row id). */
  requesterId?: string | undefined;
  projectId?: number | undefined;
  cursor?: string | undefined;
  limit: number;
}

const withPeople = { requester: true, awsAccount: true } satisfies Prisma.RoleRequestInclude;
const linked = { select: { id: true, kind: true, state: true } } as const;
const withSteps = {
  ...withPeople,
  steps: { orderBy: { index: "asc" } },
  decisions: { include: { person: true }, orderBy: { decidedAt: "asc" } },
  origin: linked,
  followers: { ...linked, orderBy: { createdAt: "asc" } },
  seen: true,
} satisfies Prisma.RoleRequestInclude;

export type RequestRecord = Prisma.RoleRequestGetPayload<{ include: typeof withSteps }>;

/** Requests in scope, newest first; the cursor is the last id of the page before. */
export async function readRequests(db: Database, instanceId: string, scope: ProjectScope, { state, kind, roleId, requesterId, projectId, cursor, limit }: RequestFilter): Promise<{ rows: RequestRow[]; nextCursor: string | null }> {
  const inScope: Prisma.RoleRequestWhereInput = { instanceId, AND: [scope === "all" ? {} : { projectId: { in: [...scope] } }, projectId === undefined ? {} : { projectId }, state === undefined ? {} : { state }, kind === undefined ? {} : { kind }, roleId === undefined ? {} : { roleId }, requesterId === undefined ? {} : { requesterId }] };
  const rows = await db.roleRequest.findMany({
    where: inScope,
    include: withPeople,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }),
  });
  const page = rows.slice(0, limit);
  return { rows: page.map(requestRow), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
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
export async function requestView(db: Database, row: RequestRecord, can: RequestView["can"], clock: Clock): Promise<RequestView> {
  const plan = fromJson<Plan>(row.plan);
  return {
    ...requestRow(row),
    rolePath: row.rolePath,
    roleId: row.roleId,
    roleArn: plan.roleArn,
    draft: roleDraftSchema.parse(row.draft),
    plan,
    planDigest: row.planDigest,
    findings: row.findings,
    admitted: row.admitted,
    admittedBefore: row.admittedBefore,
    rule: row.rule as RequestRule,
    reason: row.reason,
    decisions: row.decisions.map(({ person, verdict, reason, planDigest, decidedAt }) => ({ person: personOf(person), verdict: verdict === "approved" ? "approved" : "rejected", reason, planDigest, decidedAt: decidedAt.toISOString() })),
    origin: row.origin && linkOf(row.origin),
    followers: row.followers.map(linkOf),
    queuedAt: row.queuedAt?.toISOString() ?? null,
    steps: row.steps.map((step) => stepView(step, row.state === "cancelled")),
    waiting: row.state === "queued" ? await waitingText(db, row.queuedAt ?? row.createdAt, clock) : null,
    can,
  };
}

function linkOf({ id, kind, state }: { id: string; kind: string; state: string }) {
  return { id, kind: kind as GoalKind, state: state as RequestState };
}

function personOf({ id, name, username }: { id: string; name: string; username: string }) {
  return { id, name, username };
}

/** A request as a line of a list. */
export function requestRow(row: Prisma.RoleRequestGetPayload<{ include: typeof withPeople }>): RequestRow {
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
    change: step.change,
    state: cancelled ? "skipped" : (step.state as StepState),
    startedAt: step.intentAt?.toISOString() ?? null,
    finishedAt: step.finishedAt?.toISOString() ?? null,
    awsRequestId: step.awsRequestId,
    failure: step.failure === null ? null : fromJson<AwsFailure>(step.failure),
  };
}
