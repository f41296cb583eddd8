import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { asJson } from "@/lib/db/json";
import { judgementDigest } from "@/lib/judgement/digest";
import type { Judgement } from "@/lib/judgement/judgement";
import type { Plan } from "@/lib/plan/change";

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
  const { findings, grade, after, before } = judgement;
  const digest = await judgementDigest(planDigest, judgement);
  return { digest, planDigest, plan: asJson(plan), value: asJson({ findings, grade, after, before }), madeAt };
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
