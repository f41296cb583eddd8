import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

interface Recorded {
  pid: number;
  /** Start time from /proc, so that a recycled pid is never taken for ours; null where there is no /proc. */
  started: string | null;
  name: string;
}

/** Children of one demo: started, logged to `folder/<name>.log`, recorded, and ended together. */
export interface Processes {
  start(name: string, command: string, args: string[], environment: NodeJS.ProcessEnv): ChildProcess;
  /** Rejects with the end of the log as soon as one child ends by itself. */
  readonly firstDeath: Promise<never>;
  stop(): Promise<void>;
}

/** Ends what an earlier demo in `folder` left running (after a `kill -9`), by pid and start time. Gives the names ended. */
export async function endLeftovers(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, "processes.json"), "utf8").catch(() => "[]");
  const ended: string[] = [];
  for (const { pid, started, name } of JSON.parse(text) as Recorded[]) {
    if (started === null || startTime(pid) !== started) continue;
    process.kill(pid, "SIGTERM");
    await gone(pid, started);
    ended.push(name);
  }
  await writeFile(join(folder, "processes.json"), "[]");
  return ended;
}

/** Makes the set of children for a demo whose files are in `folder`. */
export function createProcesses(folder: string): Processes {
  const children = new Map<string, ChildProcess>();
  let stopping = false;
  let die: (reason: Error) => void = () => {};
  const firstDeath = new Promise<never>((_resolve, reject) => (die = reject));
  firstDeath.catch(() => {});

  const record = (): Promise<void> => {
    const rows: Recorded[] = [...children].flatMap(([name, { pid }]) =>
      pid ? [{ pid, started: startTime(pid), name }] : [],
    );
    return writeFile(join(folder, "processes.json"), JSON.stringify(rows));
  };

  return {
    firstDeath,
    start(name, command, args, environment) {
      const logFile = join(folder, `${name}.log`);
      // A group of its own: Ctrl-C reaches only the demo, which then ends its children in order.
      const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
      const output = createWriteStream(logFile, { mode: 0o600 });
      child.stdout.pipe(output, { end: false });
      child.stderr.pipe(output, { end: false });
      child.once("exit", (code, signal) => {
        children.delete(name);
        if (!stopping)
          die(
            new Error(
              `${name} ended by itself (${signal ?? `exit ${code}`}). The end of ${logFile}:\n${tail(logFile)}`,
            ),
          );
      });
      children.set(name, child);
      void record();
      return child;
    },
    async stop() {
      stopping = true;
      await Promise.all([...children.values()].map(endChild));
      await record();
    },
  };
}

/** A port on 127.0.0.1 that nobody listens on: `wanted` when it is free, or any for 0. Null when `wanted` is taken. */
export async function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 8_000);
  await exited;
  clearTimeout(patience);
}

async function gone(pid: number, started: string): Promise<void> {
  for (let attempt = 0; attempt < 80 && startTime(pid) === started; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (startTime(pid) === started) process.kill(pid, "SIGKILL");
}

/** Field 22 of /proc/PID/stat; null when there is no such process, it is a zombie, or there is no /proc. */
function startTime(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function tail(file: string): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-15).join("\n");
  } catch {
    return "(no log)";
  }
}
