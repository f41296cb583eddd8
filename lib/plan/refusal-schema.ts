import { z } from "zod";
import { findingSchema, gradeSchema } from "@/lib/findings/schema";
import { refusalExamples } from "./examples";
import { planSchema, roleDocumentSchema } from "./schema";

const person = z.strictObject({ name: z.string(), username: z.string() });

const planMovedSchema = z
  .strictObject({ kind: z.literal("plan-moved"), plan: planSchema, planDigest: z.string() })
  .meta({ description: "The plan is another one than was on screen: the newer one, and its digest." });

const judgementMovedSchema = z
  .strictObject({
    kind: z.literal("judgement-moved"),
    judgementDigest: z.string(),
    grade: gradeSchema,
    findings: z.array(findingSchema),
  })
  .meta({ description: "The plan is the same, and what is said of it is not: what is said now, and its digest." });

const otherRequestSchema = z
  .strictObject({
    kind: z.literal("other-request"),
    requestId: z.string(),
    requester: person,
    plan: planSchema,
    diff: z.array(z.strictObject({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
  })
  .meta({ description: "A request about the same role is not finished. diff: from that request's plan to this one." });

const newerVersionSchema = z
  .strictObject({
    kind: z.literal("newer-version"),
    version: z.number(),
    author: person,
    changedAt: z.string(),
    document: roleDocumentSchema,
  })
  .meta({ description: "The role was changed meanwhile: its newer version." });

const problemsSchema = z
  .strictObject({
    kind: z.literal("problems"),
    problems: z.array(z.strictObject({ field: z.string(), reason: z.string(), roleArn: z.string().optional() })),
  })
  .meta({ description: "All that is wrong with a form, or that AWS would refuse of a plan." });

const notReadSchema = z
  .strictObject({
    kind: z.literal("not-read"),
    line: z.number().nullable(),
    column: z.number().nullable(),
    pointer: z.string().nullable(),
  })
  .meta({
    description:
      "A document that was sent cannot be used. Line and column from 1, where it was sent as text; a JSON pointer into it.",
  });

/** `RefusalData`: what comes with a refusal beside its reason. */
export const refusalDataSchema = z
  .discriminatedUnion("kind", [
    planMovedSchema,
    judgementMovedSchema,
    otherRequestSchema,
    newerVersionSchema,
    problemsSchema,
    notReadSchema,
  ])
  .meta({
    title: "Refusal",
    description: "What a refusal shows beside its reason, told by its kind.",
    examples: Object.values(refusalExamples),
  });
