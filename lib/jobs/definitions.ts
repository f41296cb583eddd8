import { z } from "zod";

/** The worker's jobs: what each carries, and how often it is tried before it is given up. */
export const jobs = {
  "apply-request": { payload: z.object({ requestId: z.string() }), maxAttempts: 25 },
  "read-snapshot": {
    payload: z.object({
      awsAccountId: z.string(),
      roleName: z.string(),
      issuer: z.string(),
      boundaryArn: z.string().nullable(),
      withProviderUsers: z.boolean().default(false),
    }),
    maxAttempts: 2,
  },
  "test-account": { payload: z.object({ awsAccountId: z.string() }), maxAttempts: 2 },
  "check-accounts": { payload: z.object({}), maxAttempts: 1 },
  "check-account": { payload: z.object({ awsAccountId: z.string() }), maxAttempts: 2 },
  "check-role": { payload: z.object({ roleId: z.string() }), maxAttempts: 2 },
} as const satisfies Record<string, { payload: z.ZodType; maxAttempts: number }>;

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]["payload"]>;

export const jobNames = Object.keys(jobs) as JobName[];
