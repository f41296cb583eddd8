import { z } from "zod";
import { refVerdictSchema } from "@/lib/iam/admitted-schema";
import { gradeSchema } from "@/lib/iam/findings/grade-schema";
import { findingSchema } from "@/lib/iam/findings/schema";

/** `Judgement`, as it is kept and sent. */
export const judgementSchema = z
  .strictObject({
    findings: z.array(findingSchema),
    grade: gradeSchema,
    admitted: z.array(refVerdictSchema).nullable(),
    admittedBefore: z.array(refVerdictSchema).nullable(),
  })
  .meta({
    title: "Judgement",
    description:
      "What is to be said of a plan. admitted: the refs that get in by the trust that is wanted; admittedBefore: by the one that AWS holds now. Null: nobody can tell.",
    examples: [{ findings: [], grade: "safe", admitted: [], admittedBefore: null }],
  });
