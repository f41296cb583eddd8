import { z } from "zod";
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
    .max(50)
    .default([]),
  pins: z
    .object({ projectId: z.boolean(), namespaceId: z.boolean(), refProtected: z.boolean() })
    .default({ projectId: true, namespaceId: false, refProtected: false }),
  audience: z.string().max(255).default("https://sts.amazonaws.com"),
  // what
  permissions: z
    .discriminatedUnion("kind", [
      z.object({
        kind: z.literal("template"),
        template: z.string().max(60),
        values: z.record(z.string(), z.string().max(1024)),
      }),
      z.object({ kind: z.literal("document"), text: z.string().max(131_072) }),
    ])
    .default({ kind: "template", template: "s3-deploy", values: {} }),
  policyName: z.string().max(128).default("deploy"),
  // where
  awsAccountId: z.string().max(40).default(""),
  roleName: z.string().max(64).default(""),
  rolePath: z.string().max(512).default("/"),
  maxSessionHours: z.number().int().min(1).max(12).default(1),
  boundaryArn: z.string().max(2048).nullable().default(null),
  description: z.string().max(1000).default(""),
  // why
  justification: z.string().max(4000).default(""),
  ticketUrl: z.string().max(2000).default(""),
});
export type RoleDraft = z.infer<typeof roleDraftSchema>;

/** Which form a kept draft belongs to: a project's new role, a role that is changed, or a request that is sent again. */
/** Which form a draft is of; `baseVersion` is the version of the role that the form began with. */
export const draftSubjectSchema = z.object({
  projectId: projectIdSchema,
  roleId: rowIdSchema.optional(),
  requestId: rowIdSchema.optional(),
  baseVersion: z.coerce.number().int().positive().optional(),
});
export type DraftSubject = z.infer<typeof draftSubjectSchema>;

const planDigestSchema = z.string().length(64);

/**
 * What the form sends: the draft, and the digest of the plan that was on screen. `edit` names the role that is
 * changed and the version that was shown; `replaces` the request that this one takes the place of.
 */
export const submitSchema = z.object({
  draft: roleDraftSchema,
  planDigest: planDigestSchema,
  edit: z.object({ roleId: rowIdSchema, baseVersion: z.number().int() }).optional(),
  replaces: rowIdSchema.optional(),
});

const justification = z.string().max(4000).default("");

/** What is asked for without a form: about a recorded role, or about a request that failed. */
export const changeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("remove"),
    roleId: rowIdSchema,
    removeProvider: z.boolean().default(false),
    justification,
  }),
  z.object({ kind: z.literal("restore"), roleId: rowIdSchema, justification }),
  z.object({ kind: z.literal("adopt"), roleId: rowIdSchema, justification }),
  z.object({ kind: z.literal("retry"), requestId: rowIdSchema, justification }),
  z.object({ kind: z.literal("undo"), requestId: rowIdSchema, justification }),
]);
export type RoleChange = z.infer<typeof changeSchema>;

export const submitChangeSchema = z.object({ change: changeSchema, planDigest: planDigestSchema });
export const previewChangeSchema = z.object({ change: changeSchema, refresh: z.boolean().default(false) });

export const approveSchema = z.object({
  id: rowIdSchema,
  planDigest: planDigestSchema,
  reason: z.string().max(4000).default(""),
});
export const rejectSchema = z.object({ id: rowIdSchema, reason: z.string().max(4000) });

export const snapshotInputSchema = z.object({
  awsAccountId: rowIdSchema,
  roleName: z.string().min(1).max(64),
  boundaryArn: z.string().max(2048).nullable().default(null),
  refresh: z.union([z.boolean(), z.stringbool()]).default(false),
});

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
