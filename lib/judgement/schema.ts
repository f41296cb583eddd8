import { z } from "zod";
import { refVerdictSchema } from "@/lib/admission/admitted-schema";
import { findingSchema, gradeSchema } from "@/lib/findings/schema";

/** `WhoGetsIn`, as it is kept and sent. */
const whoGetsInSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("refs"),
    in: z.array(refVerdictSchema),
    untold: z.array(refVerdictSchema),
    asked: z.number().int().nullable(),
  }),
  z.strictObject({ kind: z.literal("nobody"), because: z.string() }),
  z.strictObject({ kind: z.literal("untold"), because: z.string() }),
]);

/** `CallerChange`, as it is kept and sent. */
const callerChangeSchema = z.strictObject({
  words: z.string(),
  who: z.string(),
  when: z.string().nullable(),
  sure: z.boolean(),
});

/** `Judgement`, as it is kept and sent. */
export const judgementSchema = z
  .strictObject({
    findings: z.array(findingSchema),
    grade: gradeSchema,
    after: whoGetsInSchema,
    before: whoGetsInSchema.nullable(),
    beyond: z.strictObject({ gained: z.array(callerChangeSchema), lost: z.array(callerChangeSchema) }).optional(),
  })
  .meta({
    title: "Judgement",
    description:
      "What is said of a role's document for a project. after: who gets in by it, ref by ref, nobody, or not told; before: by what it replaces, null where there is nothing. A ref that is untold is neither in nor out, and never safe. beyond: who newly gets in beside the refs that exist, and who no longer does, one call of each kind, who can make it, when, and whether that is sure; missing where nothing is replaced.",
    examples: [
      {
        findings: [],
        grade: "safe",
        after: {
          kind: "refs",
          in: [
            {
              ref: {
                name: "main",
                type: "branch",
                protected: true,
                default: true,
                pushedAt: "2026-11-22T12:00:00.000Z",
                whoMayPush: "maintainers",
              },
              verdict: "in",
              by: "exact",
              because: "Statement 1 allows it.",
            },
          ],
          untold: [],
          asked: 12,
        },
        before: { kind: "refs", in: [], untold: [], asked: 12 },
        beyond: {
          gained: [
            {
              words: "merge requests of acme/shop, as project_path:acme/shop:ref_type:branch:ref:main",
              who: "any Developer of acme/shop",
              when: null,
              sure: true,
            },
          ],
          lost: [],
        },
      },
    ],
  });

const callerKinds = [
  ...(["ref", "other-branch", "other-tag", "merge-request", "fork", "later-holder", "other-project", "login"] as const),
  ...(["provider", "saml", "anybody", "account", "principal", "service"] as const),
] as const;

/** `AnyoneElse`, as it is sent. */
export const anyoneElseSchema = z.strictObject({
  kind: z.enum(callerKinds),
  words: z.string(),
  who: z.string(),
  sure: z.boolean(),
  when: z.string().nullable(),
  witness: z.strictObject({ principal: z.string(), claims: z.record(z.string(), z.string()) }).nullable(),
});
