import { z } from "zod";

/** The fields we read of GitLab's answers (docs.gitlab.com/api); everything else is dropped. */
export const gitlabUserSchema = z.object({
  id: z.number().int(),
  username: z.string(),
  name: z.string(),
  state: z.string(),
  avatar_url: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  web_url: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
});
export type GitlabUser = z.infer<typeof gitlabUserSchema>;

export const gitlabMetadataSchema = z.object({ version: z.string(), revision: z.string() });
export type GitlabMetadata = z.infer<typeof gitlabMetadataSchema>;

const access = z.object({ access_level: z.number().int() }).nullish();

/** `ci_*` is absent below Maintainer, `default_branch` without read access to the code. */
export const gitlabProjectSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  path_with_namespace: z.string(),
  default_branch: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  visibility: z.string(),
  archived: z.boolean().optional().default(false),
  marked_for_deletion_on: z.string().nullish(),
  marked_for_deletion_at: z.string().nullish(),
  empty_repo: z.boolean().optional().default(false),
  web_url: z.string(),
  last_activity_at: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  namespace: z.object({ id: z.number().int(), full_path: z.string() }),
  ci_id_token_sub_claim_components: z.array(z.string()).optional(),
  ci_allow_fork_pipelines_to_run_in_parent_project: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null),
  forks_count: z
    .number()
    .int()
    .nullish()
    .transform((value) => value ?? null),
  permissions: z.object({ project_access: access, group_access: access }).nullish(),
});
export type GitlabProject = z.infer<typeof gitlabProjectSchema>;

export const gitlabBranchSchema = z.object({
  name: z.string(),
  protected: z.boolean(),
  default: z.boolean().optional().default(false),
  developers_can_push: z.boolean().optional().default(false),
  commit: z.object({ created_at: z.string().nullish(), committed_date: z.string().nullish() }).nullish(),
});
export type GitlabBranch = z.infer<typeof gitlabBranchSchema>;

export const gitlabTagSchema = z.object({
  name: z.string(),
  protected: z.boolean().optional().default(false),
  commit: z.object({ created_at: z.string().nullish(), committed_date: z.string().nullish() }).nullish(),
});
export type GitlabTag = z.infer<typeof gitlabTagSchema>;

/**
 * Whom a rule lets push, merge or create: a role, or by id one person, group or deploy key. Beside an id `access_level` says
 * nothing: it is null, or 40 for a deploy key (docs.gitlab.com/api/protected_branches).
 */
const accessLevel = z.object({
  access_level: z.number().int().nullish(),
  user_id: z.number().int().nullish(),
  group_id: z.number().int().nullish(),
  deploy_key_id: z.number().int().nullish(),
  /** The role, or the name of the person, group or key. */
  access_level_description: z.string().nullish(),
});
export type GitlabAccess = z.infer<typeof accessLevel>;

export const protectedBranchSchema = z.object({
  name: z.string(),
  push_access_levels: z.array(accessLevel),
  merge_access_levels: z.array(accessLevel).optional().default([]),
});
export const protectedTagSchema = z.object({ name: z.string(), create_access_levels: z.array(accessLevel) });
export type ProtectedBranch = z.infer<typeof protectedBranchSchema>;
export type ProtectedTag = z.infer<typeof protectedTagSchema>;

export const gitlabMemberSchema = z.object({
  id: z.number().int(),
  username: z.string(),
  name: z.string(),
  state: z.string(),
  membership_state: z.string().optional(),
  access_level: z.number().int(),
  expires_at: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
});
export type GitlabMember = z.infer<typeof gitlabMemberSchema>;

export const oauthTokensSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().int().positive(),
  created_at: z.number().int().optional(),
  scope: z.string().optional(),
});
export type OauthTokens = z.infer<typeof oauthTokensSchema>;
