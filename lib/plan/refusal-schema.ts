import { z } from "zod";
import { changeExamples, planExample, roleDocumentExample } from "./examples";
import { planSchema, roleDocumentSchema } from "./schema";

const person = z.strictObject({ name: z.string(), username: z.string() });
const pia = { name: "Pia Okafor", username: "pia" };

const planMovedSchema = z
  .strictObject({ kind: z.literal("plan-moved"), plan: planSchema, planDigest: z.string() })
  .meta({
    description: "The plan is another one than was on screen: the newer one, and its digest.",
    examples: [{ kind: "plan-moved", plan: planExample, planDigest: "9f".repeat(32) }],
  });

const judgementMovedSchema = z.strictObject({ kind: z.literal("judgement-moved"), judgementDigest: z.string() }).meta({
  description: "The plan is the same, and what is said of it is not: the digest of what is said now.",
  examples: [{ kind: "judgement-moved", judgementDigest: "3c".repeat(32) }],
});

const otherRequestSchema = z
  .strictObject({
    kind: z.literal("other-request"),
    requestId: z.string(),
    requester: person,
    plan: planSchema,
    diff: z.array(z.strictObject({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
  })
  .meta({
    description: "A request about the same role is not finished. diff: from that request's plan to this one.",
    examples: [
      {
        kind: "other-request",
        requestId: "cmb1q2w3e0000",
        requester: pia,
        plan: { ...planExample, changes: [changeExamples[0]] },
        diff: [{ kind: "added", text: '    "maxSessionSeconds": 3600,' }],
      },
    ],
  });

const newerVersionSchema = z
  .strictObject({
    kind: z.literal("newer-version"),
    version: z.number().int(),
    author: person,
    changedAt: z.string(),
    document: roleDocumentSchema,
  })
  .meta({
    description: "The role was changed meanwhile: its newer version.",
    examples: [
      {
        kind: "newer-version",
        version: 2,
        author: pia,
        changedAt: "2026-11-20T09:30:00.000Z",
        document: roleDocumentExample,
      },
    ],
  });

const problemsSchema = z
  .strictObject({
    kind: z.literal("problems"),
    problems: z.array(z.strictObject({ field: z.string(), reason: z.string(), roleArn: z.string().optional() })),
  })
  .meta({
    description: "All that is wrong with a form, or that AWS would refuse of a plan.",
    examples: [
      { kind: "problems", problems: [{ field: "roleName", reason: "A role named shop-deploy exists already." }] },
    ],
  });

/** `RefusalData`: what comes with a refusal beside its reason. */
export const refusalDataSchema = z
  .discriminatedUnion("kind", [
    planMovedSchema,
    judgementMovedSchema,
    otherRequestSchema,
    newerVersionSchema,
    problemsSchema,
  ])
  .meta({ title: "Refusal", description: "What a refusal shows beside its reason, told by its kind." });
