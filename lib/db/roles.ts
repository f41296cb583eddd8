import type { Client } from "pg";
import pg from "pg";

/** The three roles of the database, by what they may do. They are cluster-wide, hence not part of a migration. */
export const databaseRoles = { owner: "trustdesk_owner", web: "trustdesk_web", worker: "trustdesk_worker" } as const;
export type DatabaseRole = keyof typeof databaseRoles;

/** Runs `work` while no other process runs it on the same database; `key` names the work. */
export async function withDatabaseLock<T>(client: Client, key: number, work: () => Promise<T>): Promise<T> {
  await client.query("SELECT pg_advisory_lock($1)", [key]);
  try {
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [key]);
  }
}

/**
 * Creates the roles that are missing, without a password, and lets the caller's role act as each of them.
 * Throws an Error with the SQL to run when the caller may not create roles.
 */
export async function ensureRoles(client: Client): Promise<void> {
  for (const role of Object.values(databaseRoles)) {
    const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    if (rowCount === 0) await createRole(client, role);
  }
}

/** Gives each role its password and the right to log in, and lets the owner act as the worker. Takes an administrator. */
export async function setPasswords(client: Client, passwords: Record<DatabaseRole, string>): Promise<void> {
  for (const [name, role] of Object.entries(databaseRoles) as [DatabaseRole, string][]) {
    await client.query(
      `ALTER ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD ${pg.escapeLiteral(passwords[name])}`,
    );
  }
  // Migration 003 hands app.enqueue and the queue's schema to the worker.
  await client.query(`GRANT ${databaseRoles.worker} TO ${databaseRoles.owner}`);
}

async function createRole(client: Client, role: string): Promise<void> {
  try {
    await client.query(`CREATE ROLE ${role} NOLOGIN`);
    await client.query(`GRANT ${role} TO CURRENT_USER`);
  } catch (cause) {
    throw new Error(
      `The database role ${role} is missing and this connection may not create it. As an administrator run: CREATE ROLE ${role} LOGIN PASSWORD '…';`,
      { cause },
    );
  }
}
