import { oc } from "@orpc/contract";
import { z } from "zod";
import { decisionSchema } from "@/lib/decision-schema";
import { gradeSchema } from "@/lib/iam/findings/finding";
import { projectIdSchema, rowIdSchema } from "@/lib/ids";
import { failureSchema } from "@/lib/plan/failure";
import { goalKinds } from "@/lib/plan/goal";
import { requestStates } from "@/lib/request/model";

const value = z.unknown();

/** How AWS stood to the recorded version when it was last compared. */
export const liveStates = ["unknown", "same", "drifted", "gone"] as const;
export type LiveState = (typeof liveStates)[number];

/** Whether what was recorded, and its grade with it, is not what AWS holds. */
export function differsFromRecord(state: LiveState): boolean {
  return state === "drifted" || state === "gone";
}

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
  audience: z.string(),
  /** Difference[] of lib/plan/drift where AWS differs from the last version, and since when that is known. */
  drift: value,
  driftSince: z.string().nullable(),
  /** RoleState of lib/plan/change as AWS held it at checkedAt, or null. */
  live: value,
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
  versions: z.array(
    z.object({
      version: z.number().int(),
      /** RoleDocument of lib/plan/change. */
      document: value,
      findings: value,
      /** RefVerdict[] at that time. */
      admitted: value,
      requestId: z.string().nullable(),
      author: z.object({ name: z.string(), username: z.string() }),
      createdAt: z.string(),
    }),
  ),
});
export type RoleView = z.infer<typeof roleViewSchema>;

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
