import { z } from "zod";

/**
 * Why a call to AWS failed, in words for people: what happened (`message`), what to do (`todo`). `refused`: for good and
 * without any effect, which is not said of a lost answer.
 */
export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  todo: z.string(),
  requestId: z.string().nullable(),
  refused: z.boolean().optional(),
});

export type AwsFailure = z.infer<typeof failureSchema>;
