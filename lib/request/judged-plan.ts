import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { asJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { judgementDigest } from "@/lib/judgement/digest";
import { judgeGoal } from "@/lib/judgement/judge-goal";
import type { Judgement } from "@/lib/judgement/judgement";
import type { LiveProject } from "@/lib/judgement/project";
import type { Plan, Snapshot } from "@/lib/plan/change";
import type { DesiredRole } from "@/lib/plan/diff";
import { planDigest } from "@/lib/plan/digest";
import type { Goal } from "@/lib/plan/goal";
import { planFor } from "@/lib/plan/goal";
import type { DraftContext } from "@/lib/role-form/desired";
import { desiredRole, problemsOfPlan } from "@/lib/role-form/desired";
import type { DraftProblem, RoleDraft } from "@/lib/role-form/schema";

/** A plan with its digest, and what is said of it. */
export interface JudgedPlan {
  plan: Plan;
  planDigest: string;
  judgement: Judgement;
}

/** The row that keeps what is said of a plan, without its request. */
export async function judgementRow(
  { plan, planDigest, judgement }: JudgedPlan,
  madeAt: Date,
): Promise<Omit<Prisma.JudgementCreateManyInput, "requestId">> {
  const { findings, grade, after, before, beyond } = judgement;
  const digest = await judgementDigest(planDigest, judgement);
  const value = asJson({ findings, grade, after, before, ...(beyond && { beyond }) });
  return { digest, planDigest, plan: asJson(plan), value, madeAt };
}

/** Adds what is said of a request's plan now, beside what was said before; the same judgement is kept once. Answers its digest. */
export async function keepJudgement(
  tx: Transaction,
  requestId: string,
  judged: JudgedPlan,
  madeAt: Date,
): Promise<string> {
  const row = await judgementRow(judged, madeAt);
  await tx.judgement.createMany({ data: [{ requestId, ...row }], skipDuplicates: true });
  return row.digest;
}

/** A plan with what is said of it, as they are stored with the request. */
export interface PlannedGoal {
  goal: Goal;
  plan: Plan;
  judgement: Judgement;
}

/** The draft's documents; throws `bad-input` at the first wrong field, with all problems as data. */
export function mustBeWhole(draft: RoleDraft, context: DraftContext): DesiredRole {
  const { desired, problems } = desiredRole(draft, context);
  if (problems.length > 0 || !desired) throw refusal("bad-input", problems);
  return desired;
}

export interface PlanningFacts {
  /** The project that the role is for, as it is recorded. */
  project: { id: number; path: string };
  /** Null where GitLab does not show it any more. */
  live: LiveProject | null;
  snapshot: Snapshot;
}

/** The plan for a goal against the snapshot, judged. Throws `conflict` where AWS is in the way. */
export function planGoal(goal: Goal, facts: PlanningFacts): PlannedGoal {
  const result = planFor(goal, facts.snapshot);
  if (!result.ok) throw refusal("conflict", problemsOfPlan(result.problems));
  const { plan } = result;
  return { goal, plan, judgement: judgeGoal({ goal, plan, ...facts }) };
}

function refusal(code: "bad-input" | "conflict", problems: readonly DraftProblem[]): TrustdeskError {
  const [first] = problems;
  return new TrustdeskError(code, first?.reason ?? "The form is not complete.", {
    field: first?.field ?? "form",
    data: { kind: "problems", problems: [...problems] },
  });
}

/** The plan's digest; throws `conflict` with the newer plan as data when it is not the one that was on screen. */
export async function mustBeShown(plan: Plan, shownDigest: string): Promise<string> {
  const digest = await planDigest(plan);
  if (digest !== shownDigest)
    throw new TrustdeskError(
      "conflict",
      "The plan has changed since it was on screen: look at the new one and apply it again.",
      { data: { kind: "plan-moved", plan, planDigest: digest } },
    );
  return digest;
}

/**
 * A plan may stay the same while what it means does not: a ref that lost its protection is one more finding. Throws
 * `conflict` with what is said now as data when that is not what was on screen, by its digest.
 */
export async function mustMeanTheSame({ planDigest, judgement }: JudgedPlan, shownDigest: string): Promise<void> {
  const digest = await judgementDigest(planDigest, judgement);
  if (shownDigest === digest) return;
  const { grade, findings } = judgement;
  throw new TrustdeskError(
    "conflict",
    "What the plan means is not what was on screen: look at what is found now, and send it again.",
    { data: { kind: "judgement-moved", judgementDigest: digest, grade, findings } },
  );
}

/** Writes the journal's empty rows and queues the job: one role's requests run one after another. */
export async function putInLine(
  tx: Transaction,
  { id, plan, roleName, accountId }: { id: string; plan: Plan; roleName: string; accountId: string },
): Promise<void> {
  await tx.applyStep.createMany({
    data: plan.changes.map((change, index) => ({ requestId: id, index, change: asJson(change), state: "pending" })),
  });
  await enqueue(
    tx,
    "apply-request",
    { requestId: id },
    { queueName: `role:${accountId}:${roleName.toLowerCase()}`, jobKey: `apply-request:${id}` },
  );
}
