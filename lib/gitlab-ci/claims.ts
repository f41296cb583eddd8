export const subjectComponents = [
  "project_path",
  "project_id",
  "ref_type",
  "ref",
  "ref_protected",
  "environment_protected",
  "deployment_tier",
] as const;

/** What `ci_id_token_sub_claim_components` may hold (GitLab 19.4; ref_protected and later ones since 18.7). */
export type SubjectComponent = (typeof subjectComponents)[number];

/** A merge request pipeline has its source branch's ref and type: there is no third type. */
export type RefType = "branch" | "tag";

/** One claim of a CI ID token: what it says, who can change what it says, and whether AWS reads it. */
export interface ClaimDefinition {
  name: string;
  meaning: string;
  type: "string" | "number" | "array" | "object";
  /** Whether the same project and ref may mint another value tomorrow. */
  mutable: boolean;
  /** Whose doing the value is. */
  controlledBy: string;
  /** One of the nine provider-specific condition keys, which AWS reads for the issuer gitlab.com alone. */
  awsConditionKey: boolean;
  /** GitLab release that brought it; "15.7" is the first with id_tokens. */
  since: string;
}

type Row = [
  name: string,
  meaning: string,
  type: ClaimDefinition["type"],
  mutable: boolean,
  controlledBy: string,
  awsConditionKey: boolean,
  since: string,
];

/** docs.gitlab.com/ci/secrets/id_token_authentication; the keys: AWS's service authorization reference for STS. */
const rows: readonly Row[] = [
  ["iss", "The GitLab instance that signed the token", "string", false, "the instance's administrator", false, "15.7"],
  ["aud", "For whom the token was minted", "string", true, "whoever writes the job", false, "15.7"],
  [
    "sub",
    "The subject: the project's components with their values",
    "string",
    true,
    "the project's Maintainers, and whoever pushes the ref",
    false,
    "15.7",
  ],
  ["exp", "When the token ends: the job's timeout", "number", true, "GitLab", false, "15.7"],
  ["nbf", "From when the token counts", "number", true, "GitLab", false, "15.7"],
  ["iat", "When the token was minted", "number", true, "GitLab", false, "15.7"],
  ["jti", "A random id of the token", "string", true, "GitLab", false, "15.7"],
  ["project_id", "The project; it survives renames and transfers", "string", false, "GitLab", true, "15.7"],
  [
    "project_path",
    "The project's full path",
    "string",
    true,
    "the owners of the project and of its groups",
    false,
    "15.7",
  ],
  [
    "namespace_id",
    "The group or person the project belongs to; a transfer changes it",
    "string",
    true,
    "the project's owners",
    true,
    "15.7",
  ],
  ["namespace_path", "That group's full path", "string", true, "the group's owners", false, "15.7"],
  ["job_project_id", "The project in which the job really runs", "string", false, "GitLab", false, "18.4"],
  ["job_project_path", "That project's full path", "string", true, "the project's owners", false, "18.4"],
  ["job_namespace_id", "That project's group", "string", true, "the project's owners", false, "18.4"],
  ["job_namespace_path", "That group's full path", "string", true, "the group's owners", false, "18.4"],
  ["user_id", "Who runs the job", "string", true, "whoever starts, retries or approves the job", true, "15.7"],
  ["user_login", "That person's username", "string", true, "the person", true, "15.7"],
  ["user_email", "That person's e-mail address", "string", true, "the person", true, "15.7"],
  [
    "user_access_level",
    "That person's role in the project",
    "string",
    true,
    "the project's Maintainers and owners",
    true,
    "15.7",
  ],
  ["user_identities", "That person's external identities", "array", true, "the person", false, "16.0"],
  ["groups_direct", "The groups the person is a direct member of", "array", true, "the groups' owners", false, "17.3"],
  ["pipeline_id", "The pipeline", "string", true, "GitLab", false, "15.7"],
  [
    "pipeline_source",
    "What started the pipeline: push, schedule, merge_request_event, …",
    "string",
    true,
    "whoever starts the pipeline",
    true,
    "15.7",
  ],
  ["job_id", "The job", "string", true, "GitLab", false, "15.7"],
  ["ref", "Branch or tag; of a merge request, its source branch", "string", true, "whoever may push", false, "15.7"],
  ["ref_type", "branch or tag", "string", true, "whoever may push", false, "15.7"],
  ["ref_path", "The full git ref", "string", true, "whoever may push", false, "16.0"],
  [
    "ref_protected",
    "Whether the ref was protected when the pipeline was made",
    "string",
    true,
    "the project's Maintainers",
    true,
    "15.7",
  ],
  ["environment", "The environment the job deploys to", "string", true, "whoever writes the job", false, "13.9"],
  [
    "environment_protected",
    "Whether that environment is protected",
    "string",
    true,
    "the project's Maintainers",
    false,
    "13.9",
  ],
  [
    "deployment_tier",
    "production, staging, testing, development or other",
    "string",
    true,
    "whoever writes the job",
    false,
    "15.2",
  ],
  [
    "environment_action",
    "What the job does to the environment",
    "string",
    true,
    "whoever writes the job",
    false,
    "15.2",
  ],
  ["runner_id", "The runner", "number", true, "GitLab", false, "16.0"],
  ["runner_environment", "gitlab-hosted or self-hosted", "string", true, "the runners' administrators", true, "16.0"],
  ["sha", "The commit", "string", true, "whoever may push", false, "16.0"],
  ["project_visibility", "public, internal or private", "string", true, "the project's owners", false, "16.0"],
  [
    "ci_config_ref_uri",
    "Where the pipeline's configuration came from",
    "string",
    true,
    "whoever may push",
    false,
    "16.2",
  ],
  ["ci_config_sha", "The commit of that configuration", "string", true, "whoever may push", false, "16.2"],
  ["job_source", "Where the job's definition came from", "string", true, "whoever starts the pipeline", false, "18.9"],
  ["job_config", "The policy file that defined the job", "object", true, "the policy's owners", false, "18.9"],
];

/** Every claim of a CI ID token, in the order in which people read them. */
export const claims: readonly ClaimDefinition[] = rows.map(
  ([name, meaning, type, mutable, controlledBy, awsConditionKey, since]) => ({
    name,
    meaning,
    type,
    mutable,
    controlledBy,
    awsConditionKey,
    since,
  }),
);

/** The claims that AWS offers as `gitlab.com:<name>` beside `sub` and `aud`. */
export const gitlabComConditionKeys: readonly string[] = claims
  .filter((claim) => claim.awsConditionKey)
  .map((claim) => claim.name);
