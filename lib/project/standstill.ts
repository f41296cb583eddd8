import type { GitlabProject } from "@/lib/gitlab/schema";

/** What GitLab's project entity tells of its end; its path, because below some roles and versions the dates are not shown. */
type Ending = Pick<GitlabProject, "id" | "path_with_namespace" | "archived"> &
  Partial<Pick<GitlabProject, "marked_for_deletion_on" | "marked_for_deletion_at">>;

/**
 * Why no pipeline of the project will use a role, in words, or null: it is archived, or marked for deletion. GitLab then
 * renames it, or a group above it, to `…-deletion_scheduled-<id>`, in older releases to `…-deleted-<id>`.
 */
export function standstillOf(project: Ending): string | null {
  const on = project.marked_for_deletion_on ?? project.marked_for_deletion_at ?? null;
  if (on !== null || isRenamed(project))
    return `The project is marked for deletion in GitLab${on === null ? "" : ` (${on.slice(0, 10)})`}: it will be gone, and its pipelines with it.`;
  return project.archived ? "The project is archived in GitLab: its pipelines do not run." : null;
}

function isRenamed({ id, path_with_namespace: path }: Ending): boolean {
  return /-deletion_scheduled-\d+(\/|$)/.test(path) || path.endsWith(`-deleted-${id}`);
}
