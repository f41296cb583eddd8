import type { Clock } from "@/lib/clock";
import type { Decision } from "@/lib/errors";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { botClient } from "@/lib/identity/bot";
import { isMaintainer } from "@/lib/identity/rights";

/** What is asked for with the form, which an archived project has no use for. */
const archivedForbids: ReadonlySet<string> = new Set(["create", "edit"]);

interface Grounds {
  kind: string;
  projectId: number;
  projectPath: string;
  requester: { gitlabUserId: number; name: string };
}

/**
 * Whether what a request stands on still holds: its requester is Maintainer of the project, and the project is where
 * it was. Asked of GitLab now, with the bot's token, or the approver's own where there is none. Throws `unavailable`
 * where GitLab does not answer: that says nothing about the request.
 */
export async function stillStands(
  { kind, projectId, projectPath, requester }: Grounds,
  approver: GitlabClient,
  clock: Clock,
): Promise<Decision> {
  const gitlab = botClient(clock) ?? approver;
  try {
    const project = await gitlab.project(projectId);
    if (project.path_with_namespace !== projectPath)
      return {
        ok: false,
        reason: `The project has moved to ${project.path_with_namespace}; the plan is about ${projectPath}.`,
      };
    if (project.archived && archivedForbids.has(kind))
      return { ok: false, reason: "The project is archived in GitLab: its pipelines do not run." };
    return await isMaintainer(gitlab, projectId, requester, clock);
  } catch (error) {
    const known = knownError(error);
    if (!known) throw error;
    if (known.code === "not-found" || known.code === "forbidden")
      return { ok: false, reason: `GitLab does not show the project ${projectPath} to Trustdesk any more.` };
    throw new TrustdeskError(
      "unavailable",
      `Whether ${requester.name} may still ask for this could not be asked: ${known.message}`,
      { cause: error },
    );
  }
}
