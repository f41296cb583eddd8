import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import type { GitlabProject } from "@/lib/gitlab/schema";
import { log } from "@/lib/log";
import type { MemberProject } from "./member-projects";
import { memberProjects } from "./member-projects";

/** A refresh that says nothing for this long was killed with its process. */
const abandonedMilliseconds = 10 * 60_000;
const freshMilliseconds = 15 * 60_000;
/** What GitLab has not confirmed for this long is not shown any more. */
const trustedMilliseconds = 60 * 60_000;
const firstMilliseconds = 1_500;
/** Most people's projects are read in this time; nobody's page waits longer. */
const patienceMilliseconds = 8_000;
const pollMilliseconds = 500;

const running = new Map<string, Promise<void>>();

/**
 * Fills the projection of one person's projects from GitLab, all levels at once, by keyset, and deletes what is gone.
 * Does nothing while another process refreshes the same person. A failure is kept as the reason, not thrown.
 */
function syncProjects(personId: string, gitlab: GitlabClient, clock: Clock): Promise<void> {
  const current = running.get(personId);
  if (current) return current;
  const sync = refresh(personId, gitlab, clock).finally(() => running.delete(personId));
  running.set(personId, sync);
  return sync;
}

/** Starts a refresh; its outcome is told by the projection's state. */
export function startSync(personId: string, gitlab: GitlabClient, clock: Clock): void {
  syncProjects(personId, gitlab, clock).catch((error: unknown) =>
    log.error({ err: error, personId }, "the refresh of a person's projects failed"),
  );
}

/**
 * To be called before the projection says what somebody may see: refreshes it in the background when it is older
 * than 15 minutes or than the sign-in, and at once when it holds what is older than an hour. What GitLab has not
 * confirmed within seconds is then forgotten, and comes back as the refresh goes on. Throws `unavailable` when it fails.
 */
export async function keepProjectionCurrent(personId: string, gitlab: GitlabClient, clock: Clock): Promise<void> {
  if (await isTooOld(personId, clock)) {
    await Promise.race([syncProjects(personId, gitlab, clock), moment(patienceMilliseconds)]);
    if (await isTooOld(personId, clock)) await forgetOld(personId, clock);
    return;
  }
  const [sync, person] = await Promise.all([
    database().projectSync.findUnique({ where: { personId } }),
    database().person.findUnique({ where: { id: personId }, select: { updatedAt: true } }),
  ]);
  const age = sync ? clock.now().getTime() - sync.startedAt.getTime() : Infinity;
  const beforeSignIn = sync !== null && person !== null && sync.startedAt < person.updatedAt;
  if (age <= freshMilliseconds && !beforeSignIn) return;
  startSync(personId, gitlab, clock);
  // Somebody's first: most are done in a moment, and the first page then shows them.
  if (sync === null) await Promise.race([running.get(personId), moment(firstMilliseconds)]);
}

/** The same for an answer that has to be whole: waits for a refresh that is under way, in whatever process. */
export async function keepProjectionWhole(personId: string, gitlab: GitlabClient, clock: Clock): Promise<void> {
  await keepProjectionCurrent(personId, gitlab, clock);
  while (await isUnderWay(personId, clock)) await moment(pollMilliseconds);
}

/** How many projects were read so far where the person's whole list is not known now: it never was, or is too old; null otherwise. */
export async function readSoFar(personId: string, clock: Clock): Promise<number | null> {
  const sync = await database().projectSync.findUnique({
    where: { personId },
    select: { state: true, seen: true, finishedAt: true },
  });
  const isWhole = sync?.finishedAt !== null && sync?.finishedAt !== undefined && sync.finishedAt >= trustedSince(clock);
  return sync?.state === "running" && !isWhole ? sync.seen : null;
}

async function moment(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function isTooOld(personId: string, clock: Clock): Promise<boolean> {
  const limit = trustedSince(clock);
  const sync = await database().projectSync.findUnique({
    where: { personId },
    select: { state: true, startedAt: true },
  });
  // A refresh that came to its end has left nothing older than its beginning, so that no row needs a look.
  if (sync?.state === "done" && sync.startedAt >= limit) return false;
  return (await database().projectMembership.count({ where: { personId, syncedAt: { lt: limit } } })) > 0;
}

async function isUnderWay(personId: string, clock: Clock): Promise<boolean> {
  const sync = await database().projectSync.findUnique({
    where: { personId },
    select: { state: true, startedAt: true },
  });
  return sync?.state === "running" && sync.startedAt >= abandonedBefore(clock.now());
}

/** Without a refresh under way nothing would come back: then there is no answer. */
async function forgetOld(personId: string, clock: Clock): Promise<void> {
  if (!(await isUnderWay(personId, clock)))
    throw new TrustdeskError(
      "unavailable",
      "GitLab did not say which projects you are in now, and what we know is too old to be shown. Try again in a moment.",
    );
  await database().projectMembership.deleteMany({ where: { personId, syncedAt: { lt: trustedSince(clock) } } });
}

function trustedSince(clock: Clock): Date {
  return new Date(clock.now().getTime() - trustedMilliseconds);
}

function abandonedBefore(now: Date): Date {
  return new Date(now.getTime() - abandonedMilliseconds);
}

async function refresh(personId: string, gitlab: GitlabClient, clock: Clock): Promise<void> {
  const startedAt = clock.now();
  if (!(await claim(personId, startedAt))) return;
  try {
    await fill(personId, gitlab, startedAt);
    await database().projectMembership.deleteMany({ where: { personId, syncedAt: { lt: startedAt } } });
    await finish(personId, startedAt, { state: "done", finishedAt: clock.now(), reason: null });
  } catch (error) {
    const known = knownError(error);
    if (!known) log.error({ err: error, personId }, "the refresh of a person's projects failed");
    await finish(personId, startedAt, {
      state: "failed",
      reason: known?.message ?? "The refresh failed on Trustdesk's side.",
    });
  }
}

async function claim(personId: string, now: Date): Promise<boolean> {
  const claimed = await database().$executeRaw`
    INSERT INTO "ProjectSync" ("personId", "state", "seen", "startedAt") VALUES (${personId}, 'running', 0, ${now})
    ON CONFLICT ("personId") DO UPDATE SET "state" = 'running', "seen" = 0, "startedAt" = excluded."startedAt", "reason" = NULL
    WHERE "ProjectSync"."state" <> 'running' OR "ProjectSync"."startedAt" < ${abandonedBefore(now)}`;
  return claimed === 1;
}

async function fill(personId: string, gitlab: GitlabClient, startedAt: Date): Promise<void> {
  let seen = 0;
  for await (const lot of memberProjects(gitlab)) {
    await storeProjects(personId, lot, startedAt);
    seen += lot.length;
    await database().projectSync.updateMany({ where: { personId, startedAt }, data: { seen } });
  }
}

/** Adds or updates rows of the projection; a row that was read later than these is kept. */
export async function storeProjects(personId: string, rows: readonly MemberProject[], syncedAt: Date): Promise<void> {
  if (rows.length === 0) return;
  const values = JSON.stringify(rows.map(({ project, accessLevel }) => columns(project, accessLevel)));
  await database().$executeRaw`
    INSERT INTO "ProjectMembership" ("personId", "projectId", "path", "name", "namespacePath", "namespaceId", "accessLevel", "defaultBranch", "visibility", "archived", "webUrl", "lastActivityAt", "syncedAt")
    SELECT ${personId}, r."projectId", r."path", r."name", r."namespacePath", r."namespaceId", r."accessLevel", r."defaultBranch", r."visibility", r."archived", r."webUrl", r."lastActivityAt", ${syncedAt}
    FROM jsonb_to_recordset(${values}::jsonb) AS r("projectId" integer, "path" text, "name" text, "namespacePath" text, "namespaceId" integer, "accessLevel" integer,
      "defaultBranch" text, "visibility" text, "archived" boolean, "webUrl" text, "lastActivityAt" timestamptz)
    ON CONFLICT ("personId", "projectId") DO UPDATE SET "path" = excluded."path", "name" = excluded."name", "namespacePath" = excluded."namespacePath",
      "namespaceId" = excluded."namespaceId", "accessLevel" = excluded."accessLevel", "defaultBranch" = excluded."defaultBranch", "visibility" = excluded."visibility",
      "archived" = excluded."archived", "webUrl" = excluded."webUrl", "lastActivityAt" = excluded."lastActivityAt", "syncedAt" = excluded."syncedAt"
    WHERE "ProjectMembership"."syncedAt" <= excluded."syncedAt"`;
}

function columns(project: GitlabProject, accessLevel: number) {
  return {
    projectId: project.id,
    path: project.path_with_namespace,
    name: project.name,
    namespacePath: project.namespace.full_path,
    namespaceId: project.namespace.id,
    accessLevel,
    defaultBranch: project.default_branch,
    visibility: project.visibility,
    archived: project.archived,
    webUrl: project.web_url,
    lastActivityAt: project.last_activity_at,
  };
}

async function finish(
  personId: string,
  startedAt: Date,
  data: { state: "done"; finishedAt: Date; reason: null } | { state: "failed"; reason: string },
): Promise<void> {
  await database().projectSync.updateMany({ where: { personId, startedAt }, data });
}
