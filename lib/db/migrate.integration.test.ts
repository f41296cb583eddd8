import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { migrate } from "./migrate";
import { migrateDatabase } from "./provision";

let db: TestDatabase;
let folder: string;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trustdesk-migrations-"));
  await sqlAs(db.ownerUrl, "DELETE FROM _prisma_migrations; DROP SCHEMA IF EXISTS m CASCADE; CREATE SCHEMA m");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}
const run = () => migrate({ connectionString: db.ownerUrl, folder });
const journal = () =>
  sqlAs(
    db.ownerUrl,
    "SELECT migration_name AS name, finished_at IS NOT NULL AS finished, logs FROM _prisma_migrations ORDER BY started_at",
  );

describe("migrate", () => {
  it("applies what is missing, in order, once", async () => {
    await add("002_second", "ALTER TABLE m.first ADD COLUMN b int;");
    await add("001_first", "CREATE TABLE m.first (a int);");
    expect(await run()).toEqual(["001_first", "002_second"]);
    await add("003_third", "ALTER TABLE m.first ADD COLUMN c int;");
    expect(await run()).toEqual(["003_third"]);
    expect(await run()).toEqual([]);
  });

  it("undoes a failing file as a whole, says why, and stays put until it is resolved", async () => {
    await add("001_first", "CREATE TABLE m.first (a int);");
    await add("002_broken", "CREATE TABLE m.half (a int); SELECT nonsense;");
    await add("003_later", "CREATE TABLE m.later (a int);");
    await expect(run()).rejects.toThrow(/002_broken failed: column "nonsense" does not exist/);
    await expect(run()).rejects.toThrow(/002_broken failed before \(column "nonsense"/);
    expect(await sqlAs(db.ownerUrl, "SELECT to_regclass('m.half') AS half, to_regclass('m.later') AS later")).toEqual([
      { half: null, later: null },
    ]);
    expect(await journal()).toMatchObject([
      { name: "001_first", finished: true },
      { name: "002_broken", finished: false },
    ]);
    await sqlAs(
      db.ownerUrl,
      "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '002_broken'",
    );
    await add("002_broken", "CREATE TABLE m.half (a int);");
    expect(await run()).toEqual(["002_broken", "003_later"]);
  });

  it("refuses a file that was edited after it was applied", async () => {
    await add("001_first", "CREATE TABLE m.first (a int);");
    await run();
    await add("001_first", "CREATE TABLE m.first (a int, b int);");
    await expect(run()).rejects.toThrow(/001_first was edited/);
  });

  it("applies each file once when several processes start together", async () => {
    await add("001_first", "CREATE TABLE m.first (a int); SELECT pg_sleep(0.05);");
    const applied = await Promise.all(Array.from({ length: 6 }, run));
    expect(applied.flat()).toEqual(["001_first"]);
  });
});

describe("migrateDatabase", () => {
  it("brings a database to this version with one role's connection for everything, several at once", async () => {
    const name = `single_${process.pid}`;
    await sqlAs(db.adminUrl, `CREATE DATABASE ${name}`);
    const url = new URL(db.adminUrl);
    url.pathname = `/${name}`;
    try {
      const applied = await Promise.all(
        Array.from({ length: 3 }, () => migrateDatabase({ ownerUrl: url.href, workerUrl: url.href })),
      );
      const folders = await readdir("prisma/migrations", { withFileTypes: true });
      expect(applied.flat()).toEqual(
        folders
          .filter((entry) => entry.isDirectory())
          .map((entry) => entry.name)
          .sort(),
      );
      const [job] = await sqlAs<{ id: string }>(
        url.href,
        "SELECT app.enqueue('test-account', '{}', null, null, 1) AS id",
      );
      expect(job?.id).toBeDefined();
    } finally {
      await sqlAs(db.adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    }
  });
});
