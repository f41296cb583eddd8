import { z } from "zod";

/** What AWS or the wire said, in words for people: what happened, whose side it is on, what to do. */
/** What AWS, or Trustdesk before it, answered to a call. `refused`: for good and without any effect, which is not said of a lost answer. */
export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  todo: z.string(),
  requestId: z.string().nullable(),
  refused: z.boolean().optional(),
});

export type AwsFailure = z.infer<typeof failureSchema>;
