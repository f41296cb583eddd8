import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import pg from "pg";
import { migrate } from "./migrate";
import { installQueue } from "./queue-schema";
import type { DatabaseRole } from "./roles";
import { databaseRoles, ensureRoles, setPasswords, withDatabaseLock } from "./roles";

const provisionLock = 5210478;

/** Connection strings, one a role: `ownerUrl` for migrations, the others for the two processes. */
export interface DatabaseUrls {
  ownerUrl: string;
  webUrl: string;
  workerUrl: string;
}

/**
 * Makes database and roles ready on a cluster that we administer, and migrates. Passwords are generated once and
 * kept in `credentialsFile` (mode 600). `database` is `trustdesk` unless given. Safe to repeat and to run in parallel.
 */
export async function provision(options: {
  adminUrl: string;
  credentialsFile: string;
  database?: string;
}): Promise<DatabaseUrls> {
  const passwords = await readPasswords(options.credentialsFile);
  const database = options.database ?? "trustdesk";
  await provisionEmpty(options.adminUrl, database, passwords);
  const urls = urlsOf(options.adminUrl, database, passwords);
  await migrateDatabase(urls);
  return urls;
}

/** Brings a database to this version: roles if they can be created, migrations, queue. Returns the migrations applied. */
export async function migrateDatabase(options: { ownerUrl: string; workerUrl: string }): Promise<string[]> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await withDatabaseLock(client, provisionLock, () => ensureRoles(client));
  } finally {
    await client.end();
  }
  const applied = await migrate({ connectionString: options.ownerUrl });
  await installQueue(options.workerUrl);
  return applied;
}

/** Roles with passwords and an empty database that belongs to the owner. */
export async function provisionEmpty(
  adminUrl: string,
  database: string,
  passwords: Record<DatabaseRole, string>,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await withDatabaseLock(client, provisionLock, async () => {
      await ensureRoles(client);
      await setPasswords(client, passwords);
      const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
      if (rowCount === 0)
        await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${databaseRoles.owner}`);
      await closeToOthers(client, database);
    });
  } finally {
    await client.end();
  }
}

/** The connection strings of the three roles to `database` on the cluster of `adminUrl`. */
export function urlsOf(adminUrl: string, database: string, passwords: Record<DatabaseRole, string>): DatabaseUrls {
  const as = (role: DatabaseRole) => {
    const url = new URL(adminUrl);
    url.username = databaseRoles[role];
    url.password = passwords[role];
    url.pathname = `/${encodeURIComponent(database)}`;
    return url.href;
  };
  return { ownerUrl: as("owner"), webUrl: as("web"), workerUrl: as("worker") };
}

/** By default anybody may connect to a database; this leaves our three roles. */
export async function closeToOthers(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${Object.values(databaseRoles).join(", ")}`);
}

async function readPasswords(file: string): Promise<Record<DatabaseRole, string>> {
  const password = () => randomBytes(24).toString("hex");
  await mkdir(dirname(file), { recursive: true });
  // "wx": of two processes that start together one writes, the other reads.
  await writeFile(file, JSON.stringify({ owner: password(), web: password(), worker: password() }), {
    mode: 0o600,
    flag: "wx",
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return JSON.parse(await readFile(file, "utf8")) as Record<DatabaseRole, string>;
}
