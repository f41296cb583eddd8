import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { RoleRequest } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import { knownError, TrustdeskError } from "@/lib/errors";
import { judgementDigest } from "@/lib/judgement/digest";
import { judgeGoal } from "@/lib/judgement/judge-goal";
import type { AnyoneElse, Judgement } from "@/lib/judgement/judgement";
import type { LiveProject } from "@/lib/judgement/project";
import type { Plan, Snapshot } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import type { AwsFailure } from "@/lib/plan/failure";
import type { Goal } from "@/lib/plan/goal";
import { planFor, questionOf } from "@/lib/plan/goal";
import { askSnapshot } from "@/lib/snapshot/ask-snapshot";
import type { SnapshotSubject } from "@/lib/snapshot/read";
import { readFreshSnapshot } from "@/lib/snapshot/read";
import type { JudgedPlan } from "./judged-plan";
import { unjudged } from "./model";

/** A stored goal against AWS as the worker read it last. */
export interface PlanNow {
  state: "reading" | "ready" | "failed";
  plan: Plan | null;
  planDigest: string | null;
  /** Why there is no plan, or why it can be neither sent nor approved. */
  problems: string[];
  failure: AwsFailure | null;
  lastUsedAt: string | null;
  /** How many other roles trust the provider; null where it was not asked. */
  providerUsers: number | null;
  readAt: string | null;
  waiting: string | null;
  /** What is to be said of this plan now, with its digest; null without a plan, and while GitLab is out of reach. */
  judgement: Judgement | null;
  judgementDigest: string | null;
  /** Who else gets in than refs that exist, by the plan now; empty without a judgement. */
  others: AnyoneElse[];
}

/** The project that a plan is for, as it is recorded, and how to ask GitLab for it as it is. */
export interface AboutProject {
  project: { id: number; path: string };
  /** Null where GitLab does not show it. */
  live: (projectId: number) => Promise<LiveProject | null>;
}

type Stored = Pick<RoleRequest, "goal" | "awsAccountId">;

/**
 * The plan of a request against AWS as it was read within the last minute, judged by GitLab as it is now; throws
 * `conflict` where AWS is in the way, or was not read.
 */
export async function planOfRequest(request: Stored, about: AboutProject, clock: Clock): Promise<JudgedPlan> {
  const goal = goalOfRequest(request);
  const snapshot = await readFreshSnapshot(database(), snapshotSubject(goal, request.awsAccountId), clock);
  const planned = planFor(goal, snapshot);
  if (!planned.ok) throw new TrustdeskError("conflict", planned.problems.map(({ reason }) => reason).join(" "));
  return judgedPlan(goal, planned.plan, snapshot, about);
}

async function judgedPlan(
  goal: Goal,
  plan: Plan,
  snapshot: Snapshot,
  { project, live: ask }: AboutProject,
): Promise<JudgedPlan & Pick<PlanNow, "others">> {
  const live = await ask(project.id);
  const { out: _out, others, ...judgement } = judgeGoal({ goal, plan, snapshot, project, live });
  return { plan, planDigest: await planDigest(plan), judgement, others };
}

/** The same for looking at it: asks the worker to read AWS where that is old. */
export async function planNow(
  goal: Goal,
  awsAccountId: string,
  { refresh, clock, about }: { refresh: boolean; clock: Clock; about: AboutProject },
): Promise<PlanNow> {
  const answer = await askSnapshot(snapshotSubject(goal, awsAccountId), { refresh, clock });
  const { state, failure, readAt, waiting, snapshot } = answer;
  return { state, failure, readAt, waiting, ...(await told(goal, snapshot, about)) };
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

type Told = Pick<
  PlanNow,
  "plan" | "planDigest" | "problems" | "lastUsedAt" | "providerUsers" | "judgement" | "judgementDigest" | "others"
>;

async function told(goal: Goal, snapshot: Snapshot | null, about: AboutProject): Promise<Told> {
  const nothing = { plan: null, planDigest: null, problems: [], judgement: null, judgementDigest: null, others: [] };
  if (!snapshot) return { ...nothing, lastUsedAt: null, providerUsers: null };
  const facts = {
    lastUsedAt: snapshot.role?.lastUsedAt ?? null,
    providerUsers: snapshot.providerUsers?.length ?? null,
  };
  const planned = planFor(goal, snapshot);
  if (!planned.ok)
    return { ...nothing, ...facts, plan: planned.plan, problems: planned.problems.map(({ reason }) => reason) };
  const judged = await unlessSilent(judgedPlan(goal, planned.plan, snapshot, about));
  if (!judged)
    return {
      ...{ ...nothing, ...facts },
      plan: planned.plan,
      planDigest: await planDigest(planned.plan),
      problems: [unjudged],
    };
  return {
    ...facts,
    ...judged,
    problems: [],
    judgementDigest: await judgementDigest(judged.planDigest, judged.judgement),
  };
}

/** While GitLab is out of reach the plan is shown all the same, unjudged, and cannot be decided on. */
async function unlessSilent<Judged>(judging: Promise<Judged>): Promise<Judged | null> {
  try {
    return await judging;
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "unavailable" || code === "too-many") return null;
    throw error;
  }
}
