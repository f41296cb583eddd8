import { auditSentence } from "@/lib/audit/model";
import type { Clock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { PortalRole } from "@/lib/identity/model";
import { accessLevels } from "@/lib/identity/model";
import { mayReadWholeAudit } from "./access";
import type { AuditEntryView, AuditFilter } from "./contract";

/** Which entries somebody may read: all, or those of some projects and those they caused themselves. */
export type AuditScope = { kind: "all" } | { kind: "projects"; confirmedSince: Date; personId: string };

export interface AuditVerdict {
  ok: boolean;
  /** How many entries are whole, from the first on. */
  entries: number;
  brokenAt: number | null;
  /** "gap", "prev-hash mismatch" or "row-hash mismatch". */
  reason: string | null;
  /** Hash of the last whole entry, hex: kept elsewhere, it shows later whether the end was cut off. */
  head: string | null;
}

interface Row {
  seq: bigint;
  id: string;
  at_text: string;
  actor_kind: AuditEntryView["actor"]["kind"];
  actor_name: string;
  actor_username: string | null;
  action: string;
  project_id: number | null;
  project_path: string | null;
  role_name: string | null;
  account_id: string | null;
  request_id: string | null;
  before: unknown;
  after: unknown;
  detail: string | null;
  hash: string;
  prev_hash: string;
}

/** What GitLab has not confirmed for this long opens nothing; project/sync-projects renews it far sooner. */
const trustedMilliseconds = 60 * 60_000;

/** What `person` may read; a member's projects are those they maintain according to the projection of the last hour. */
export function auditScope(person: { id: string; role: PortalRole }, clock: Clock): AuditScope {
  if (mayReadWholeAudit(person).ok) return { kind: "all" };
  return {
    kind: "projects",
    confirmedSince: new Date(clock.now().getTime() - trustedMilliseconds),
    personId: person.id,
  };
}

/** Entries within `scope` that pass `filter`, newest first; `nextCursor` continues after the last one. */
export async function listAudit(
  filter: AuditFilter,
  scope: AuditScope,
  db: Database = database(),
): Promise<{ rows: AuditEntryView[]; nextCursor: string | null }> {
  const conditions = [...scopeConditions(scope), ...filterConditions(filter)];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}`;
  const found = await db.$queryRaw<Row[]>`
    SELECT seq, id, at_text, actor_kind, actor_name, actor_username, action, project_id, project_path, role_name, account_id,
           request_id, before, after, detail, encode(hash, 'hex') AS hash, encode(prev_hash, 'hex') AS prev_hash
    FROM audit.entry ${where} ORDER BY seq DESC LIMIT ${filter.limit + 1}`;
  const rows = found.slice(0, filter.limit).map(view);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > filter.limit && last ? String(last.seq) : null };
}

/** An entry with everything that its hash is made of; `before` and `after` are the stored JSON, byte for byte. */
export interface ExportedEntry {
  seq: string;
  id: string;
  at: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  actorUsername: string | null;
  action: string;
  projectId: number | null;
  projectPath: string | null;
  roleName: string | null;
  accountId: string | null;
  requestId: string | null;
  before: string | null;
  after: string | null;
  detail: string | null;
  hash: string;
  prevHash: string;
}

/** The entries within `scope` that pass `filter`, oldest first, behind `after` and up to `upTo` (sequence numbers). */
export async function readAuditAfter(
  filter: AuditFilter,
  scope: AuditScope,
  { after, upTo, limit }: { after: bigint; upTo: bigint; limit: number },
  db: Database = database(),
): Promise<ExportedEntry[]> {
  const where = Prisma.join(
    [Prisma.sql`seq > ${after} AND seq <= ${upTo}`, ...scopeConditions(scope), ...filterConditions(filter)],
    " AND ",
  );
  return db.$queryRaw<ExportedEntry[]>`
    SELECT seq::text AS "seq", id::text AS "id", at_text AS "at", actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName", actor_username AS "actorUsername", action,
           project_id AS "projectId", project_path AS "projectPath", role_name AS "roleName", account_id AS "accountId", request_id AS "requestId",
           before::text AS "before", after::text AS "after", detail, encode(hash, 'hex') AS "hash", encode(prev_hash, 'hex') AS "prevHash"
    FROM audit.entry AS e WHERE ${where} ORDER BY e.seq LIMIT ${limit}`;
}

/** The last entry's sequence number, 0 when there is none. */
export async function lastSequence(db: Database = database()): Promise<bigint> {
  const [row] = await db.$queryRaw<{ last: bigint }[]>`SELECT coalesce(max(seq), 0) AS "last" FROM audit.entry`;
  return row?.last ?? 0n;
}

/** Walks the whole chain in the database. */
export async function verifyAudit(db: Database = database()): Promise<AuditVerdict> {
  const rows = await db.$queryRaw<{ entries: bigint; broken_at: bigint | null; reason: string | null; head: string }[]>`
    SELECT entries, broken_at, reason, encode(head, 'hex') AS head FROM audit.verify()`;
  const verdict = rows[0];
  if (!verdict) throw new Error("audit.verify() answered nothing.");
  const entries = Number(verdict.entries);
  return {
    ok: verdict.broken_at === null,
    entries,
    brokenAt: verdict.broken_at === null ? null : Number(verdict.broken_at),
    reason: verdict.reason,
    head: entries === 0 ? null : verdict.head,
  };
}

function scopeConditions(scope: AuditScope): Prisma.Sql[] {
  if (scope.kind === "all") return [];
  return [
    Prisma.sql`((actor_kind = 'person' AND actor_id = ${scope.personId}) OR EXISTS (
      SELECT 1 FROM "ProjectMembership" m WHERE m."personId" = ${scope.personId} AND m."projectId" = project_id
        AND m."accessLevel" >= ${accessLevels.maintainer} AND m."syncedAt" >= ${scope.confirmedSince}))`,
  ];
}

function filterConditions(filter: AuditFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (filter.person) conditions.push(Prisma.sql`actor_username = ${filter.person}`);
  if (filter.action) conditions.push(Prisma.sql`action = ${filter.action}`);
  // A project's path or a group's: everything below it belongs to it.
  if (filter.project)
    conditions.push(
      Prisma.sql`(project_path = ${filter.project} OR starts_with(project_path, ${`${filter.project}/`}))`,
    );
  if (filter.role) conditions.push(Prisma.sql`lower(role_name) = lower(${filter.role})`);
  if (filter.account) conditions.push(Prisma.sql`account_id = ${filter.account}`);
  if (filter.from) conditions.push(Prisma.sql`at >= ${filter.from}::date::timestamp AT TIME ZONE 'UTC'`);
  if (filter.to) conditions.push(Prisma.sql`at < (${filter.to}::date + 1)::timestamp AT TIME ZONE 'UTC'`);
  if (filter.seq) conditions.push(Prisma.sql`seq = ${filter.seq}`);
  if (filter.cursor && /^\d{1,18}$/.test(filter.cursor)) conditions.push(Prisma.sql`seq < ${BigInt(filter.cursor)}`);
  return conditions;
}

function view(row: Row): AuditEntryView {
  const told = {
    actor: { name: row.actor_name },
    action: row.action,
    projectPath: row.project_path,
    roleName: row.role_name,
    accountId: row.account_id,
    detail: row.detail,
  };
  return {
    seq: Number(row.seq),
    id: row.id,
    at: row.at_text,
    actor: { kind: row.actor_kind, name: row.actor_name, username: row.actor_username },
    action: row.action,
    sentence: auditSentence(told),
    projectId: row.project_id,
    projectPath: row.project_path,
    roleName: row.role_name,
    accountId: row.account_id,
    requestId: row.request_id,
    before: row.before,
    after: row.after,
    detail: row.detail,
    hash: row.hash,
    prevHash: row.prev_hash,
  };
}
