import { z } from "zod";
import { projectIdSchema } from "@/lib/ids";
import { lintProjectSchema } from "@/lib/judgement/lint-project";

/** A document as text, so that a refusal names line and column, or as the JSON itself. */
const documentSchema = z.union([z.string(), z.record(z.string(), z.unknown())]);

/** Above a role's quotas of inline and managed policies together. */
const mostPermissions = 40;

const trustOf = (branch: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "gitlab.com:aud": "https://sts.amazonaws.com",
          "gitlab.com:sub": `project_path:acme/shop:ref_type:branch:ref:${branch}`,
        },
      },
    },
  ],
});

export const evaluateInputSchema = z
  .strictObject({
    trust: documentSchema,
    token: documentSchema,
    providerAudiences: z.array(z.string().min(1).max(255)).max(100).optional(),
  })
  .meta({
    description:
      "trust: a trust policy. token: a JWT, or its claims. providerAudiences: what AWS's OIDC provider is registered with; else any audience counts.",
    examples: [
      {
        trust: trustOf("main"),
        token: {
          iss: "https://gitlab.com",
          aud: "https://sts.amazonaws.com",
          sub: "project_path:acme/shop:ref_type:branch:ref:main",
        },
        providerAudiences: ["https://sts.amazonaws.com"],
      },
    ],
  });

export const lintInputSchema = z
  .strictObject({
    trust: documentSchema,
    permissions: z.array(documentSchema).max(mostPermissions).default([]),
    /** The second only so that `readLintProject` says what is wrong, and where. */
    project: z.union([lintProjectSchema, z.record(z.string(), z.unknown())]).optional(),
    projectId: projectIdSchema.optional(),
  })
  .meta({
    description:
      "trust: a trust policy. permissions: permission policies of the role. project: what it can mint, as a LintProject; or projectId: a project of this GitLab, as it is shown to the person.",
    examples: [
      {
        trust: trustOf("main"),
        permissions: [
          {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::shop-web/*" }],
          },
        ],
        project: {
          issuer: "https://gitlab.com",
          project: { path: "acme/shop", id: "7301" },
          refs: ["branch main (protected)", "branch next"],
        },
      },
    ],
  });

export const compareInputSchema = z.strictObject({ before: documentSchema, after: documentSchema }).meta({
  description: "Two trust policies, of which the second replaces the first.",
  examples: [{ before: trustOf("main"), after: trustOf("release") }],
});

export type SentDocument = z.infer<typeof documentSchema>;
export type EvaluateInput = z.infer<typeof evaluateInputSchema>;
export type LintTrustInput = z.infer<typeof lintInputSchema>;
export type CompareInput = z.infer<typeof compareInputSchema>;
