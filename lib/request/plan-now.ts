import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { RoleRequest } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import type { Judgement } from "@/lib/judgement/judgement";
import type { Plan, Snapshot } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import type { AwsFailure } from "@/lib/plan/failure";
import type { Goal } from "@/lib/plan/goal";
import { planFor, questionOf } from "@/lib/plan/goal";
import { askSnapshot } from "@/lib/snapshot/ask-snapshot";
import type { SnapshotSubject } from "@/lib/snapshot/read";
import { readFreshSnapshot } from "@/lib/snapshot/read";
import type { LiveProject } from "./plan-goal";
import { judgePlan } from "./plan-goal";

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
  /** What is to be said of a plan that is another than was asked for; null where nothing else is to be said. */
  judgement: Judgement | null;
}

/** What is to be said of a plan against a snapshot, or null. */
type Judge = (plan: Plan, snapshot: Snapshot) => Promise<Judgement | null>;

const nothingElse: Judge = () => Promise.resolve(null);

type Stored = Pick<RoleRequest, "goal" | "awsAccountId">;

/** The plan of a request against AWS as it was read within the last minute; throws `conflict` where AWS is in the way, or was not read. */
export async function planOfRequest(request: Stored, clock: Clock): Promise<{ plan: Plan; snapshot: Snapshot }> {
  const goal = goalOfRequest(request);
  const snapshot = await readFreshSnapshot(database(), snapshotSubject(goal, request.awsAccountId), clock);
  const planned = planFor(goal, snapshot);
  if (!planned.ok) throw new TrustdeskError("conflict", planned.problems.map(({ reason }) => reason).join(" "));
  return { plan: planned.plan, snapshot };
}

type Decided = Stored & Pick<RoleRequest, "planDigest" | "projectId" | "projectPath">;

/**
 * Judges a request's plan anew where it is another than was asked for: what was said of that one says nothing of this.
 * `liveProject` is asked only then, and answers null where GitLab does not show the project.
 */
export function judgeAnew(request: Decided, liveProject: (projectId: number) => Promise<LiveProject | null>): Judge {
  return async (plan, snapshot) => {
    if ((await planDigest(plan)) === request.planDigest) return null;
    const project = { id: request.projectId, path: request.projectPath };
    return judgePlan(goalOfRequest(request), plan, { project, live: await liveProject(project.id), snapshot });
  };
}

/** The same for looking at it: asks the worker to read AWS where that is old. */
export async function planNow(
  goal: Goal,
  awsAccountId: string,
  { refresh, clock, judge = nothingElse }: { refresh: boolean; clock: Clock; judge?: Judge },
): Promise<PlanNow> {
  const answer = await askSnapshot(snapshotSubject(goal, awsAccountId), { refresh, clock });
  const { state, failure, readAt, waiting, snapshot } = answer;
  return { state, failure, readAt, waiting, ...(await told(goal, snapshot, judge)) };
}

/** The stored goal; a request of an older version has none. */
export function goalOfRequest({ goal }: Pick<RoleRequest, "goal">): Goal {
  if (goal === null)
    throw new TrustdeskError("conflict", "This request was made by an older version of Trustdesk: make a new one.");
  return fromJson<Goal>(goal);
}

/** What AWS has to be asked for a goal. */
export function snapshotSubject(goal: Goal, awsAccountId: string): SnapshotSubject {
  const { roleName, issuer, boundaryArn, withProviderUsers } = questionOf(goal);
  return { awsAccountId, roleName, issuer, boundaryArn, withProviderUsers };
}

async function told(
  goal: Goal,
  snapshot: Snapshot | null,
  judge: Judge,
): Promise<Pick<PlanNow, "plan" | "planDigest" | "problems" | "lastUsedAt" | "providerUsers" | "judgement">> {
  if (!snapshot)
    return { plan: null, planDigest: null, problems: [], lastUsedAt: null, providerUsers: null, judgement: null };
  const planned = planFor(goal, snapshot);
  const about = {
    lastUsedAt: snapshot.role?.lastUsedAt ?? null,
    providerUsers: snapshot.providerUsers?.length ?? null,
  };
  if (planned.ok)
    return {
      plan: planned.plan,
      planDigest: await planDigest(planned.plan),
      problems: [],
      judgement: await judge(planned.plan, snapshot),
      ...about,
    };
  return {
    plan: planned.plan,
    planDigest: null,
    problems: planned.problems.map(({ reason }) => reason),
    judgement: null,
    ...about,
  };
}
