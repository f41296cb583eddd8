import type { Clock } from "@/lib/clock";
import { env } from "@/lib/env";
import type { GitlabClient } from "@/lib/gitlab/client";
import { gitlabClient } from "@/lib/gitlab/client";

/** GitLab as Trustdesk's bot (`TRUSTDESK_GITLAB_TOKEN`), for facts that a platform engineer or auditor may see here; null without a token. */
export function botClient(clock: Clock): GitlabClient | null {
  const token = env.gitlabBotToken;
  return token === null
    ? null
    : gitlabClient({ baseUrl: env.gitlabUrl, token: () => Promise.resolve(token), clock, bearer: "bot" });
}
