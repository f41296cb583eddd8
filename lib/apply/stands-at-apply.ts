import type { Clock } from "@/lib/clock";
import { env } from "@/lib/env";
import type { Decision } from "@/lib/errors";
import type { Finding } from "@/lib/findings/finding";
import { botClient } from "@/lib/identity/bot";
import type { LiveProject } from "@/lib/judgement/project";
import { projectShownTo } from "@/lib/project/open-live-project";
import type { Standing } from "@/lib/request/grounds";
import { stillStands } from "@/lib/request/grounds";

/** Which findings nobody has decided on, by the project as GitLab shows it now. */
export type WorseNow = (live: LiveProject) => Promise<readonly Finding[]>;

/**
 * Asks GitLab, with the bot's token, whether what a request stands on still holds, before the first call to AWS. Throws
 * `unavailable` where GitLab is out of reach: a later try may be answered. Without a bot's token the rights stand as
 * they were when they were decided on; where the bot is shown the project and not its subject or its refs, what they
 * would tell says nothing against the request.
 */
export function standsAtApply(clock: Clock): (request: Standing, worse: WorseNow) => Promise<Decision> {
  return async (request, worse) => {
    if (request.rule === "approval" && request.approvers?.length === 0)
      return { ok: false, reason: "Nobody approved this plan." };
    const gitlab = botClient(clock);
    if (!gitlab) return { ok: true };
    const worseNow = async (): Promise<readonly Finding[]> => {
      const live = await projectShownTo(gitlab, request.projectId, clock);
      return live ? worse({ ...live, view: { ...live.view, portalAudience: env.gitlabClientId } }) : [];
    };
    return stillStands(request, { gitlab, clock, worse: worseNow });
  };
}
