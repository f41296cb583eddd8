import { z } from "zod";
import { usualAudience } from "@/lib/iam/trust-view";
import { projectIdSchema, rowIdSchema } from "@/lib/ids";

const refType = z.enum(["branch", "tag"]);

/**
 * The form, as typed. It is kept as a draft in any shape of half-done; `submitSchema` says when it is whole.
 * Rules of single fields (names, paths, documents) live in lib/iam and are asked by form and server alike.
 */
export const roleDraftSchema = z.object({
  projectId: projectIdSchema,
  // who
  refs: z
    .array(z.object({ name: z.string().max(255), type: refType }))
    .max(500)
    .default([]),
  patterns: z
    .array(z.object({ pattern: z.string().max(255), type: z.enum(["branch", "tag", "*"]) }))
    .max(500)
    .default([]),
  /** Subjects of the recorded trust that are no ref of this project and stay in it; none can be added. */
  otherSubjects: z.array(z.string().max(8192)).max(500).default([]),
  pins: z
    .object({ projectId: z.boolean(), namespaceId: z.boolean(), refProtected: z.boolean() })
    .default({ projectId: true, namespaceId: false, refProtected: false }),
  audience: z.string().max(2048).default(usualAudience),
  // what
  permissions: z
    .discriminatedUnion("kind", [
      z.object({
        kind: z.literal("template"),
        template: z.string().max(60),
        values: z.record(z.string(), z.string().max(1024)),
      }),
      z.object({ kind: z.literal("document"), text: z.string().max(131_072) }),
      z.object({ kind: z.literal("none") }),
    ])
    .default({ kind: "template", template: "s3-deploy", values: {} }),
  policyName: z.string().max(128).default("deploy"),
  // where
  awsAccountId: z.string().max(40).default(""),
  roleName: z.string().max(64).default(""),
  rolePath: z.string().max(512).default("/"),
  /** In whole seconds: AWS holds 5,400 as 1.5 hours. */
  maxSessionHours: z
    .number()
    .min(1)
    .max(12)
    .refine((hours) => Math.abs(hours * 3600 - Math.round(hours * 3600)) < 1e-6, "A session lasts whole seconds.")
    .default(1),
  boundaryArn: z.string().max(2048).nullable().default(null),
  description: z.string().max(1000).default(""),
  // why
  justification: z.string().max(4000).default(""),
  ticketUrl: z.string().max(2000).default(""),
});

export type RoleDraft = z.infer<typeof roleDraftSchema>;

/**
 * Which form a kept draft belongs to: a project's new role, a role that is changed, or a request that is sent again.
 * `baseVersion` is the version of the role that the form began with.
 */
export const draftSubjectSchema = z.object({
  projectId: projectIdSchema,
  roleId: rowIdSchema.optional(),
  requestId: rowIdSchema.optional(),
  baseVersion: z.coerce.number().int().positive().optional(),
});

export type DraftSubject = z.infer<typeof draftSubjectSchema>;

/** What is wrong with a draft: `field` is the name of the form's field. */
export interface DraftProblem {
  field:
    | "refs"
    | "audience"
    | "permissions"
    | "policyName"
    | "awsAccountId"
    | "roleName"
    | "rolePath"
    | "maxSessionHours"
    | "boundaryArn"
    | "description"
    | "justification"
    | "ticketUrl"
    | "form";
  reason: string;
  /** "Show it": the page or ARN of what is in the way. */
  roleArn?: string;
}
