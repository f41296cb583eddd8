import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqlAs } from "@/lib/testing/db";
import type { EmbeddedPostgres } from "./embedded";
import { startEmbedded } from "./embedded";
import { provision } from "./provision";

const database = "provisioned";
let folder: string;
let cluster: EmbeddedPostgres;

// A cluster of its own: roles and their passwords are the cluster's, and the other suites use theirs meanwhile.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trustdesk-provision-"));
  cluster = await startEmbedded({ folder, durable: false });
});
afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("provision", () => {
  it("makes a database ready for each role, once, however many start together", async () => {
    const options = {
      adminUrl: cluster.adminUrl,
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
      cluster.adminUrl.replace(/\/postgres$/, `/${database}`),
      "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'graphile_worker'",
    );
    expect(rows).toEqual([{ tableowner: "trustdesk_worker" }]);
  });
});
