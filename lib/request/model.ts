/** A request's states, and what may be done in each. One table for buttons, server and tests. */
export const requestStates = [
  "requested",
  "rejected",
  "withdrawn",
  "queued",
  "applying",
  "applied",
  "failed",
  "cancelled",
] as const;
export type RequestState = (typeof requestStates)[number];
export type RequestAction =
  | "approve"
  | "reject"
  | "withdraw"
  | "replace"
  | "cancel"
  | "start"
  | "finish"
  | "fail"
  | "retry"
  | "undo";

export const requestCan: Record<RequestAction, readonly RequestState[]> = {
  approve: ["requested"],
  reject: ["requested"],
  withdraw: ["requested"],
  /** Asking again with changes; what is still waiting is withdrawn by it. */
  replace: ["requested", "rejected", "withdrawn", "cancelled", "failed"],
  /** Before the first call to AWS; the worker refuses when a call is already journalled. */
  cancel: ["queued"],
  start: ["queued", "applying"],
  finish: ["applying"],
  fail: ["queued", "applying"],
  retry: ["failed"],
  undo: ["failed"],
};

export const stateName: Record<RequestState, string> = {
  requested: "waiting for approval",
  rejected: "rejected",
  withdrawn: "withdrawn",
  queued: "waiting for a worker",
  applying: "applying",
  applied: "applied",
  failed: "failed",
  cancelled: "cancelled",
};

/** States in which nothing more happens by itself or by anybody's decision. */
export const finalStates: readonly RequestState[] = ["rejected", "withdrawn", "applied", "failed", "cancelled"];

/** All others. */
export const openStates: readonly RequestState[] = requestStates.filter((state) => !finalStates.includes(state));

/** Said wherever nobody can decide on a plan, since GitLab did not answer what it means. */
export const unjudged =
  "GitLab did not answer, so nobody knows what this means now. It can be sent or approved once GitLab answers.";

/** Final states of requests that came to nothing, or only to half of what they were for. */
export const vainStates: readonly RequestState[] = finalStates.filter((state) => state !== "applied");

/** Why a request may be carried out: its requester is a platform engineer, or somebody else approved it. */
export const requestRules = ["platform-engineer", "approval"] as const;
export type RequestRule = (typeof requestRules)[number];

export const stepStates = ["pending", "intent", "done", "unchanged", "failed", "skipped"] as const;
export type StepState = (typeof stepStates)[number];

/** What every audit entry about a request tells beside who and when. */
export function aboutRequest({
  id,
  projectId,
  projectPath,
  roleName,
  awsAccount,
}: {
  id: string;
  projectId: number;
  projectPath: string;
  roleName: string;
  awsAccount: { accountId: string };
}) {
  return { requestId: id, projectId, projectPath, roleName, accountId: awsAccount.accountId };
}
