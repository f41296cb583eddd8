import type { Judgement } from "./judgement";
import { judgementSchema } from "./schema";

/** A judgement as a row keeps it. One in a form that this version does not read is untold, and so never safe. */
export function keptJudgement(value: unknown): Judgement {
  const read = judgementSchema.safeParse(value);
  if (read.success) return read.data;
  const because = "another version of Trustdesk wrote down what was said of it, in a form that this one does not read.";
  return { findings: [], grade: "caution", after: { kind: "untold", because }, before: null };
}
