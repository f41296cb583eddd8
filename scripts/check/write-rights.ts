import type { Write } from "./database-writes";
import type { DatabaseFunctions } from "./sql-writes";

/** A room of `lib/` that may write a table on the transaction of `recordChange`, and why it is this room's. */
interface RecordedRight {
  room: string;
  table: string;
  why: string;
}

/** A file that may write a table without an audit entry, and why nobody misses one. */
interface UnrecordedRight {
  file: string;
  table: string;
  why: string;
}

/** What the database's own functions write; null: they only read. */
export const databaseFunctions: DatabaseFunctions = {
  "app.enqueue": "graphile_worker.jobs",
  "app.queue_state": null,
  "audit.append": "audit.entry",
  "audit.verify": null,
  "graphile_worker.force_unlock_workers": "graphile_worker.jobs",
};

/** Domain state: who writes which table, always with its audit entry. */
export const recordedRights: readonly RecordedRight[] = [
  { room: "audit", table: "audit.entry", why: "recordChange appends what the change says of itself" },
  { room: "jobs", table: "graphile_worker.jobs", why: "a job is queued in the transaction that wants it" },
  { room: "identity", table: "Person", why: "a sign-in brings GitLab's facts about a person" },
  { room: "account", table: "AwsAccount", why: "accounts are added, changed, imported and tested here" },
  { room: "snapshot", table: "AwsSnapshot", why: "what was read is forgotten with the change that makes it old" },
  { room: "request", table: "RoleRequest", why: "filed, decided, withdrawn and cancelled here" },
  { room: "request", table: "Judgement", why: "what a decision stands on, kept beside what was said before" },
  { room: "request", table: "Judgement", why: "what was said of a plan, added at submit and where it is decided" },
  { room: "request", table: "Decision", why: "one person's approval or rejection" },
  { room: "request", table: "ApplyStep", why: "a request that enters the queue brings its journal, all pending" },
  { room: "role-form", table: "Draft", why: "what was submitted is no draft any more" },
  { room: "apply", table: "RoleRequest", why: "how the apply goes, and the role that came of it" },
  { room: "apply", table: "ApplyStep", why: "the journal's outcomes" },
  { room: "apply", table: "Role", why: "made, changed or removed in AWS: recorded" },
  { room: "apply", table: "RoleVersion", why: "the document that AWS took" },
];

const tokens = "a browser's tokens: secrets, of which an audit must hold nothing";
const projection = "a copy of GitLab's answer, read again at any time";
const cache = "a copy of AWS's answer, read again at any time";
const schema = "the database itself, made before there is an audit";

/** Everything else: sessions, drafts, projections, caches, queue, journal and schema. */
export const unrecordedRights: readonly UnrecordedRight[] = [
  { file: "lib/audit/record-change.ts", table: "audit.entry", why: "the one door" },
  { file: "lib/audit/record-change.ts", table: "(callback)", why: "the one door hands its transaction to the change" },
  { file: "lib/identity/adapter.ts", table: "(library)", why: "next-auth reads its users; no domain state" },
  { file: "lib/identity/adapter.ts", table: "User", why: "next-auth's user of an account; no domain state" },
  { file: "lib/identity/adapter.ts", table: "Account", why: tokens },
  { file: "lib/identity/adapter.ts", table: "Session", why: tokens },
  { file: "lib/identity/adapter.ts", table: "Person", why: "joins a person to next-auth's user at the first sign-in" },
  { file: "lib/identity/access-token.ts", table: "Account", why: tokens },
  { file: "lib/identity/sign-out.ts", table: "Account", why: tokens },
  { file: "lib/identity/signed.ts", table: "Session", why: "a session that GitLab does not know any more ends" },
  { file: "lib/identity/rate-limit.ts", table: "RateLimit", why: "a counter" },
  { file: "lib/project/open-project.ts", table: "ProjectMembership", why: projection },
  { file: "lib/project/sync-projects.ts", table: "ProjectMembership", why: projection },
  { file: "lib/project/sync-projects.ts", table: "ProjectSync", why: projection },
  { file: "lib/snapshot/ask-snapshot.ts", table: "AwsSnapshot", why: cache },
  { file: "lib/snapshot/ask-snapshot.ts", table: "graphile_worker.jobs", why: "a job that only looks" },
  { file: "lib/snapshot/refresh-snapshot.ts", table: "AwsSnapshot", why: cache },
  { file: "lib/role-form/save-draft.ts", table: "Draft", why: "typed, not asked" },
  { file: "lib/role-form/discard-draft.ts", table: "Draft", why: "typed, not asked" },
  { file: "lib/request/open-request.ts", table: "RequestSeen", why: "when a page was opened" },
  { file: "lib/role/ask-role-check.ts", table: "graphile_worker.jobs", why: "a job that only looks" },
  { file: "lib/role/check-accounts.ts", table: "graphile_worker.jobs", why: "jobs that only look" },
  { file: "lib/role/record-account-check.ts", table: "AwsAccount", why: "when AWS was read, or why it could not be" },
  { file: "lib/role/record-drift.ts", table: "Role", why: "what AWS holds, seen again; news of it is recorded" },
  { file: "lib/apply/journal.ts", table: "ApplyStep", why: "intents: the outcome is what is recorded" },
  { file: "lib/apply/journal.ts", table: "RoleRequest", why: "the fence between two workers" },
  { file: "lib/jobs/heartbeat.ts", table: "WorkerHeartbeat", why: "a worker's pulse" },
  { file: "lib/jobs/heartbeat.ts", table: "graphile_worker.jobs", why: "frees what a dead worker held" },
  { file: "lib/db/client.ts", table: "(library)", why: "keeps one client a connection string" },
  { file: "lib/db/migrate.ts", table: "_prisma_migrations", why: schema },
  { file: "lib/db/migrate.ts", table: "(schema)", why: schema },
  { file: "lib/db/migrate.ts", table: "?", why: "a migration's own text" },
  { file: "lib/db/provision.ts", table: "(schema)", why: schema },
  { file: "lib/db/roles.ts", table: "(schema)", why: schema },
];

/** What is wrong between the writes that were found and the rights: a sentence each, with what to do about it. */
export function wrongWrites(
  writes: readonly Write[],
  rights: { recorded: readonly RecordedRight[]; unrecorded: readonly UnrecordedRight[] },
): string[] {
  const allowed = ({ file, table, recorded }: Write) =>
    recorded
      ? rights.recorded.some((right) => right.room === roomOf(file) && right.table === table)
      : rights.unrecorded.some((right) => right.file === file && right.table === table);
  const unlisted = writes.filter((write) => !allowed(write)).map(refusal);
  const used = (table: string, recorded: boolean, here: (write: Write) => boolean) =>
    writes.some((write) => write.table === table && write.recorded === recorded && here(write));
  const idle = [
    ...rights.recorded.filter(({ room, table }) => !used(table, true, ({ file }) => roomOf(file) === room)),
    ...rights.unrecorded.filter((right) => !used(right.table, false, ({ file }) => file === right.file)),
  ].map((right) => `${"room" in right ? right.room : right.file} does not write ${right.table}: take the right away.`);
  return [...new Set([...unlisted, ...idle])];
}

function refusal({ file, line, table, recorded }: Write): string {
  const where = `${file}:${line}`;
  if (table.endsWith("()")) return `${where} calls ${table}: say in databaseFunctions what it writes.`;
  if (recorded)
    return `${where} writes ${table}, which is not ${roomOf(file)}'s: call a verb of the room that owns it, or give this room the right, with the reason.`;
  return `${where} writes ${table} without an audit entry: use recordChange's transaction (a parameter "tx: Transaction"), or, if it is no domain state, say why in unrecordedRights.`;
}

/** `lib/request/approve.ts` -> request; outside `lib/` the first folder. */
function roomOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "lib" ? second : first;
}
