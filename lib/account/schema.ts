import { z } from "zod";
import { accountIdSchema } from "@/lib/ids";

const roleArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    "A role ARN looks like arn:aws:iam::111122223333:role/name.",
  );

const policyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    "A policy ARN looks like arn:aws:iam::111122223333:policy/name.",
  );

/** What the page or the accounts file says about an account. Empty strings of a form mean null. */
export const accountInputSchema = z.object({
  accountId: accountIdSchema,
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "Lower-case letters, digits and hyphens, at most 40."),
  partition: z.enum(["aws", "aws-cn", "aws-us-gov", "aws-eusc"]).default("aws"),
  region: z
    .string()
    .regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, "A region looks like eu-central-1.")
    .default("us-east-1"),
  spokeRoleArn: roleArn.nullable().default(null),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, "2 to 1,224 of letters, digits and + = , . @ : / - (AWS's rule for ExternalId).")
    .nullable()
    .default(null),
  defaultPath: z
    .string()
    .regex(/^\/([!-~]+\/)?$/, "A path begins and ends with a slash.")
    .max(512)
    .default("/"),
  boundaryArn: policyArn.nullable().default(null),
  boundaryRequired: z.boolean().default(false),
  namePrefix: z
    .string()
    .regex(/^[\w+=,.@-]{0,32}$/, "Letters, digits and _ + = , . @ -")
    .default(""),
});

export type AccountInput = z.infer<typeof accountInputSchema>;
