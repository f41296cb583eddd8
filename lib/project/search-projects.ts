import type { Clock } from "@/lib/clock";
import { knownError } from "@/lib/errors";
import { accessLevelIn, visibleProject } from "@/lib/identity/rights";
import type { Signed } from "@/lib/identity/signed";
import type { ProjectRow, ProjectSyncView } from "./model";
import { holdsPath, readRolesOf, readSync, searchProjection } from "./read";
import type { ProjectSearch } from "./schema";
import { keepProjectionCurrent } from "./sync-projects";

export interface ProjectSearchResult {
  rows: ProjectRow[];
  nextCursor: string | null;
  total: number;
  sync: ProjectSyncView;
}

/**
 * Searches the person's projects in the projection, and has it refreshed behind the answer when it is old. A query
 * that is a whole path which the projection does not hold is asked live, so that a new or public project is found.
 */
export async function searchProjects(
  signed: Signed,
  search: ProjectSearch,
  clock: Clock,
): Promise<ProjectSearchResult> {
  await keepProjectionCurrent(signed.person.id, signed.gitlab, clock);
  const [page, sync, live] = await Promise.all([
    searchProjection(signed.person.id, search),
    readSync(signed.person.id),
    search.cursor ? null : askedLive(signed, search.query.trim(), clock),
  ]);
  if (!live || (live.archived && !search.archived)) return { ...page, sync };
  const others = page.rows.filter((row) => row.projectId !== live.projectId);
  return { ...page, rows: [live, ...others], total: page.total + (others.length === page.rows.length ? 1 : 0), sync };
}

async function askedLive(signed: Signed, path: string, clock: Clock): Promise<ProjectRow | null> {
  if (!/^[^\s/]+(\/[^\s/]+)+$/.test(path) || (await holdsPath(signed.person.id, path))) return null;
  try {
    const project = await visibleProject(signed.gitlab, path);
    const [accessLevel, roles] = await Promise.all([
      accessLevelIn(signed.gitlab, project.id, signed.person.gitlabUserId, clock),
      readRolesOf(project.id),
    ]);
    return {
      projectId: project.id,
      path: project.path_with_namespace,
      name: project.name,
      namespacePath: project.namespace.full_path,
      accessLevel,
      defaultBranch: project.default_branch,
      visibility: project.visibility,
      archived: project.archived,
      lastActivityAt: project.last_activity_at,
      ...roles,
    };
  } catch (error) {
    if (knownError(error)) return null;
    throw error;
  }
}
