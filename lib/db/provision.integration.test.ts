import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { sqlAs, testPasswords } from "@/lib/testing/db";
import { provision } from "./provision";
import { setPasswords } from "./roles";

const database = `provisioned_${process.pid}`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trustdesk-provision-"));
});
afterAll(async () => {
  await sqlAs(inject("databaseAdminUrl"), `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  const client = new pg.Client({ connectionString: inject("databaseAdminUrl") });
  await client.connect();
  await setPasswords(client, testPasswords); // roles are the cluster's: the other suites use these
  await client.end();
  await rm(folder, { recursive: true, force: true });
});

describe("provision", () => {
  it("makes a database ready for each role, once, however many start together", async () => {
    const options = {
      adminUrl: inject("databaseAdminUrl"),
      database,
      credentialsFile: join(folder, "credentials.json"),
    };
    const [urls, ...others] = await Promise.all([provision(options), provision(options), provision(options)]);
    expect(others).toEqual([urls, urls]);
    expect(await provision(options)).toEqual(urls);
    const roles = await Promise.all(
      Object.values(urls).map((url) => sqlAs<{ role: string }>(url, `SELECT current_user AS role`)),
    );
    expect(roles.flat().map(({ role }) => role)).toEqual(["trustdesk_owner", "trustdesk_web", "trustdesk_worker"]);
    expect((await stat(options.credentialsFile)).mode & 0o077).toBe(0);
    const migrations = (await readdir("prisma/migrations", { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    expect(await sqlAs(urls.ownerUrl, "SELECT count(*)::int AS migrations FROM _prisma_migrations")).toEqual([
      { migrations: migrations.length },
    ]);
  });

  it("gives the queue's tables to the worker, not to whoever installed them", async () => {
    const rows = await sqlAs(
      inject("databaseAdminUrl").replace(/\/postgres$/, `/${database}`),
      "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'graphile_worker'",
    );
    expect(rows).toEqual([{ tableowner: "trustdesk_worker" }]);
  });
});
