import { oc } from "@orpc/contract";
import { z } from "zod";
import { gradeSchema } from "@/lib/catalog/model";
import { projectIdSchema, rowIdSchema } from "@/lib/ids";

const value = z.unknown();

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
});
export type RoleRow = z.infer<typeof roleRowSchema>;

export const roleViewSchema = roleRowSchema.extend({
  uniqueId: z.string().nullable(),
  region: z.string(),
  audience: z.string(),
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

export const roleContract = {
  list: oc.route({ method: "GET", path: "/roles", summary: "Roles the person may see" }).input(
    z.object({ query: z.string().max(200).default(""), projectId: projectIdSchema.optional(), awsAccountId: z.string().optional(), grade: gradeSchema.optional(), cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  ).output(z.object({ rows: z.array(roleRowSchema), nextCursor: z.string().nullable(), total: z.number().int() })),
  get: oc.route({ method: "GET", path: "/roles/{id}", summary: "A role with all its versions" }).input(z.object({ id: rowIdSchema })).output(roleViewSchema),
};
