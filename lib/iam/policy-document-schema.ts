import { z } from "zod";

const text = z.union([z.string(), z.array(z.string())]);
const principal = z.union([z.literal("*"), z.record(z.string(), text)]);
const scalar = z.union([z.string(), z.boolean(), z.number()]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: text.optional(),
  NotAction: text.optional(),
  Resource: text.optional(),
  NotResource: text.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)]))).optional(),
});

/**
 * A policy document as it is kept and sent: the shape of `RawPolicy`, with nothing read into it. What IAM's grammar
 * makes of a text that somebody wrote is `parsePolicy`'s to say.
 */
export const policyDocumentSchema = z
  .strictObject({
    Version: z.string().optional(),
    Id: z.string().optional(),
    Statement: z.union([statementSchema, z.array(statementSchema)]),
  })
  .meta({
    title: "PolicyDocument",
    description: "A policy as it was written, trust or permissions: AWS keeps and answers it so.",
    examples: [
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::shop-web/*" }],
      },
    ],
  });
