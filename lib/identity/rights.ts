import type { Clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import type { GitlabProject } from "@/lib/gitlab/schema";
import { isCurrent } from "./portal-role";
import type { Signed } from "./signed";

/** A project as GitLab shows it to the person, and the person's access level in it: both asked just now. */
export interface ProjectRights {
  project: GitlabProject;
  /** GitLab's integer, 0 when the person sees the project without being an active member. */
  accessLevel: number;
}

/**
 * Asks GitLab live, with the person's own token. Throws `not-found` for a project that the person may not see
 * (the same words as for one that does not exist), `unavailable` when GitLab is silent.
 */
export async function rightsIn(signed: Signed, projectId: number, clock: Clock): Promise<ProjectRights> {
  const [project, accessLevel] = await Promise.all([
    visibleProject(signed.gitlab, projectId),
    accessLevelIn(signed.gitlab, projectId, signed.person.gitlabUserId, clock),
  ]);
  return { project, accessLevel };
}

/** The project, or `not-found` for 403 and 404 alike, so that nothing tells a hidden one from none. */
export async function visibleProject(gitlab: GitlabClient, idOrPath: number | string): Promise<GitlabProject> {
  try {
    return await gitlab.project(idOrPath);
  } catch (error) {
    const code = knownError(error)?.code;
    if (code !== "not-found" && code !== "forbidden") throw error;
    throw new TrustdeskError(
      "not-found",
      "GitLab shows you no such project. It may be gone, or you may not be a member.",
      { cause: error },
    );
  }
}

/** Highest access level, inherited ones included (`members/all`): 0 for nobody, a blocked or an expired member. */
export async function accessLevelIn(
  gitlab: GitlabClient,
  projectId: number,
  gitlabUserId: number,
  clock: Clock,
): Promise<number> {
  try {
    const member = await gitlab.projectMember(projectId, gitlabUserId);
    return isCurrent(member, clock) ? member.access_level : 0;
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "not-found" || code === "forbidden") return 0;
    throw error;
  }
}

/** The configured platform groups as words, for reasons that say whom to ask. */
export function platformGroupWords(): string {
  return env.platformGroup
    .split(",")
    .map((path) => path.trim())
    .filter(Boolean)
    .join(" or ");
}
