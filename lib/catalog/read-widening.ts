import type { Clock } from "@/lib/clock";
import { knownError } from "@/lib/errors";
import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import { wideningOf } from "@/lib/gitlab-ci/widening";
import type { Widening, WideningFacts } from "@/lib/gitlab-ci/widening";
import type { GitlabProject, ProtectedBranch } from "@/lib/gitlab/schema";
import { botClient } from "@/lib/identity/bot";
import type { Signed } from "@/lib/identity/signed";
import { firstShown } from "./first-shown";

/**
 * Who can mint the project's tokens, asked of GitLab now. What it does not show is unknown, never assumed.
 * @param project with the settings that GitLab shows to Maintainers, where the person may see them
 */
export async function readWidening(signed: Signed, project: GitlabProject, components: readonly SubjectComponent[] | null, clock: Clock): Promise<Widening[]> {
  const bot = signed.person.role === "member" ? null : botClient(clock);
  const [metadata, rules] = await Promise.all([
    orUnknown(signed.gitlab.metadata()),
    orUnknown(firstShown([signed.gitlab, bot], (client) => client.protectedBranches(project.id))),
  ]);
  return wideningOf({
    version: metadata?.version ?? null,
    visibility: project.visibility,
    forks: project.forks_count,
    defaultBranch: project.default_branch,
    components,
    forksRunInParent: project.ci_allow_fork_pipelines_to_run_in_parent_project,
    protectedBranches: rules?.map(ruleOf) ?? null,
  });
}

function ruleOf({ name, push_access_levels: push, merge_access_levels: merge }: ProtectedBranch): NonNullable<WideningFacts["protectedBranches"]>[number] {
  const levels = [...push, ...merge].flatMap(({ access_level: level }) => (level ? [level] : []));
  return { pattern: name, leastLevel: levels.length > 0 ? Math.min(...levels) : 0 };
}

async function orUnknown<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (knownError(error)) return null;
    throw error;
  }
}
