import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";
import pg from "pg";
import { withDatabaseLock } from "./roles";

/** The advisory lock that Prisma's own schema engine takes, so that both can be used on one database. */
const prismaLock = 72707369;

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hex, as Prisma stores it. */
  checksum: string;
}

/** The migrations in `folder`, the project's unless given (one folder each with a migration.sql), in the order of their names. */
export async function readMigrations(folder = "prisma/migrations"): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/**
 * Applies the migrations that the database lacks, as `prisma migrate deploy` does: same table, checksum and lock.
 * Returns their names. Throws an Error when one fails, failed before, or was edited after it was applied.
 */
export async function migrate(options: { connectionString: string; folder?: string }): Promise<string[]> {
  const migrations = await readMigrations(options.folder);
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
  try {
    return await withDatabaseLock(client, prismaLock, () => applyMissing(client, migrations));
  } finally {
    await client.end();
  }
}

async function applyMissing(client: Client, migrations: Migration[]): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
  const { rows } = await client.query<{
    migration_name: string;
    checksum: string;
    finished_at: Date | null;
    logs: string | null;
  }>("SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL");
  const failed = rows.find((row) => row.finished_at === null);
  if (failed)
    throw new Error(
      `Migration ${failed.migration_name} failed before (${failed.logs ?? "it was interrupted"}). Mend its cause, then: npx prisma migrate resolve --rolled-back ${failed.migration_name}`,
    );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const edited = migrations.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum);
  if (edited)
    throw new Error(
      `Migration ${edited.name} was edited after it was applied to this database: restore the file, and put the change into a new migration.`,
    );
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)", [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(sql); // without parameters the whole file is one implicit transaction
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, message]);
    throw new Error(`Migration ${name} failed: ${message}`, { cause });
  }
  await client.query("UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1", [id]);
}
