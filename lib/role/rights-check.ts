import type { Clock } from "@/lib/clock";
import type { Decision } from "@/lib/errors";
import { knownError } from "@/lib/errors";
import { botClient } from "@/lib/identity/bot";
import { askRole } from "@/lib/identity/portal-role";
import type { ApplyContext } from "./apply-plan";

/**
 * Asks GitLab, with the bot's token, whether a requester is still a platform engineer. GitLab out of reach means
 * no, with that reason. Without a bot's token the right stands as it was at submit.
 */
export function rightsCheck(clock: Clock): ApplyContext["rightsCheck"] {
  return async ({ gitlabUserId, name }): Promise<Decision> => {
    const bot = botClient(clock);
    if (!bot) return { ok: true };
    try {
      const role = await askRole(gitlabUserId, bot, clock);
      return role === "platform-engineer" ? { ok: true } : { ok: false, reason: `${name} is not a platform engineer any more.` };
    } catch (error) {
      return { ok: false, reason: `Whether ${name} may still do this could not be asked: ${knownError(error)?.message ?? "GitLab did not answer."}` };
    }
  };
}
