import type { Pattern } from "@/lib/language/pattern";
import { either, many, one, sequence, text } from "@/lib/language/pattern";
import type { Constraint } from "@/lib/language/search";
import { isGitlabCom } from "../issuer";
import type { MintingProject } from "./project";
import { ids } from "./project-path";
import type { Truth } from "./subject-set";
import type { ClaimValues } from "./token-class";

/** Some text, without saying which. */
export const someText: Pattern = sequence(one(), many());

/** Values that are in the pattern, and nothing else asked. */
export function within(pattern: Pattern): Constraint[] {
  return [{ pattern, inside: true }];
}

/** One claim's values; by default in every token, and not the job's choice. */
export function says(
  values: readonly Constraint[],
  { mayLack = false, chosen = false }: { mayLack?: boolean; chosen?: boolean } = {},
): ClaimValues {
  return { values, mayLack, chosen };
}

/** GitLab's app/models/concerns/enums/ci/pipeline.rb, without merge requests. */
const sourcesOfRefs = [
  "push",
  "web",
  "trigger",
  "schedule",
  "api",
  "external",
  "pipeline",
  "chat",
  "webide",
  "external_pull_request_event",
  "parent_pipeline",
  "ondemand_dast_scan",
  "ondemand_dast_validation",
  "security_orchestration_policy",
  "container_registry_push",
  "duo_workflow",
  "pipeline_execution_policy_schedule",
] as const;

/** What starts a job: all that GitLab knows for a ref, a merge request, or either. */
export type Source = "ref" | "merge request" | "either";

const word = (...values: readonly string[]) => within(either(...values.map((value) => text(value))));

const sources: Record<Source, ClaimValues> = {
  ref: says(word(...sourcesOfRefs)),
  "merge request": says(word("merge_request_event")),
  either: says(word(...sourcesOfRefs, "merge_request_event")),
};

/** Roles whose holders may run pipelines of a project, and all there are (docs.gitlab.com/user/permissions). */
const levels = {
  pushing: says(word("developer", "maintainer", "owner"), { mayLack: true }),
  any: says(word("guest", "planner", "reporter", "security_manager", "developer", "maintainer", "owner"), {
    mayLack: true,
  }),
};

const truths: Record<Truth, ClaimValues> = {
  true: says(word("true")),
  false: says(word("false")),
  either: says(word("true", "false")),
};

/** Only gitlab.com's shared runners are GitLab's own (docs.gitlab.com/ci/secrets/id_token_authentication). */
const runners = { gitlabCom: says(word("gitlab-hosted", "self-hosted")), others: says(word("self-hosted")) };

const anyAudience = says(within(someText), { chosen: true });
const anyId = says(within(ids));
const anyText = says(within(someText));

/** What differs between the classes of job tokens. */
export interface JobClaims {
  sub: ClaimValues;
  id: readonly Constraint[];
  namespaceId: string | null;
  refProtected: Truth;
  source: Source;
  /** Whether the person who runs the job may push to this project, or is anybody of any project. */
  by: keyof typeof levels;
}

/**
 * The claims of a job's token that AWS can read (docs.gitlab.com/ci/secrets/id_token_authentication). The audience is
 * the job's own choice; the access level is missing for people without a role, such as administrators.
 */
export function jobClaims({ issuer }: MintingProject, given: JobClaims): Record<string, ClaimValues> {
  return {
    sub: given.sub,
    aud: anyAudience,
    oaud: anyAudience,
    project_id: says(given.id),
    namespace_id: given.namespaceId === null ? anyId : says(within(text(given.namespaceId))),
    ref_protected: truths[given.refProtected],
    pipeline_source: sources[given.source],
    runner_environment: isGitlabCom(issuer) ? runners.gitlabCom : runners.others,
    user_id: anyId,
    user_login: anyText,
    user_email: anyText,
    user_access_level: levels[given.by],
  };
}
