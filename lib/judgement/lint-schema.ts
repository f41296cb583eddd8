import { z } from "zod";

const witness = {
  principal: "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
  action: "sts:AssumeRoleWithWebIdentity",
  claims: { sub: "project_path:acme/shop:ref_type:branch:ref:release/a", aud: "https://gitlab.com" },
  when: null,
  words: "A branch release/a of acme/shop, which any Developer may push.",
};

/** `Witness`, as it is sent. */
export const witnessSchema = z
  .strictObject({
    principal: z.string(),
    action: z.string(),
    claims: z.record(z.string(), z.string()),
    when: z.string().nullable(),
    words: z.string(),
  })
  .meta({
    title: "Witness",
    description: "One concrete call that proves an answer. when: under what circumstances of the call; null: any.",
    examples: [witness],
  });

/** `LintReport`, as it is sent. */
export const lintReportSchema = z
  .strictObject({
    grade: z.enum(["safe", "caution", "dangerous"]),
    nobody: z.boolean(),
    untold: z.boolean(),
    findings: z.array(
      z.strictObject({
        id: z.string(),
        severity: z.enum(["caution", "dangerous"]),
        message: z.string(),
        path: z.string(),
        document: z.union([z.literal("trust"), z.number().int()]),
      }),
    ),
    refs: z.array(
      z.strictObject({
        ref: z.string(),
        type: z.enum(["branch", "tag"]),
        answer: z.enum(["in", "out", "untold"]),
        when: z.string().nullable(),
      }),
    ),
    beyond: z.array(z.strictObject({ class: z.string(), witness: witnessSchema, by: z.string() })),
    notes: z.array(z.string()),
  })
  .meta({
    title: "LintReport",
    description:
      "What is to be said of a trust and the permissions that it opens. nobody and untold are at least caution. path: a JSON pointer into the document: the trust, or the permission policy of that index.",
    examples: [
      {
        grade: "dangerous",
        nobody: false,
        untold: false,
        findings: [
          {
            id: "any-ref",
            severity: "dangerous",
            message: "Any branch or tag. Whoever may push one to the project gets the role.",
            path: "/Statement/0/Condition/StringLike/gitlab.com:sub",
            document: "trust",
          },
        ],
        refs: [{ ref: "main", type: "branch", answer: "in", when: null }],
        beyond: [{ class: "other-branch", witness, by: "/Statement/0" }],
        notes: [],
      },
    ],
  });

/** `Comparison`, as it is sent. */
export const comparisonSchema = z
  .strictObject({
    same: z.boolean().nullable(),
    admits: z.array(witnessSchema),
    shutsOut: z.array(witnessSchema),
    notes: z.array(z.string()),
  })
  .meta({
    title: "Comparison",
    description:
      "Two trusts by what they let in; same is null where that is not told. A proven witness means false, whatever else is untold.",
    examples: [{ same: false, admits: [witness], shutsOut: [], notes: [] }],
  });

/** `TokenReport`, as it is sent. */
export const tokenReportSchema = z
  .strictObject({ allowed: z.boolean().nullable(), explanation: z.array(z.string()), notes: z.array(z.string()) })
  .meta({
    title: "TokenReport",
    description: "Whether AWS lets a token assume the role; null: not told. Signature and expiry are not checked.",
    examples: [
      {
        allowed: true,
        explanation: ["Statement 1 allows it."],
        notes: ["The token's signature and its expiry (exp, nbf) were not checked."],
      },
    ],
  });
