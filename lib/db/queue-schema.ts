import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { databaseRoles } from "./roles";

/** Connections that act as the worker's role, whatever role they log in as. */
export function workerPool(connectionString: string, max = 6): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, options: `-c role=${databaseRoles.worker}` });
  // A connection that breaks is replaced at the next query; the query that it broke throws by itself.
  pool.on("error", () => undefined).on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

/** Brings the queue's schema, made by migration 003, to Graphile Worker's version. Safe to run in parallel. */
export async function installQueue(workerUrl: string): Promise<void> {
  const pgPool = workerPool(workerUrl, 2);
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => undefined) });
  } finally {
    await pgPool.end();
  }
}
