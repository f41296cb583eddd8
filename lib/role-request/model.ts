import { z } from "zod";

/** A request's states, and what may be done in each. One table for buttons, server and tests. */
export const requestStates = ["queued", "applying", "applied", "failed", "cancelled"] as const;
export type RequestState = (typeof requestStates)[number];
export type RequestAction = "cancel" | "start" | "finish" | "fail";

export const requestCan: Record<RequestAction, readonly RequestState[]> = {
  /** Before the first call to AWS; the worker refuses when a call is already journalled. */
  cancel: ["queued"],
  start: ["queued", "applying"],
  finish: ["applying"],
  fail: ["queued", "applying"],
};

export const stateName: Record<RequestState, string> = {
  queued: "waiting for a worker",
  applying: "applying",
  applied: "applied",
  failed: "failed",
  cancelled: "cancelled",
};

/** States in which nothing more happens by itself. */
export const finalStates: readonly RequestState[] = ["applied", "failed", "cancelled"];

export const stepStates = ["pending", "intent", "done", "unchanged", "failed", "skipped"] as const;
export type StepState = (typeof stepStates)[number];

/** What AWS or the wire said, in words for people: what happened, whose side it is on, what to do. */
export const failureSchema = z.object({ code: z.string(), message: z.string(), todo: z.string(), requestId: z.string().nullable() });
export type AwsFailure = z.infer<typeof failureSchema>;
