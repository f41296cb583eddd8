import { z } from "zod";
import { accountTestSchema } from "@/lib/iam/account-test";
import { failureSchema } from "@/lib/plan/failure";

/** Why the account's roles could not be compared with AWS, and when that was tried (ISO time). */
export const accountCheckFailureSchema = failureSchema.extend({ at: z.string() });

export type AccountCheckFailure = z.infer<typeof accountCheckFailureSchema>;

export const awsAccountSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  partition: z.string(),
  region: z.string(),
  spokeRoleArn: z.string().nullable(),
  /** Never the ExternalId itself. */
  hasExternalId: z.boolean(),
  defaultPath: z.string(),
  boundaryArn: z.string().nullable(),
  boundaryRequired: z.boolean(),
  namePrefix: z.string(),
  source: z.enum(["file", "page"]),
  roles: z.number().int(),
  lastTest: accountTestSchema.nullable(),
  /** When all the account's roles were last compared with AWS (ISO time). */
  checkedAt: z.string().nullable(),
  /** Set when the try after that failed. */
  checkFailure: accountCheckFailureSchema.nullable(),
});

export type AwsAccountView = z.infer<typeof awsAccountSchema>;

/** What whoever asks for a role has to know of an account; how the worker reaches it is not among it. */
export const accountChoiceSchema = awsAccountSchema.pick({
  id: true,
  accountId: true,
  name: true,
  partition: true,
  region: true,
  defaultPath: true,
  boundaryArn: true,
  boundaryRequired: true,
  namePrefix: true,
});

export type AccountChoice = z.infer<typeof accountChoiceSchema>;
