import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { revokeToken } from "@/lib/gitlab/oauth";
import { oauthApplication } from "./access-token";
import { tokenCipher } from "./token-cipher";

/** After a session has ended: with the user's last one the grant at GitLab ends too, and our copy of its tokens. */
export async function endGrantWithLastSession(userId: string, clock: Clock): Promise<void> {
  if ((await database().session.count({ where: { userId, expires: { gt: clock.now() } } })) > 0) return;
  const account = await database().account.findFirst({ where: { userId, provider: "gitlab" } });
  if (!account) return;
  await database().account.update({
    where: { id: account.id },
    data: { access_token: null, refresh_token: null, expires_at: null },
  });
  const cipher = tokenCipher(env.secret);
  for (const stored of [account.refresh_token, account.access_token]) {
    const token = stored === null ? null : cipher.decrypt(stored, userId);
    if (token !== null) await revokeToken(oauthApplication(), token);
  }
}
