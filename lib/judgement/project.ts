import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import { parseComponents } from "@/lib/gitlab-ci/components";
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
}

/** The same with its branches and tags; null while or where GitLab does not show them. */
export interface LiveProject<View extends ShownProject = ShownProject> {
  view: View;
  refs: readonly GitRef[] | null;
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
