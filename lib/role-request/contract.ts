import { oc } from "@orpc/contract";
import { z } from "zod";
import { gradeSchema } from "@/lib/catalog/model";
import { projectIdSchema, rowIdSchema } from "@/lib/ids";
import { failureSchema, requestStates, stepStates } from "./model";
import { roleDraftSchema, snapshotInputSchema, submitSchema } from "./schema";

/** Values of lib/plan and lib/iam cross the wire as they are; their types are asserted at the edge. */
const value = z.unknown();

export const requestRowSchema = z.object({
  id: z.string(),
  projectId: z.number().int(),
  projectPath: z.string(),
  requester: z.object({ id: z.string(), name: z.string(), username: z.string() }),
  account: z.object({ id: z.string(), accountId: z.string(), name: z.string() }),
  roleName: z.string(),
  state: z.enum(requestStates),
  grade: gradeSchema,
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type RequestRow = z.infer<typeof requestRowSchema>;

export const stepSchema = z.object({
  index: z.number().int(),
  change: value,
  state: z.enum(stepStates),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  awsRequestId: z.string().nullable(),
  failure: failureSchema.nullable(),
});
export type StepView = z.infer<typeof stepSchema>;

export const requestViewSchema = requestRowSchema.extend({
  rolePath: z.string(),
  /** Set once the role exists and is recorded. */
  roleId: z.string().nullable(),
  roleArn: z.string(),
  draft: roleDraftSchema,
  plan: value,
  planDigest: z.string(),
  findings: value,
  admitted: value,
  rule: z.string(),
  reason: z.string().nullable(),
  steps: z.array(stepSchema),
  /** Queued for 20 s and no worker's heartbeat is fresh: what to say. */
  waiting: z.string().nullable(),
  canCancel: z.discriminatedUnion("ok", [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), reason: z.string() })]),
});
export type RequestView = z.infer<typeof requestViewSchema>;

export const roleRequestContract = {
  list: oc.route({ method: "GET", path: "/requests", summary: "Requests the person may see, newest first" }).input(
    z.object({ state: z.enum(requestStates).optional(), projectId: projectIdSchema.optional(), cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  ).output(z.object({ rows: z.array(requestRowSchema), nextCursor: z.string().nullable() })),
  get: oc.route({ method: "GET", path: "/requests/{id}", summary: "A request with its plan and the journal of its apply" }).input(z.object({ id: rowIdSchema })).output(requestViewSchema),
  /** Whether the person may make a role for the project now, and why not. The same function answers the button. */
  maySubmit: oc.route({ method: "GET", path: "/projects/{projectId}/may-submit", summary: "May the person make a role for this project" }).input(z.object({ projectId: projectIdSchema })).output(z.object({ ok: z.boolean(), reason: z.string().nullable() })),
  submit: oc.route({ method: "POST", path: "/requests", summary: "Apply a plan: refused when the plan on screen is not the plan now" }).input(submitSchema).output(z.object({ id: z.string() })),
  cancel: oc.route({ method: "POST", path: "/requests/{id}/cancel", summary: "Cancel before the first call to AWS" }).input(z.object({ id: rowIdSchema })).output(requestViewSchema),
  readDraft: oc.route({ method: "GET", path: "/drafts/{projectId}", summary: "What the person typed and did not submit" }).input(z.object({ projectId: projectIdSchema })).output(z.object({ draft: roleDraftSchema.nullable(), savedAt: z.string().nullable() })),
  saveDraft: oc.route({ method: "PUT", path: "/drafts/{projectId}", tags: ["typing"], summary: "Keep what was typed" }).input(z.object({ projectId: projectIdSchema, draft: roleDraftSchema })).output(z.object({ savedAt: z.string() })),
  discardDraft: oc.route({ method: "DELETE", path: "/drafts/{projectId}", tags: ["typing"], summary: "Forget what was typed" }).input(z.object({ projectId: projectIdSchema })).output(z.object({ ok: z.literal(true) })),
  /** Asks the worker to read AWS when what we have is older than 10 s; answers what we have. Poll while `reading`. */
  snapshot: oc.route({ method: "GET", path: "/snapshots", tags: ["typing"], summary: "What AWS holds for one role name" }).input(snapshotInputSchema).output(
    z.object({ state: z.enum(["reading", "ready", "failed"]), snapshot: value, failure: failureSchema.nullable(), readAt: z.string().nullable(), waiting: z.string().nullable() }),
  ),
};
