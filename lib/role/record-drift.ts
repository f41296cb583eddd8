import type { Actor, AuditEvent } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Database, Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { forgetSnapshotsOfRoles } from "@/lib/snapshot/forget-snapshots";
import type { Observation } from "./observation";

interface LookContext {
  actor: Actor;
  clock: Clock;
  /** When AWS began to be read: whatever was applied since then is not judged by it. */
  lookedAt: Date;
}

/** Every role of the batch was changed meanwhile: there is nothing to say. */
class Overtaken extends Error {}

/** Roles with news in one transaction: each has an audit entry, and a transaction has 15 s. */
const batch = 100;

/**
 * Keeps what was observed. News goes through the audit, in batches; the rest only refreshes the observation, in one
 * statement. Roles that are being applied, or were since AWS was read, are left alone: they are looked at next time.
 */
export async function recordObservations(observations: readonly Observation[], context: LookContext): Promise<void> {
  const quiet = observations.filter(({ news }) => news === null);
  if (quiet.length > 0) await write(database(), quiet, context);
  const told = observations.filter(({ news }) => news !== null);
  for (let from = 0; from < told.length; from += batch) await recordNews(told.slice(from, from + batch), context);
}

async function recordNews(observations: readonly Observation[], context: LookContext): Promise<void> {
  try {
    await recordChange(context, async (tx) => {
      const written = await write(tx, observations, context);
      const [first, ...others] = observations.flatMap((observation) =>
        written.has(observation.role.id) ? eventOf(observation) : [],
      );
      if (!first) throw new Overtaken();
      await forgetSnapshotsOfRoles(tx, [...written]);
      return { value: null, audit: [first, ...others] };
    });
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
  }
}

function eventOf({ role, live, differences, dangers, news }: Observation): AuditEvent[] {
  if (!news) return [];
  const { projectId, projectPath, name: roleName, accountId, document } = role;
  const about = { projectId, projectPath, roleName, accountId, before: document, after: live };
  if (news === "drift-gone") return [{ action: news, ...about }];
  const danger = dangers.length > 0 ? [`What AWS holds is more dangerous: ${dangers.join(", ")}.`] : [];
  const detail = [...differences.map(({ sentence }) => sentence), ...danger].join(" ");
  return [{ action: news, ...about, detail }];
}

/** Writes observations, where nothing happened to the role since it was read; answers the ids of the roles written. */
async function write(
  db: Database | Transaction,
  observations: readonly Observation[],
  { lookedAt }: LookContext,
): Promise<Set<string>> {
  const rows = observations.map(({ role, live, liveState, differences }) => ({
    id: role.id,
    version: role.version,
    knownAt: role.known.checkedAt,
    liveState,
    live,
    lastUsedAt: live?.lastUsedAt ?? null,
    drift: differences.length === 0 ? null : differences,
  }));
  const written = await db.$queryRaw<{ id: string }[]>`
    UPDATE "Role" AS r
    SET "checkedAt" = ${lookedAt}::timestamptz, "liveState" = o."liveState", "live" = o."live", "drift" = o."drift",
        "lastUsedAt" = coalesce(o."lastUsedAt", r."lastUsedAt"),
        "driftSince" = CASE WHEN o."drift" IS NULL THEN NULL ELSE coalesce(r."driftSince", ${lookedAt}::timestamptz) END
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS o("id" text, "version" integer, "knownAt" timestamptz, "liveState" text, "live" json, "lastUsedAt" timestamptz, "drift" jsonb)
    WHERE r."id" = o."id" AND r."version" = o."version" AND r."removedAt" IS NULL AND r."checkedAt" IS NOT DISTINCT FROM o."knownAt"
      AND NOT EXISTS (
        SELECT 1 FROM "RoleRequest" q
        WHERE q."awsAccountId" = r."awsAccountId" AND lower(q."roleName") = lower(r."name")
          AND (q."state" = 'applying' OR q."finishedAt" >= ${lookedAt}::timestamptz))
    RETURNING r."id"`;
  return new Set(written.map(({ id }) => id));
}
