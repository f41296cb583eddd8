import { z } from "zod";
import { gradeSchema } from "@/lib/iam/findings/finding";
import type { Judgement } from "./judgement";

const refVerdictSchema = z.object({
  ref: z.object({
    name: z.string(),
    type: z.enum(["branch", "tag"]),
    protected: z.boolean(),
    default: z.boolean(),
    pushedAt: z.string().nullable(),
    whoMayPush: z.string(),
  }),
  verdict: z.enum(["in", "out", "untold"]),
  by: z.string(),
  because: z.string(),
});

const whoGetsInSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("refs"),
    in: z.array(refVerdictSchema),
    untold: z.array(refVerdictSchema),
    asked: z.number().int().nullable(),
  }),
  z.object({ kind: z.literal("nobody"), because: z.string() }),
  z.object({ kind: z.literal("untold"), because: z.string() }),
]);

/** A Judgement as it is kept and sent. */
export const judgementSchema = z.object({
  findings: z.array(z.custom<Judgement["findings"][number]>()),
  grade: gradeSchema,
  after: whoGetsInSchema,
  before: whoGetsInSchema.nullable(),
});
