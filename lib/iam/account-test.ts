import { z } from "zod";

/** One check of the connection test, with what to do when it fails. */
const accountCheckSchema = z.object({
  id: z.enum(["identity", "spoke-role", "account", "boundary", "read-iam"]),
  ok: z.boolean(),
  /** What was found, e.g. an ARN, or what went wrong and how to mend it. */
  text: z.string(),
});

export const accountTestSchema = z.object({
  state: z.enum(["running", "passed", "failed"]),
  checks: z.array(accountCheckSchema),
  at: z.string(),
});

export type AccountTest = z.infer<typeof accountTestSchema>;
