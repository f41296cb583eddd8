import type { Clock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import { database } from "@/lib/db/client";

/** How often a worker says that it lives, and after how long a silence it counts as dead. Milliseconds. */
export const heartbeat = { every: 5_000, deadAfter: 30_000 } as const;

/** How many workers beat within the last 30 s; 0 means that queued work waits. */
export async function workersAlive(clock: Clock, db: Database = database()): Promise<number> {
  return db.workerHeartbeat.count({ where: { beatAt: { gt: silentSince(clock) } } });
}

/** Says that the workers live. */
export async function beat(db: Database, clock: Clock, workerIds: readonly string[]): Promise<void> {
  const now = clock.now();
  for (const workerId of workerIds) {
    await db.workerHeartbeat.upsert({
      where: { workerId },
      create: { workerId, startedAt: now, beatAt: now },
      update: { beatAt: now },
    });
  }
}

/** Takes the workers off the list at an orderly end. Others may take up at once what they still hold. */
export async function sayGoodbye(db: Database, workerIds: readonly string[]): Promise<void> {
  await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${[...workerIds]}::text[])`;
  await db.workerHeartbeat.deleteMany({ where: { workerId: { in: [...workerIds] } } });
}

/**
 * Frees the jobs of workers silent for 30 s, so that others take them up; the queue alone would wait four hours.
 * Returns the ids of the dead.
 */
export async function unlockDeadWorkers(db: Database, clock: Clock): Promise<string[]> {
  const silent = silentSince(clock);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs
    WHERE locked_at < ${silent} AND locked_by NOT IN (SELECT "workerId" FROM "WorkerHeartbeat" WHERE "beatAt" > ${silent})`;
  const dead = rows.map((row) => row.id);
  if (dead.length > 0) await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${dead}::text[])`;
  await db.workerHeartbeat.deleteMany({ where: { beatAt: { lte: silent } } });
  return dead;
}

function silentSince(clock: Clock): Date {
  return new Date(clock.now().getTime() - heartbeat.deadAfter);
}
