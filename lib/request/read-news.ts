import type { Clock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { goalWords } from "@/lib/plan/goal-words";
import type { ProjectScope } from "@/lib/project/scope";
import { inScope } from "@/lib/project/scope";
import type { RequestRow } from "./contract";
import { requestRow, shownInRow } from "./read";

const atMost = 20;
/** Older news is no news. */
const daysOfNews = 30;

export interface News {
  toDecide: RequestRow[];
  toDecideCount: number;
  news: (RequestRow & { sentence: string })[];
}

interface Sought {
  instanceId: string;
  /** The projects whose requests the person can open. */
  scope: ProjectScope;
  clock: Clock;
}

/** What waits for the person's decision, oldest first, and the person's own requests that ended since they last looked at them, as far as they can open them. */
export async function readNews(db: Database, person: { id: string; role: string }, sought: Sought): Promise<News> {
  const [{ rows: toDecide, count: toDecideCount }, news] = await Promise.all([
    readToDecide(db, sought.instanceId, person),
    readOwnNews(db, person.id, sought),
  ]);
  return { toDecide, toDecideCount, news };
}

async function readToDecide(
  db: Database,
  instanceId: string,
  { id, role }: { id: string; role: string },
): Promise<{ rows: RequestRow[]; count: number }> {
  if (role !== "platform-engineer") return { rows: [], count: 0 };
  const where: Prisma.RoleRequestWhereInput = { instanceId, state: "requested", requesterId: { not: id } };
  const [rows, count] = await Promise.all([
    db.roleRequest.findMany({ where, select: shownInRow, orderBy: { createdAt: "asc" }, take: atMost }),
    db.roleRequest.count({ where }),
  ]);
  return { rows: rows.map(requestRow), count };
}

async function readOwnNews(
  db: Database,
  personId: string,
  { instanceId, scope, clock }: Sought,
): Promise<News["news"]> {
  const since = new Date(clock.now().getTime() - daysOfNews * 86_400_000);
  const ids = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT r."id" FROM "RoleRequest" r LEFT JOIN "RequestSeen" s ON s."requestId" = r."id" AND s."personId" = r."requesterId"
    WHERE r."requesterId" = ${personId} AND r."instanceId" = ${instanceId} AND r."state" IN ('applied', 'failed', 'rejected', 'cancelled')
      AND r."finishedAt" > ${since} AND (s."seenAt" IS NULL OR s."seenAt" < r."finishedAt") AND ${inScope(scope, Prisma.sql`r."projectId"`)}
    ORDER BY r."finishedAt" DESC LIMIT ${atMost}`);
  const rows = await db.roleRequest.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    select: { ...shownInRow, reason: true, decisions: { include: { person: true } } },
    orderBy: { finishedAt: "desc" },
  });
  return rows.map((row) => ({ ...requestRow(row), sentence: newsSentence(row) }));
}

type Ended = Prisma.RoleRequestGetPayload<{
  select: { state: true; kind: true; roleName: true; reason: true; decisions: { include: { person: true } } };
}>;

/** What happened and why, to its requester. */
function newsSentence({ state, kind, roleName, reason, decisions }: Ended): string {
  const what = `Your request to ${goalWords[kind as keyof typeof goalWords]} ${roleName}`;
  const decider = decisions.at(-1)?.person.name;
  if (state === "applied") return `${what} was ${decider ? `approved by ${decider} and ` : ""}applied.`;
  const end =
    { rejected: `was rejected by ${decider ?? "somebody"}`, failed: "failed", cancelled: "ended" }[state] ?? state;
  return `${what} ${end}${reason ? `: ${reason}` : "."}`;
}
