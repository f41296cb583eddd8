import { knownError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";

/** The first client's answer that GitLab gives; null when it shows it to none of them. Throws what is no refusal. */
export async function firstShown<T>(
  clients: readonly (GitlabClient | null)[],
  ask: (client: GitlabClient) => Promise<T>,
): Promise<T | null> {
  for (const client of clients) {
    if (!client) continue;
    try {
      return await ask(client);
    } catch (error) {
      if (!isHidden(error)) throw error;
    }
  }
  return null;
}

/** Whether GitLab refused to show something, rather than failed. */
function isHidden(error: unknown): boolean {
  const code = knownError(error)?.code;
  return code === "forbidden" || code === "not-found";
}
