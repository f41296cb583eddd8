import { z } from "zod";
import { gradeSchema } from "@/lib/findings/schema";

/** One circumstance that decides who can have the project's tokens minted; `todo` is empty when there is nothing to do. */
const wideningSchema = z.object({
  id: z.enum([
    "subject",
    "default-branch",
    "unprotected-branches",
    "protected-branches",
    "tags",
    "merge-requests",
    "forks",
    "visibility",
    "reused-path",
  ]),
  state: z.enum(["widens", "narrow", "unknown"]),
  sentence: z.string(),
  todo: z.string(),
});

export const projectRowSchema = z.object({
  projectId: z.number().int(),
  path: z.string(),
  name: z.string(),
  namespacePath: z.string(),
  accessLevel: z.number().int(),
  defaultBranch: z.string().nullable(),
  visibility: z.string(),
  archived: z.boolean(),
  lastActivityAt: z.string().nullable(),
  /** Roles made by Trustdesk that trust the project; how many of them AWS holds otherwise than recorded, or no more; and the worst grade of the rest. */
  roles: z.number().int(),
  differing: z.number().int(),
  worstGrade: gradeSchema.nullable(),
});
export type ProjectRow = z.infer<typeof projectRowSchema>;

export const projectSyncSchema = z.object({
  state: z.enum(["never", "running", "done", "failed"]),
  seen: z.number().int(),
  asOf: z.string().nullable(),
  reason: z.string().nullable(),
});
export type ProjectSyncView = z.infer<typeof projectSyncSchema>;

/** A project, live from GitLab, with the token of the person who looks. */
export const projectViewSchema = z.object({
  projectId: z.number().int(),
  path: z.string(),
  name: z.string(),
  namespaceId: z.number().int(),
  namespacePath: z.string(),
  defaultBranch: z.string().nullable(),
  visibility: z.string(),
  archived: z.boolean(),
  /** Why no pipeline of it will use a role, in words: archived, or marked for deletion. */
  standstill: z.string().nullable(),
  emptyRepository: z.boolean(),
  webUrl: z.string(),
  accessLevel: z.number().int(),
  issuer: z.string(),
  /** Null with a reason, when GitLab does not show them to this person (below Maintainer). */
  components: z.array(z.string()).nullable(),
  componentsReason: z.string().nullable(),
  componentWarnings: z.array(z.string()),
  /** Null where GitLab does not say. */
  gitlabVersion: z.string().nullable(),
  /** Null where GitLab hides it (below Maintainer). */
  forksRunInParent: z.boolean().nullable(),
  /** The client id by which people sign in to Trustdesk: no audience for pipelines. */
  portalAudience: z.string(),
  /** Who can mint its tokens: what widens it first, then what GitLab does not show. */
  widening: z.array(wideningSchema),
  /** Set when the project answers under another path than the one our records hold. */
  movedFrom: z.string().nullable(),
  asOf: z.string(),
});
export type ProjectView = z.infer<typeof projectViewSchema>;
