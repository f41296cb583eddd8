import type { Clock } from "@/lib/clock";
import { knownError } from "@/lib/errors";
import type { GitlabAccess, GitlabProject } from "@/lib/gitlab/schema";
import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import type { Widening, WideningFacts } from "@/lib/gitlab-ci/widening";
import { wideningOf } from "@/lib/gitlab-ci/widening";
import { botClient } from "@/lib/identity/bot";
import type { Signed } from "@/lib/identity/signed";
import { firstShown } from "./first-shown";
import { roleOf } from "./push-words";

/**
 * Who can mint the project's tokens, asked of GitLab now, and GitLab's version. What it does not show is unknown, never assumed.
 * @param project with the settings that GitLab shows to Maintainers, where the person may see them
 */
export async function readWidening(
  signed: Signed,
  project: GitlabProject,
  components: readonly SubjectComponent[] | null,
  clock: Clock,
): Promise<{ widening: Widening[]; gitlabVersion: string | null }> {
  const bot = signed.person.role === "member" ? null : botClient(clock);
  const [metadata, rules, tagRules] = await Promise.all([
    orUnknown(signed.gitlab.metadata()),
    orUnknown(firstShown([signed.gitlab, bot], (client) => client.protectedBranches(project.id))),
    orUnknown(firstShown([signed.gitlab, bot], (client) => client.protectedTags(project.id))),
  ]);
  const gitlabVersion = metadata?.version ?? null;
  const widening = wideningOf({
    version: gitlabVersion,
    visibility: project.visibility,
    forks: project.forks_count,
    defaultBranch: project.default_branch,
    components,
    forksRunInParent: project.ci_allow_fork_pipelines_to_run_in_parent_project,
    protectedBranches:
      rules?.map(({ name, push_access_levels: push, merge_access_levels: merge }) =>
        ruleOf(name, [...push, ...merge]),
      ) ?? null,
    protectedTags: tagRules?.map(({ name, create_access_levels: create }) => ruleOf(name, create)) ?? null,
  });
  return { widening, gitlabVersion };
}

function ruleOf(
  pattern: string,
  allowed: readonly GitlabAccess[],
): NonNullable<WideningFacts["protectedBranches"]>[number] {
  const levels = allowed.flatMap((entry) => roleOf(entry) || []);
  return { pattern, leastLevel: levels.length > 0 ? Math.min(...levels) : 0 };
}

async function orUnknown<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (knownError(error)) return null;
    throw error;
  }
}
