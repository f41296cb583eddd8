import { z } from "zod";
import { decisionSchema } from "@/lib/decision-schema";
import { gradeSchema } from "@/lib/findings/schema";
import { contractBase as oc } from "@/lib/identity/contract-base";
import { projectIdSchema, rowIdSchema } from "@/lib/ids";
import { judgementSchema } from "@/lib/judgement/schema";
import { failureSchema } from "@/lib/plan/failure";
import { goalKinds } from "@/lib/plan/goal-words";
import { liveStates } from "@/lib/plan/live-state";
import { differenceSchema, roleDocumentSchema, roleStateSchema } from "@/lib/plan/schema";
import { requestStates } from "@/lib/request/model";

export const roleRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  arn: z.string(),
  account: z.object({ id: z.string(), accountId: z.string(), name: z.string() }),
  projectId: z.number().int(),
  projectPath: z.string(),
  owner: z.object({ id: z.string(), name: z.string(), username: z.string() }),
  grade: gradeSchema,
  version: z.number().int(),
  updatedAt: z.string(),
  liveState: z.enum(liveStates),
  checkedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  removedAt: z.string().nullable(),
});
export type RoleRow = z.infer<typeof roleRowSchema>;

export const roleViewSchema = roleRowSchema.extend({
  uniqueId: z.string().nullable(),
  region: z.string(),
  /** Of the GitLab whose jobs it is for, with scheme. */
  issuer: z.string(),
  audience: z.string(),
  /** In what AWS differs from the last version, and since when that is known. */
  drift: z.array(differenceSchema).nullable(),
  driftSince: z.string().nullable(),
  /** As AWS held it at checkedAt, or null. */
  live: roleStateSchema.nullable(),
  /** The request about this role that is not finished. */
  underWay: z.object({ id: z.string(), kind: z.enum(goalKinds), state: z.enum(requestStates) }).nullable(),
  /** The last request about the role, where it failed midway: what differs is its doing. */
  halfDone: z.object({ id: z.string(), kind: z.enum(goalKinds) }).nullable(),
  can: z.object({
    edit: decisionSchema,
    remove: decisionSchema,
    restore: decisionSchema,
    adopt: decisionSchema,
    check: decisionSchema,
  }),
  /** Newest first. */
  versions: z.array(
    z.object({
      version: z.number().int(),
      document: roleDocumentSchema,
      /** What was said of it when it was applied. */
      judgement: judgementSchema,
      requestId: z.string().nullable(),
      author: z.object({ name: z.string(), username: z.string() }),
      createdAt: z.string(),
    }),
  ),
  /** Versions whose document another version of Trustdesk wrote in a form that this one does not read. */
  unreadable: z.array(z.number().int()),
});
export type RoleView = z.infer<typeof roleViewSchema>;

/** A version of a role, of those that can be read. */
export type RoleVersion = RoleView["versions"][number];

const rolePart = z.object({ rows: z.array(roleRowSchema), total: z.number().int() });

export const roleContract = {
  list: oc
    .route({ method: "GET", path: "/roles", summary: "Roles the person may see" })
    .input(
      z.object({
        query: z.string().max(200).default(""),
        projectId: projectIdSchema.optional(),
        awsAccountId: z.string().optional(),
        grade: gradeSchema.optional(),
        live: z.enum(liveStates).optional(),
        removed: z.union([z.boolean(), z.stringbool()]).default(false),
        cursor: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(100),
      }),
    )
    .output(z.object({ rows: z.array(roleRowSchema), nextCursor: z.string().nullable(), total: z.number().int() })),
  /** What needs a look, for the first page. */
  overview: oc
    .route({
      method: "GET",
      path: "/roles/overview",
      summary: "Roles that differ from the record, are gone, or are graded danger",
    })
    .output(z.object({ drifted: rolePart, gone: rolePart, danger: rolePart, total: z.number().int() })),
  /** Asks the worker to compare the role with AWS when that is older than 10 s. Poll while `checking`; `get` then tells what was found. */
  check: oc
    .route({ method: "GET", path: "/roles/{id}/check", tags: ["typing"], summary: "Compare a role with AWS" })
    .input(z.object({ id: rowIdSchema }))
    .output(
      z.object({
        state: z.enum(["checking", "known"]),
        checkedAt: z.string().nullable(),
        failure: failureSchema.nullable(),
        waiting: z.string().nullable(),
      }),
    ),
  get: oc
    .route({ method: "GET", path: "/roles/{id}", summary: "A role with all its versions" })
    .input(z.object({ id: rowIdSchema }))
    .output(roleViewSchema),
};
