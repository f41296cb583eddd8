import type { Actor } from "@/lib/audit/model";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { gitlabClient } from "@/lib/gitlab/client";
import { accessTokenOf } from "./access-token";
import type { SignedInPerson } from "./model";
import { portalRole } from "./portal-role";
import { sessionTokenHash } from "./token-cipher";

/** Whoever is signed in, and GitLab as that person. */
export interface Signed {
  person: SignedInPerson;
  actor: Actor;
  /** Acts with the person's own token, renewed when needed. */
  gitlab: GitlabClient;
}

/**
 * The person behind a session's token, or null: no such session, expired, or GitLab has ended the grant or
 * blocked the account (the sessions are then ended here too). `live` asks for the portal role without the
 * minute's cache, as every write does. Throws `unavailable` when GitLab is silent.
 */
export async function signedFrom(
  sessionToken: string | null,
  options: { clock: Clock; live: boolean },
): Promise<Signed | null> {
  if (!sessionToken) return null;
  const session = await database().session.findUnique({
    where: { sessionToken: sessionTokenHash(sessionToken) },
    select: {
      expires: true,
      userId: true,
      user: { select: { person: true, accounts: { where: { provider: "gitlab" }, select: { id: true } } } },
    },
  });
  const person = session?.user.person;
  const account = session?.user.accounts[0];
  if (!session || !person || !account || person.instanceId !== env.instanceId || session.expires <= options.clock.now())
    return null;
  const { clock } = options;
  const gitlab = gitlabClient({
    baseUrl: env.gitlabUrl,
    token: (rejected) => accessTokenOf(account.id, { clock, rejected }),
    clock,
  });
  try {
    const role = await portalRole(person, gitlab, options);
    return {
      person: {
        id: person.id,
        gitlabUserId: person.gitlabUserId,
        username: person.username,
        name: person.name,
        avatarUrl: person.avatarUrl,
        role,
      },
      actor: { kind: "person", personId: person.id, name: person.name, username: person.username },
      gitlab,
    };
  } catch (error) {
    if (knownError(error)?.code !== "not-signed-in") throw error;
    await database().session.deleteMany({ where: { userId: session.userId } });
    return null;
  }
}
