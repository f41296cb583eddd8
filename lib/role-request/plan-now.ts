import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { fromJson } from "@/lib/db/json";
import type { RoleRequest } from "@/lib/db/generated/client";
import { TrustdeskError } from "@/lib/errors";
import type { Plan, Snapshot } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import { planFor, questionOf } from "@/lib/plan/goal";
import type { Goal } from "@/lib/plan/goal";
import { askSnapshot } from "./ask-snapshot";
import type { AwsFailure } from "./model";
import { readFreshSnapshot } from "./snapshot-read";
import type { SnapshotSubject } from "./snapshot-read";

/** A stored goal against AWS as the worker read it last. */
export interface PlanNow {
  state: "reading" | "ready" | "failed";
  plan: Plan | null;
  planDigest: string | null;
  /** Why there is no plan, or why it cannot be approved. */
  problems: string[];
  failure: AwsFailure | null;
  lastUsedAt: string | null;
  /** How many other roles trust the provider; null where it was not asked. */
  providerUsers: number | null;
  readAt: string | null;
  waiting: string | null;
}

type Stored = Pick<RoleRequest, "goal" | "awsAccountId">;

/** The plan of a request against AWS as it was read within the last minute; throws `conflict` where AWS is in the way, or was not read. */
export async function planOfRequest(request: Stored, clock: Clock): Promise<Plan> {
  const goal = goalOfRequest(request);
  const planned = planFor(goal, await readFreshSnapshot(database(), snapshotSubject(goal, request.awsAccountId), clock));
  if (!planned.ok) throw new TrustdeskError("conflict", planned.problems.map(({ reason }) => reason).join(" "));
  return planned.plan;
}

/** The same for looking at it: asks the worker to read AWS where that is old. */
export async function planNow(goal: Goal, awsAccountId: string, { refresh, clock }: { refresh: boolean; clock: Clock }): Promise<PlanNow> {
  const answer = await askSnapshot(snapshotSubject(goal, awsAccountId), { refresh, clock });
  const { state, failure, readAt, waiting, snapshot } = answer;
  return { state, failure, readAt, waiting, ...(await told(goal, snapshot)) };
}

/** The stored goal; a request of an older version has none. */
export function goalOfRequest({ goal }: Pick<RoleRequest, "goal">): Goal {
  if (goal === null) throw new TrustdeskError("conflict", "This request was made by an older version of Trustdesk: make a new one.");
  return fromJson<Goal>(goal);
}

/** What AWS has to be asked for a goal. */
export function snapshotSubject(goal: Goal, awsAccountId: string): SnapshotSubject {
  const { roleName, issuer, boundaryArn, withProviderUsers } = questionOf(goal);
  return { awsAccountId, roleName, issuer, boundaryArn, withProviderUsers };
}

async function told(goal: Goal, snapshot: Snapshot | null): Promise<Pick<PlanNow, "plan" | "planDigest" | "problems" | "lastUsedAt" | "providerUsers">> {
  if (!snapshot) return { plan: null, planDigest: null, problems: [], lastUsedAt: null, providerUsers: null };
  const planned = planFor(goal, snapshot);
  const about = { lastUsedAt: snapshot.role?.lastUsedAt ?? null, providerUsers: snapshot.providerUsers?.length ?? null };
  if (planned.ok) return { plan: planned.plan, planDigest: await planDigest(planned.plan), problems: [], ...about };
  return { plan: planned.plan, planDigest: null, problems: planned.problems.map(({ reason }) => reason), ...about };
}
