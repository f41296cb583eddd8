import { z } from "zod";
import { failureSchema } from "@/lib/role-request/model";

export const gradeSchema = z.enum(["safe", "caution", "danger"]);

/** One check of the connection test, with what to do when it fails. */
const accountCheckSchema = z.object({
  id: z.enum(["identity", "spoke-role", "account", "boundary", "read-iam"]),
  ok: z.boolean(),
  /** What was found, e.g. an ARN, or what went wrong and how to mend it. */
  text: z.string(),
});

export const accountTestSchema = z.object({
  state: z.enum(["running", "passed", "failed"]),
  checks: z.array(accountCheckSchema),
  at: z.string(),
});
export type AccountTest = z.infer<typeof accountTestSchema>;

/** Why the account's roles could not be compared with AWS, and when that was tried (ISO time). */
export const accountCheckFailureSchema = failureSchema.extend({ at: z.string() });
export type AccountCheckFailure = z.infer<typeof accountCheckFailureSchema>;

export const awsAccountSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  partition: z.string(),
  region: z.string(),
  spokeRoleArn: z.string().nullable(),
  /** Never the ExternalId itself. */
  hasExternalId: z.boolean(),
  defaultPath: z.string(),
  boundaryArn: z.string().nullable(),
  boundaryRequired: z.boolean(),
  namePrefix: z.string(),
  source: z.enum(["file", "page"]),
  roles: z.number().int(),
  lastTest: accountTestSchema.nullable(),
  /** When all the account's roles were last compared with AWS (ISO time). */
  checkedAt: z.string().nullable(),
  /** Set when the try after that failed. */
  checkFailure: accountCheckFailureSchema.nullable(),
});
export type AwsAccountView = z.infer<typeof awsAccountSchema>;

/** What whoever asks for a role has to know of an account; how the worker reaches it is not among it. */
export const accountChoiceSchema = awsAccountSchema.pick({
  id: true,
  accountId: true,
  name: true,
  partition: true,
  region: true,
  defaultPath: true,
  boundaryArn: true,
  boundaryRequired: true,
  namePrefix: true,
});
export type AccountChoice = z.infer<typeof accountChoiceSchema>;

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

export const gitRefSchema = z.object({
  name: z.string(),
  type: z.enum(["branch", "tag"]),
  protected: z.boolean(),
  default: z.boolean(),
  pushedAt: z.string().nullable(),
  whoMayPush: z.string(),
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
  emptyRepository: z.boolean(),
  webUrl: z.string(),
  accessLevel: z.number().int(),
  issuer: z.string(),
  /** Null with a reason, when GitLab does not show them to this person (below Maintainer). */
  components: z.array(z.string()).nullable(),
  componentsReason: z.string().nullable(),
  componentWarnings: z.array(z.string()),
  /** Who can mint its tokens: what widens it first, then what GitLab does not show. */
  widening: z.array(wideningSchema),
  /** Set when the project answers under another path than the one our records hold. */
  movedFrom: z.string().nullable(),
  asOf: z.string(),
});
export type ProjectView = z.infer<typeof projectViewSchema>;
