import { execFileSync, spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlAs } from "@/lib/testing/db";
import { startEmbedded, stopEmbedded } from "./embedded";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trustdesk-embedded-"));
});
afterEach(async () => {
  await stopEmbedded(folder);
  await rm(folder, { recursive: true, force: true });
});

const pidFile = () => join(folder, "data", "postmaster.pid");
const postmaster = async () => Number((await readFile(pidFile(), "utf8")).split("\n")[0]);

/** Starts the cluster from another process, which is then killed without a chance to clean up. */
async function startAndKillParent(): Promise<string> {
  const parent = spawn(process.execPath, ["--import", "tsx", "scripts/postgres.ts", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((done) => createInterface({ input: parent.stdout }).once("line", done));
  const gone = new Promise((done) => parent.once("exit", done));
  parent.kill("SIGKILL");
  await gone;
  return url;
}

describe("startEmbedded", () => {
  it("keeps data over a stop and a start, and its password to itself", async () => {
    const first = await startEmbedded({ folder, durable: false });
    await sqlAs(first.adminUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    const second = await startEmbedded({ folder, durable: false });
    expect(second.reused).toBe(false);
    expect(await sqlAs(second.adminUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
    expect((await stat(join(folder, "admin-password"))).mode & 0o077).toBe(0);
    await expect(sqlAs(second.adminUrl.replace(/:[0-9a-f]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(/password/);
  });

  it("reuses what a killed parent left running, and stops it", async () => {
    const url = await startAndKillParent();
    const found = await startEmbedded({ folder });
    expect(found).toMatchObject({ reused: true, adminUrl: url });
    await found.stop();
    await expect(sqlAs(url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
  });

  it("starts after the cluster itself was killed", async () => {
    const first = await startEmbedded({ folder });
    await sqlAs(first.adminUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
    process.kill(await postmaster(), "SIGKILL");
    const second = await startEmbedded({ folder, durable: false });
    expect(second.reused).toBe(false);
    expect(await sqlAs(second.adminUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("starts although another program now has the number of the old process", async () => {
    await (await startEmbedded({ folder, durable: false })).stop();
    await writeFile(pidFile(), `${process.pid}\n${join(folder, "data")}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
    const again = await startEmbedded({ folder, durable: false });
    expect(again.reused).toBe(false);
    expect(await sqlAs(again.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it.runIf(process.getuid?.() === 0)(
    "runs for root in a folder that nobody else may enter, by either way",
    async () => {
      await chmod(folder, 0o700);
      const asRoot = await startEmbedded({ folder, durable: false });
      await sqlAs(asRoot.adminUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
      await asRoot.stop();
      execFileSync("chown", ["-R", "65534:65534", join(folder, "data")]);
      const asNobody = await startEmbedded({ folder, durable: false });
      expect(await sqlAs(asNobody.adminUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
      expect((await stat(pidFile())).uid).toBe(65534);
    },
  );

  it("says why it cannot start", async () => {
    await (await startEmbedded({ folder, durable: false })).stop();
    await writeFile(join(folder, "data", "postgresql.conf"), "no_such_setting = 1\n");
    await expect(startEmbedded({ folder })).rejects.toThrow(/no_such_setting/);
  });
});
