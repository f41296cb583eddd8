import type { Clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import type { GitlabMember } from "@/lib/gitlab/schema";
import type { PortalRole } from "./model";

const cacheMilliseconds = 60_000;
/** Reading goes on so long on GitLab's last word where it does not answer. Writes never do. */
const rememberedMilliseconds = 60 * 60_000;
const guest = 10;
/** `at`: when it was asked for; `confirmedAt`: when GitLab last answered. Milliseconds. */
interface Known {
  role: Promise<PortalRole>;
  at: number;
  confirmedAt: number;
}

const cached = new Map<string, Known>();

interface Asked {
  /** Row id of Person: the cache's key. */
  id: string;
  gitlabUserId: number;
}

/**
 * What the person is to the portal, by membership of the configured groups, asked with the person's own token.
 * `live: false` accepts an answer of the last minute, and one of the last hour where GitLab does not answer.
 * Throws what GitLab's refusal or silence throws.
 */
export async function portalRole(
  person: Asked,
  gitlab: GitlabClient,
  { clock, live }: { clock: Clock; live: boolean },
): Promise<PortalRole> {
  const now = clock.now().getTime();
  const known = cached.get(person.id);
  if (known && !live && now - known.at < cacheMilliseconds) return known.role;
  const asked = askRole(person.gitlabUserId, gitlab, clock);
  if (live) {
    const role = await asked.catch((error: unknown) => {
      // GitLab's silence leaves what was known, for who only reads.
      if (!isSilence(error)) cached.delete(person.id);
      throw error;
    });
    cached.set(person.id, { role: Promise.resolve(role), at: now, confirmedAt: now });
    return role;
  }
  const remembered = known && now - known.confirmedAt < rememberedMilliseconds ? known : null;
  const role = asked.catch((error: unknown) => {
    if (remembered && isSilence(error)) return remembered.role;
    cached.delete(person.id);
    throw error;
  });
  const entry: Known = { role, at: now, confirmedAt: remembered?.confirmedAt ?? now };
  cached.set(person.id, entry);
  asked.then(
    () => Object.assign(entry, { confirmedAt: now }),
    () => undefined,
  );
  return entry.role;
}

function isSilence(error: unknown): boolean {
  const code = knownError(error)?.code;
  return code === "unavailable" || code === "too-many";
}

/** The same without any cache. */
export async function askRole(gitlabUserId: number, gitlab: GitlabClient, clock: Clock): Promise<PortalRole> {
  if (await isInGroups(env.platformGroup, gitlabUserId, gitlab, clock)) return "platform-engineer";
  return (await isInGroups(env.auditorGroup, gitlabUserId, gitlab, clock)) ? "auditor" : "member";
}

/** Active and not expired: GitLab ends a membership at the start of the day `expires_at`, UTC. */
export function isCurrent(
  member: Pick<GitlabMember, "state" | "membership_state" | "expires_at">,
  clock: Clock,
): boolean {
  const today = clock.now().toISOString().slice(0, 10);
  return (
    member.state === "active" &&
    (member.membership_state ?? "active") === "active" &&
    (member.expires_at === null || member.expires_at > today)
  );
}

async function isInGroups(groups: string, gitlabUserId: number, gitlab: GitlabClient, clock: Clock): Promise<boolean> {
  for (const group of groups.split(",").map((path) => path.trim())) {
    if (group !== "" && (await isInGroup(group, gitlabUserId, gitlab, clock))) return true;
  }
  return false;
}

async function isInGroup(group: string, gitlabUserId: number, gitlab: GitlabClient, clock: Clock): Promise<boolean> {
  try {
    const member = await gitlab.groupMember(group, gitlabUserId);
    return member.access_level >= guest && isCurrent(member, clock);
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "not-found" || code === "forbidden") return false;
    throw error;
  }
}
