import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import type { GitlabProject } from "@/lib/gitlab/schema";
import { componentWarnings, parseComponents } from "@/lib/gitlab-ci/components";
import { botClient } from "@/lib/identity/bot";
import type { ProjectRights } from "@/lib/identity/rights";
import { rightsIn } from "@/lib/identity/rights";
import type { Signed } from "@/lib/identity/signed";
import type { ProjectView } from "./model";
import { readFormerPath } from "./read";
import { readWidening } from "./read-widening";
import { standstillOf } from "./standstill";
import { storeProjects } from "./sync-projects";

/**
 * The person's rights in a project, live, with the projection mended on the way: a project that GitLab no longer
 * shows loses its row. Throws `not-found` then, `unavailable` when GitLab is silent.
 */
export async function openRights(signed: Signed, projectId: number, clock: Clock): Promise<ProjectRights> {
  const row = { personId: signed.person.id, projectId };
  try {
    const rights = await rightsIn(signed, projectId, clock);
    if (rights.accessLevel > 0) await storeProjects(signed.person.id, [rights], clock.now());
    else await database().projectMembership.deleteMany({ where: row });
    return rights;
  } catch (error) {
    if (knownError(error)?.code === "not-found") await database().projectMembership.deleteMany({ where: row });
    throw error;
  }
}

/** A project as its page shows it, live from GitLab. Throws as `openRights`. */
export async function openProject(signed: Signed, projectId: number, clock: Clock): Promise<ProjectView> {
  const { project, accessLevel } = await openRights(signed, projectId, clock);
  const [settled, movedFrom] = await Promise.all([
    withSettings(signed, project, clock),
    readFormerPath(projectId, project.path_with_namespace),
  ]);
  const parsed = parseComponents(settled.ci_id_token_sub_claim_components);
  const { widening, gitlabVersion } = await readWidening(signed, settled, parsed.ok ? parsed.components : null, clock);
  return {
    projectId,
    path: project.path_with_namespace,
    name: project.name,
    namespaceId: project.namespace.id,
    namespacePath: project.namespace.full_path,
    defaultBranch: project.default_branch,
    visibility: project.visibility,
    archived: project.archived,
    standstill: standstillOf(project),
    emptyRepository: project.empty_repo,
    webUrl: project.web_url,
    accessLevel,
    issuer: env.gitlabIssuer,
    components: parsed.ok ? parsed.components : null,
    componentsReason: parsed.ok ? null : parsed.reason,
    componentWarnings: parsed.ok ? componentWarnings(parsed.components) : [],
    gitlabVersion,
    forksRunInParent: settled.ci_allow_fork_pipelines_to_run_in_parent_project,
    portalAudience: env.gitlabClientId,
    widening,
    movedFrom,
    asOf: clock.now().toISOString(),
  };
}

/** The project with its CI settings: GitLab shows them to Maintainers; platform engineers and auditors see what the bot sees of a project that is open to them. */
async function withSettings(signed: Signed, shown: GitlabProject, clock: Clock): Promise<GitlabProject> {
  const bot =
    shown.ci_id_token_sub_claim_components === undefined && signed.person.role !== "member" ? botClient(clock) : null;
  if (!bot) return shown;
  try {
    const { ci_id_token_sub_claim_components, ci_allow_fork_pipelines_to_run_in_parent_project } = await bot.project(
      shown.id,
    );
    return { ...shown, ci_id_token_sub_claim_components, ci_allow_fork_pipelines_to_run_in_parent_project };
  } catch (error) {
    if (knownError(error)) return shown;
    throw error;
  }
}
