import { z } from "zod";
import { decisionSchema } from "@/lib/decision-schema";
import { gradeSchema } from "@/lib/findings/schema";
import { contractBase as oc } from "@/lib/identity/contract-base";
import { projectIdSchema, rowIdSchema } from "@/lib/ids";
import { anyoneElseSchema, judgementSchema } from "@/lib/judgement/schema";
import { failureSchema } from "@/lib/plan/failure";
import { goalKinds } from "@/lib/plan/goal-words";
import { changeSchema, planSchema } from "@/lib/plan/schema";
import { roleDraftSchema } from "@/lib/role-form/schema";
import { requestRules, requestStates, stepStates } from "./model";
import { approveSchema, previewChangeSchema, rejectSchema, submitChangeSchema, submitSchema } from "./schema";

const person = z.object({ id: z.string(), name: z.string(), username: z.string() });

export const requestRowSchema = z.object({
  id: z.string(),
  projectId: z.number().int(),
  projectPath: z.string(),
  kind: z.enum(goalKinds),
  requester: person,
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
  /** Null where another version of Trustdesk wrote it in a form that this one does not read. */
  change: changeSchema.nullable(),
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
  /** Null with the plan. */
  roleArn: z.string().nullable(),
  draft: roleDraftSchema,
  /** Null where another version of Trustdesk wrote it in a form that this one does not read. */
  plan: planSchema.nullable(),
  planDigest: z.string(),
  /** What was said of the plan that holds, for whoever decides and for the record. */
  judgement: judgementSchema,
  rule: z.enum(requestRules),
  reason: z.string().nullable(),
  decisions: z.array(
    z.object({
      person,
      verdict: z.enum(["approved", "rejected"]),
      reason: z.string(),
      planDigest: z.string(),
      decidedAt: z.string(),
    }),
  ),
  /** The request that this one goes on from, and those that go on from it. */
  origin: z.object({ id: z.string(), kind: z.enum(goalKinds), state: z.enum(requestStates) }).nullable(),
  followers: z.array(z.object({ id: z.string(), kind: z.enum(goalKinds), state: z.enum(requestStates) })),
  queuedAt: z.string().nullable(),
  steps: z.array(stepSchema),
  /** Queued for 20 s and no worker's heartbeat is fresh: what to say. */
  waiting: z.string().nullable(),
  can: z.object({
    approve: decisionSchema,
    reject: decisionSchema,
    withdraw: decisionSchema,
    replace: decisionSchema,
    cancel: decisionSchema,
    retry: decisionSchema,
    undo: decisionSchema,
  }),
});
export type RequestView = z.infer<typeof requestViewSchema>;

const planNowSchema = z.object({
  state: z.enum(["reading", "ready", "failed"]),
  plan: planSchema.nullable(),
  planDigest: z.string().nullable(),
  problems: z.array(z.string()),
  failure: failureSchema.nullable(),
  lastUsedAt: z.string().nullable(),
  /** How many other roles trust the provider; null where it was not asked. */
  providerUsers: z.number().int().nullable(),
  readAt: z.string().nullable(),
  waiting: z.string().nullable(),
  /** What is to be said of this plan now, with its digest; null without a plan, and while GitLab is out of reach: `problems` says so. */
  judgement: judgementSchema.nullable(),
  judgementDigest: z.string().nullable(),
  /** Who else gets in than refs that exist, by this plan; empty without a judgement. */
  others: z.array(anyoneElseSchema),
});

export const requestContract = {
  list: oc
    .route({ method: "GET", path: "/requests", summary: "Requests the person may see, newest first" })
    .input(
      z.object({
        query: z.string().max(200).default(""),
        state: z.enum(requestStates).optional(),
        kind: z.enum(goalKinds).optional(),
        roleId: rowIdSchema.optional(),
        mine: z.union([z.boolean(), z.stringbool()]).optional(),
        projectId: projectIdSchema.optional(),
        cursor: z.string().max(100).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(100),
      }),
    )
    .output(z.object({ rows: z.array(requestRowSchema), nextCursor: z.string().nullable() })),
  get: oc
    .route({ method: "GET", path: "/requests/{id}", summary: "A request with its plan and the journal of its apply" })
    .input(z.object({ id: rowIdSchema }))
    .output(requestViewSchema),
  /** What waits for the person's decision, and what happened to the person's own requests since they last looked. */
  news: oc
    .route({
      method: "GET",
      path: "/requests/news",
      summary: "What waits for the person, and what is new about their requests",
    })
    .output(
      z.object({
        toDecide: z.array(requestRowSchema),
        toDecideCount: z.number().int(),
        news: z.array(requestRowSchema.extend({ sentence: z.string() })),
      }),
    ),
  /** The plan of a request that waits for approval, as it stands now. Poll while `reading`. */
  planNow: oc
    .route({
      method: "GET",
      path: "/requests/{id}/plan",
      tags: ["typing"],
      summary: "The request's plan against AWS now",
    })
    .input(z.object({ id: rowIdSchema, refresh: z.union([z.boolean(), z.stringbool()]).default(false) }))
    .output(planNowSchema),
  approve: oc
    .route({
      method: "POST",
      path: "/requests/{id}/approve",
      summary: "Approve the plan and the judgement that were on screen, by their digests",
    })
    .input(approveSchema)
    .output(requestViewSchema),
  reject: oc
    .route({ method: "POST", path: "/requests/{id}/reject", summary: "Reject with a reason" })
    .input(rejectSchema)
    .output(requestViewSchema),
  withdraw: oc
    .route({ method: "POST", path: "/requests/{id}/withdraw", summary: "Take back what nobody decided yet" })
    .input(z.object({ id: rowIdSchema }))
    .output(requestViewSchema),
  /** The plan of a change that needs no form. Poll while `reading`. */
  previewChange: oc
    .route({
      method: "POST",
      path: "/requests/preview",
      tags: ["typing"],
      summary: "Plan a removal, a restore, taking AWS's version, a retry or an undo",
    })
    .input(previewChangeSchema)
    .output(planNowSchema),
  submitChange: oc
    .route({
      method: "POST",
      path: "/requests/changes",
      summary: "Send such a plan: refused when it, or what is said of it, is not what was on screen",
    })
    .input(submitChangeSchema)
    .output(z.object({ id: z.string() })),
  /** Whether the person may ask for a role for the project now, under which rule, and why not. The same function answers the button. */
  maySubmit: oc
    .route({
      method: "GET",
      path: "/projects/{projectId}/may-submit",
      summary: "May the person ask for a role for this project",
    })
    .input(z.object({ projectId: projectIdSchema }))
    .output(z.object({ ok: z.boolean(), reason: z.string().nullable(), rule: z.enum(requestRules) })),
  submit: oc
    .route({
      method: "POST",
      path: "/requests",
      summary:
        "Send a plan, to be applied or approved: refused when it, or what is said of it, is not what was on screen",
    })
    .input(submitSchema)
    .output(z.object({ id: z.string() })),
  cancel: oc
    .route({ method: "POST", path: "/requests/{id}/cancel", summary: "Cancel before the first call to AWS" })
    .input(z.object({ id: rowIdSchema }))
    .output(requestViewSchema),
};
