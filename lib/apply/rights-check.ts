import type { Clock } from "@/lib/clock";
import type { Decision } from "@/lib/errors";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { botClient } from "@/lib/identity/bot";
import { askRole } from "@/lib/identity/portal-role";
import { isMaintainer } from "@/lib/identity/rights";
import type { RequestRule } from "@/lib/request/model";

interface Somebody {
  gitlabUserId: number;
  name: string;
}

/** What a request stands on: its requester's right, or the requester's and that of whoever approved its plan. */
export interface QuestionOfRights {
  rule: RequestRule;
  projectId: number;
  requester: Somebody;
  approvers: Somebody[];
}

interface Asked {
  gitlab: GitlabClient;
  clock: Clock;
}

/**
 * Asks GitLab, with the bot's token, whether what a request stands on still holds. A GitLab that refuses to answer
 * means no, with that reason; one that is out of reach, or asks to slow down, throws `unavailable`: a later try may
 * be answered. Without a bot's token the rights stand as they were when they were decided on.
 */
export function rightsCheck(clock: Clock): (request: QuestionOfRights) => Promise<Decision> {
  return async (request) => {
    const gitlab = botClient(clock);
    if (request.rule === "approval" && request.approvers.length === 0)
      return { ok: false, reason: "Nobody approved this plan." };
    if (!gitlab) return { ok: true };
    const asked = { gitlab, clock };
    if (request.rule === "platform-engineer") return platformEngineer(request.requester, asked);
    const requester = await answerAbout(request.requester.name, () =>
      isMaintainer(gitlab, request.projectId, request.requester, clock),
    );
    if (!requester.ok) return requester;
    for (const approver of request.approvers) {
      const decision = await platformEngineer(approver, asked);
      if (!decision.ok) return decision;
    }
    return { ok: true };
  };
}

function platformEngineer({ gitlabUserId, name }: Somebody, { gitlab, clock }: Asked): Promise<Decision> {
  return answerAbout(name, async () => {
    const role = await askRole(gitlabUserId, gitlab, clock);
    return role === "platform-engineer"
      ? { ok: true }
      : { ok: false, reason: `${name} is not a platform engineer any more.` };
  });
}

async function answerAbout(name: string, ask: () => Promise<Decision>): Promise<Decision> {
  try {
    return await ask();
  } catch (error) {
    const known = knownError(error);
    const reason = `Whether ${name} may still do this could not be asked: ${known?.message ?? "GitLab did not answer."}`;
    if (!known || known.code === "unavailable" || known.code === "too-many")
      throw new TrustdeskError("unavailable", reason, { cause: error });
    return { ok: false, reason };
  }
}
