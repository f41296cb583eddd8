import { randomUUID } from "node:crypto";
import type { Account } from "next-auth";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { gitlabClient } from "@/lib/gitlab/client";
import type { GitlabUser } from "@/lib/gitlab/schema";
import { storeAccount } from "./adapter";
import { accessLevels } from "./model";
import { askRole } from "./portal-role";
import type { SignInFailure } from "./sign-in-failures";

/** GitLab's word for a user who may act. */
const activeState = "active";

/**
 * Decides about a sign-in that GitLab has confirmed: a blocked user and somebody with nothing to see are refused.
 * For the others it records the person, with the audit entry, and stores the account with its new tokens.
 */
export async function admit(
  user: GitlabUser,
  account: Account,
  clock: Clock,
): Promise<{ ok: true } | { ok: false; failure: SignInFailure }> {
  if (user.state !== activeState) return { ok: false, failure: "blocked" };
  const token = account.access_token ?? "";
  const gitlab = gitlabClient({ baseUrl: env.gitlabUrl, token: () => Promise.resolve(token), clock });
  try {
    if (!(await hasSomethingHere(user, gitlab, clock))) return { ok: false, failure: "nothing-here" };
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "unavailable" || code === "too-many") return { ok: false, failure: "gitlab-down" };
    if (code === "not-signed-in") return { ok: false, failure: "blocked" };
    throw error;
  }
  await recordPerson(user, clock);
  await storeAccount(account, { name: user.name, image: user.avatar_url });
  return { ok: true };
}

async function hasSomethingHere(user: GitlabUser, gitlab: GitlabClient, clock: Clock): Promise<boolean> {
  if ((await askRole(user.id, gitlab, clock)) !== "member") return true;
  const page = await gitlab.memberProjects({ minAccessLevel: accessLevels.developer, after: null, perPage: 1 });
  return page.projects.length > 0;
}

/** A person's first sign-in may come twice at the same moment: the later one then records the person that is there. */
async function recordPerson(user: GitlabUser, clock: Clock): Promise<void> {
  const known = await personId(user);
  try {
    await recordSignIn(known ?? randomUUID(), user, clock);
  } catch (error) {
    const first = known === null ? await personId(user) : null;
    if (first === null) throw error;
    await recordSignIn(first, user, clock);
  }
}

async function personId(user: GitlabUser): Promise<string | null> {
  const where = { instanceId_gitlabUserId: { instanceId: env.instanceId, gitlabUserId: user.id } };
  return (await database().person.findUnique({ where, select: { id: true } }))?.id ?? null;
}

async function recordSignIn(id: string, user: GitlabUser, clock: Clock): Promise<void> {
  const told = {
    username: user.username,
    name: user.name,
    avatarUrl: user.avatar_url,
    webUrl: user.web_url,
    state: user.state,
    updatedAt: clock.now(),
  };
  await recordChange(
    { actor: { kind: "person", personId: id, name: user.name, username: user.username }, clock },
    async (tx) => {
      await tx.person.upsert({
        where: { id },
        create: { id, instanceId: env.instanceId, gitlabUserId: user.id, ...told },
        update: told,
      });
      return { value: undefined, audit: { action: "signed-in" } };
    },
  );
}
