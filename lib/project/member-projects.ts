import type { GitlabClient } from "@/lib/gitlab/client";
import { goesNoFurther } from "@/lib/gitlab/failure";
import type { GitlabProject } from "@/lib/gitlab/schema";

/** A project of which the person is a member, with GitLab's integer for the access level. */
export interface MemberProject {
  project: GitlabProject;
  accessLevel: number;
}

/** Owner, Maintainer, Developer, and all: GitLab's list does not name the person's level, so it is asked for by each. */
const levels = [50, 40, 30, null] as const;
const guest = 10;

/** One list of GitLab's, read page by page in ascending id. */
interface Pass {
  minAccessLevel: (typeof levels)[number];
  after: string | null;
  /** The largest id that was read; Infinity at the end. */
  reached: number;
}

/**
 * The person's projects in ascending id, in lots as GitLab answers them. The lists of all levels are read side by
 * side; a project is told once every list has come past it, so that its level is final. Throws as the client.
 */
export async function* memberProjects(gitlab: Pick<GitlabClient, "memberProjects">): AsyncGenerator<MemberProject[]> {
  const passes = levels.map((minAccessLevel): Pass => ({ minAccessLevel, after: null, reached: 0 }));
  const read = new Map<number, MemberProject>();
  while (passes.some(({ reached }) => reached < Infinity)) {
    await Promise.all(passes.filter(({ reached }) => reached < Infinity).map((pass) => readOn(pass, read, gitlab)));
    const past = Math.min(...passes.map(({ reached }) => reached));
    const lot = [...read.values()]
      .filter(({ project }) => project.id <= past)
      .sort((a, b) => a.project.id - b.project.id);
    for (const { project } of lot) read.delete(project.id);
    yield lot;
  }
}

async function readOn(
  pass: Pass,
  read: Map<number, MemberProject>,
  gitlab: Pick<GitlabClient, "memberProjects">,
): Promise<void> {
  const { minAccessLevel, after, reached } = pass;
  const { projects, next } = await gitlab.memberProjects({ minAccessLevel, after });
  for (const project of projects) {
    const accessLevel = Math.max(minAccessLevel ?? ownWord(project), read.get(project.id)?.accessLevel ?? 0);
    read.set(project.id, { project, accessLevel });
  }
  const last = projects.at(-1)?.id ?? 0;
  if (next !== null && last <= reached) throw goesNoFurther();
  pass.after = next;
  pass.reached = next === null ? Infinity : last;
}

/** Below Developer GitLab's `permissions` is the only word there is. */
function ownWord({ permissions }: GitlabProject): number {
  return Math.max(permissions?.project_access?.access_level ?? 0, permissions?.group_access?.access_level ?? 0, guest);
}
