import { z } from "zod";

const text = z.union([z.string(), z.array(z.string())]);
const principal = z.union([z.literal("*"), z.record(z.string(), text)]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: text.optional(),
  NotAction: text.optional(),
  Resource: text.optional(),
  NotResource: text.optional(),
  Condition: z.record(z.string(), z.record(z.string(), text)).optional(),
});

/**
 * A policy document as it is kept and sent: the shape of `PolicyDocument`, with nothing read into it. What IAM's grammar
 * makes of a text that somebody wrote is `parsePolicy`'s to say.
 */
export const policyDocumentSchema = z
  .strictObject({ Version: z.string(), Id: z.string().optional(), Statement: z.array(statementSchema) })
  .meta({
    title: "PolicyDocument",
    description: "A policy as IAM keeps it, trust or permissions; Statement is always a list.",
    examples: [
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::shop-web/*" }],
      },
    ],
  });
