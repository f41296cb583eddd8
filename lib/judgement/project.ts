import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import { parseComponents } from "@/lib/gitlab-ci/components";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { GitRef } from "@/lib/gitlab-ci/ref";

/** A project as GitLab shows it to whoever looks; ids are GitLab's numbers. */
export interface ShownProject {
  projectId: number;
  path: string;
  namespaceId: number;
  namespacePath: string;
  /** Null where GitLab hides them, with the reason. */
  components: string[] | null;
  componentsReason: string | null;
  /** GitLab's word for who sees it. */
  visibility?: string;
  /** Of the GitLab that holds it; null where it does not say. */
  gitlabVersion?: string | null;
  /** Whether merge requests of forks may run their pipelines in it; null where GitLab hides that. */
  forksRunInParent?: boolean | null;
  /** The client id by which people sign in to Trustdesk with the same GitLab. */
  portalAudience?: string;
}

/** The same with its branches and tags; null while or where GitLab does not show them. */
export interface LiveProject<View extends ShownProject = ShownProject> {
  view: View;
  refs: readonly GitRef[] | null;
  /** False where `refs` is but a part of them, e.g. the first 5,000; absent where it is all. */
  refsComplete?: boolean;
  /** Who may push and create what; absent where GitLab hides it. */
  rules?: Pick<MintingProject, "protectedBranches" | "protectedTags"> | undefined;
}

/** What is said where GitLab shows a project to whoever looks, and its branches and tags not. */
export const refsHidden = "GitLab does not show the project's branches and tags here.";

/**
 * What a move means for a role that was made under another path; null where there was none. Another project may take a
 * path that was left: new routes override its redirect (GitLab, gitlab-ce!11136).
 */
export function movedWords(madeFor: string, path: string | null): string | null {
  if (path === null || path === madeFor) return null;
  return `The project has moved to ${path}; the role was made for ${madeFor}. A subject that names ${madeFor} lets in none of this project's jobs now; whichever project takes that path gets in by it, unless the trust is held to this project's id.`;
}

/**
 * A project's subject components, or why they are not known. The default is never assumed: a project may have changed
 * it, and only its Maintainers see that.
 */
export function componentsShown(
  project: Pick<ShownProject, "components" | "componentsReason">,
): { ok: true; components: SubjectComponent[] } | { ok: false; reason: string } {
  if (project.components) return parseComponents(project.components);
  return {
    ok: false,
    reason: project.componentsReason ?? "GitLab does not show how this project's tokens name their subject.",
  };
}

/** What decides which tokens the project's jobs can have, as far as GitLab shows it; of a hidden one the recorded id and path. */
export function mintingProject({
  project,
  live,
  place,
}: {
  project: { id: number; path: string };
  live: LiveProject | null;
  place: { issuer: string };
}): MintingProject & { refs: readonly GitRef[] | null } {
  const components = live && componentsShown(live.view);
  return {
    issuer: place.issuer,
    id: String(live?.view.projectId ?? project.id),
    path: live?.view.path ?? project.path,
    namespaceId: live ? String(live.view.namespaceId) : null,
    components: components?.ok ? components.components : null,
    refs: live?.refs ?? null,
    protectedBranches: live?.rules?.protectedBranches ?? null,
    protectedTags: live?.rules?.protectedTags ?? null,
    gitlabVersion: live?.view.gitlabVersion ?? null,
    visibility: visibilities.find((one) => one === live?.view.visibility) ?? null,
    forksRunInParent: live?.view.forksRunInParent ?? null,
  };
}

const visibilities = ["private", "internal", "public"] as const;
