import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import type { Database } from "@/lib/db/client";
import { databaseAt, disconnect, setDatabase } from "@/lib/db/client";
import type { DatabaseUrls } from "@/lib/db/provision";
import { closeToOthers, urlsOf } from "@/lib/db/provision";
import type { DatabaseRole } from "@/lib/db/roles";
import { databaseRoles } from "@/lib/db/roles";

/** Passwords of the three roles on a test cluster. */
export const testPasswords: Record<DatabaseRole, string> = {
  owner: "test-owner",
  web: "test-web",
  worker: "test-worker",
};

export interface TestDatabase extends DatabaseUrls {
  /** The superuser's connection to this database: for attacks, never for the product. */
  adminUrl: string;
  /** The database as one of the product's roles sees it. */
  prismaAs(role: DatabaseRole): Database;
  /** Disconnects everybody and removes it: call it in afterAll. */
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database for one suite, copied from the template in some 30 ms. `database()` then answers
 * the web's view of it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const clusterUrl = inject("databaseAdminUrl");
  const name = `suite_${randomBytes(6).toString("hex")}`;
  await onCluster(clusterUrl, async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${inject("databaseTemplate")} OWNER ${databaseRoles.owner}`);
    await closeToOthers(client, name);
  });
  const urls = urlsOf(clusterUrl, name, testPasswords);
  const adminUrl = new URL(clusterUrl);
  adminUrl.pathname = `/${name}`;
  setDatabase(urls.webUrl);
  return {
    ...urls,
    adminUrl: adminUrl.href,
    prismaAs: (role) => databaseAt(urls[`${role}Url`]),
    drop: async () => {
      await Promise.all(Object.values(urls).map((url) => disconnect(url)));
      await onCluster(clusterUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** Runs SQL on its own connection, with whatever rights `connectionString` has. */
export async function sqlAs<Row extends pg.QueryResultRow>(
  connectionString: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return onCluster(connectionString, async (client) => (await client.query<Row>(sql, values)).rows);
}

async function onCluster<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
