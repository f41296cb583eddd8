import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "../..");

export interface WorkerProcess {
  /** As `kill -9` does; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM) and answers its exit code. */
  end(): Promise<number | null>;
  /** What it has logged since its start, oldest first. */
  logged(): Record<string, unknown>[];
}

/** Starts the real worker in its own process; resolves when it says that it is ready, throws with its log when it ends before. */
export async function startWorker(environment: Record<string, string>): Promise<WorkerProcess> {
  const env = { ...process.env, TRUSTDESK_LOG_LEVEL: "info", ...environment };
  const child = spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  await ready(child, lines);
  const gone = once(child, "exit") as Promise<[number | null]>;
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    end: async () => {
      child.kill("SIGTERM");
      return (await gone)[0];
    },
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** Collects the output in `lines` until the end; resolves at the line that says so. */
async function ready(child: ChildProcess, lines: string[]): Promise<void> {
  if (!child.stdout) throw new Error("The worker has no output");
  const output = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    output.on("line", (line) => {
      lines.push(line);
      if (line.includes("the worker is ready")) resolve();
    });
    output.once("close", () => reject(new Error(`The worker ended before it was ready:\n${lines.join("\n")}`)));
  });
}
