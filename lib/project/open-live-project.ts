import type { Clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { parseComponents } from "@/lib/gitlab-ci/components";
import { markVisible } from "@/lib/identity/mark-visible";
import type { Signed } from "@/lib/identity/signed";
import type { Visible } from "@/lib/identity/visible";
import type { LiveProject, ShownProject } from "@/lib/judgement/project";
import type { ProjectView } from "./model";
import { openProject } from "./open-project";
import { readRefs, refsAsShownTo } from "./read-refs";

/** A project that GitLab has just shown to somebody, with its branches and tags. */
export type VisibleProject = Visible<LiveProject<ProjectView>>;

/** The project with its branches and tags, asked of GitLab now with the person's own token. Whoever looks next sees what was told here. Throws as `openProject`. */
export async function liveProject(
  projectId: number,
  { signed, clock }: { signed: Signed; clock: Clock },
): Promise<VisibleProject> {
  const [view, { refs, rules, truncated }] = await Promise.all([
    openProject(signed, projectId, clock),
    readRefs(signed, projectId, clock),
  ]);
  const live = markVisible({ view, refs, rules, refsComplete: !truncated });
  keep(projectId, { signed, clock }, Promise.resolve(live));
  return live;
}

/** The same, with null for whom GitLab does not show the project. */
export async function liveProjectOrNull(
  projectId: number,
  asked: { signed: Signed; clock: Clock },
): Promise<VisibleProject | null> {
  try {
    return await liveProject(projectId, asked);
  } catch (error) {
    if (knownError(error)?.code !== "not-found") throw error;
    keep(projectId, asked, Promise.resolve(null));
    return null;
  }
}

/** A page that stays open asks every 20 s: what GitLab said within the last minute is good enough to look at, never to decide. */
const goodForMilliseconds = 60_000;
const keptAtMost = 200;
const recent = new Map<string, { at: number; live: Promise<VisibleProject | null> }>();

/** What a person was shown of a project within the last minute, to look at; asked now where that is older. */
export function recentProject(
  projectId: number,
  { signed, clock }: { signed: Signed; clock: Clock },
): Promise<VisibleProject | null> {
  const known = recent.get(keyOf(projectId, signed));
  if (known && clock.now().getTime() - known.at < goodForMilliseconds) return known.live;
  const live = liveProjectOrNull(projectId, { signed, clock });
  keep(projectId, { signed, clock }, live);
  live.catch(() => recent.delete(keyOf(projectId, signed)));
  return live;
}

function keyOf(projectId: number, { person }: Signed): string {
  return `${env.instanceId} ${person.id} ${projectId}`;
}

function keep(
  projectId: number,
  { signed, clock }: { signed: Signed; clock: Clock },
  live: Promise<VisibleProject | null>,
): void {
  const key = keyOf(projectId, signed);
  recent.delete(key);
  recent.set(key, { at: clock.now().getTime(), live });
  const [oldest] = recent.keys();
  if (recent.size > keptAtMost && oldest !== undefined) recent.delete(oldest);
}

/** The project as one client is shown it whole, for the worker; null where GitLab hides the project, its subject, its refs or their rules from it. */
export async function projectShownTo(
  gitlab: GitlabClient,
  projectId: number,
  clock: Clock,
): Promise<LiveProject<ShownProject> | null> {
  try {
    const project = await gitlab.project(projectId);
    const parsed = parseComponents(project.ci_id_token_sub_claim_components);
    if (!parsed.ok) return null;
    const [{ refs, rules, truncated }, { version }] = await Promise.all([
      refsAsShownTo({ gitlab, bot: null }, project, clock),
      gitlab.metadata(),
    ]);
    // Rules that are hidden would be told as worse than those that were decided on.
    if (!refs || !rules.protectedBranches || !rules.protectedTags) return null;
    const view = {
      projectId,
      path: project.path_with_namespace,
      namespaceId: project.namespace.id,
      namespacePath: project.namespace.full_path,
      components: parsed.components,
      componentsReason: null,
      visibility: project.visibility,
      gitlabVersion: version,
      forksRunInParent: project.ci_allow_fork_pipelines_to_run_in_parent_project,
    };
    return { view, refs, rules, refsComplete: !truncated };
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "not-found" || code === "forbidden") return null;
    throw error;
  }
}
