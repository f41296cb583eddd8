import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded, stopEmbedded } from "@/lib/db/embedded";
import { readMigrations } from "@/lib/db/migrate";
import { migrateDatabase, provisionEmpty, urlsOf } from "@/lib/db/provision";
import { withDatabaseLock } from "@/lib/db/roles";
import { testPasswords } from "./db";

declare module "vitest" {
  interface ProvidedContext {
    databaseAdminUrl: string;
    databaseTemplate: string;
  }
}

const folderPrefix = "trustdesk-test-";
const templateLock = 5210479;

/** One cluster for the run, or the one of TEST_DATABASE_ADMIN_URL, with a migrated template database in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_ADMIN_URL;
  const folder = join(tmpdir(), `${folderPrefix}${process.pid}`);
  if (!given) await sweep();
  const cluster = given ? null : await startEmbedded({ folder, durable: false });
  const adminUrl = given ?? cluster?.adminUrl ?? "";
  project.provide("databaseAdminUrl", adminUrl);
  project.provide("databaseTemplate", await prepareTemplate(adminUrl));
  return async () => {
    await cluster?.stop();
    if (cluster) await rm(folder, { recursive: true, force: true });
  };
}

async function prepareTemplate(adminUrl: string): Promise<string> {
  const migrations = await readMigrations();
  const version = createHash("sha256")
    .update(migrations.map(({ checksum }) => checksum).join())
    .digest("hex")
    .slice(0, 12);
  const template = `trustdesk_template_${version}`;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await withDatabaseLock(client, templateLock, async () => {
      const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1 AND datistemplate", [
        template,
      ]);
      if (rowCount) return;
      await provisionEmpty(adminUrl, template, testPasswords);
      await migrateDatabase(urlsOf(adminUrl, template, testPasswords));
      await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
    });
  } finally {
    await client.end();
  }
  return template;
}

/** Ends and removes the clusters of runs that were killed. */
async function sweep(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(folderPrefix));
  for (const name of names.filter((candidate) => !alive(Number(candidate.slice(folderPrefix.length))))) {
    await stopEmbedded(join(tmpdir(), name)).catch(() => undefined);
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
