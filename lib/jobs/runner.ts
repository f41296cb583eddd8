import { EventEmitter } from "node:events";
import { Logger, run } from "graphile-worker";
import type { JobHelpers, LogLevel, TaskList, WorkerEvents } from "graphile-worker";
import type { Clock } from "@/lib/clock";
import { databaseAt } from "@/lib/db/client";
import { workerPool } from "@/lib/db/queue-schema";
import { log } from "@/lib/log";
import { jobNames, jobs } from "./definitions";
import type { JobName, JobPayload } from "./definitions";
import { beat, heartbeat, sayGoodbye, unlockDeadWorkers } from "./heartbeat";

/** What a handler knows beside its payload. */
export interface JobContext {
  workerId: string;
  /** 1 at the first try. */
  attempt: number;
  lastAttempt: boolean;
  /** Fires when the process is asked to stop. */
  signal: AbortSignal;
}

export type JobHandlers = { [Name in JobName]: (payload: JobPayload<Name>, context: JobContext) => Promise<void> };

export interface Runner {
  /** Lets running jobs finish, then ends. */
  stop(): Promise<void>;
}

/**
 * Works off the queue, as the worker's role. A handler that throws is tried again, later each time, as often as
 * its definition says. Beats every 5 s, and frees what dead workers hold.
 */
export async function startRunner(options: { connectionString: string; clock: Clock; handlers: JobHandlers; concurrency?: number }): Promise<Runner> {
  const db = databaseAt(options.connectionString);
  const pgPool = workerPool(options.connectionString);
  const workerIds = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => void workerIds.add(worker.workerId));
  await unlockDeadWorkers(db, options.clock);
  const runner = await run({ pgPool, taskList: taskList(options.handlers), concurrency: options.concurrency ?? 4, noHandleSignals: true, pollInterval: 1_000, logger: queueLogger(), events, crontab: "" });
  await beat(db, options.clock, [...workerIds]);
  const timer = setInterval(() => {
    keepAlive().catch((error: unknown) => log.error({ err: error }, "the worker could not write its heartbeat"));
  }, heartbeat.every);
  const keepAlive = async () => {
    await beat(db, options.clock, [...workerIds]);
    const dead = await unlockDeadWorkers(db, options.clock);
    if (dead.length > 0) log.warn({ dead }, "freed the jobs of workers that fell silent");
  };
  return {
    stop: async () => {
      clearInterval(timer);
      await runner.stop();
      await sayGoodbye(db, [...workerIds]);
      await pgPool.end();
    },
  };
}

function taskList(handlers: JobHandlers): TaskList {
  return Object.fromEntries(jobNames.map((name) => [name, (payload: unknown, helpers: JobHelpers) => handle(handlers, name, payload, helpers)]));
}

async function handle<Name extends JobName>(handlers: JobHandlers, name: Name, payload: unknown, helpers: JobHelpers): Promise<void> {
  const parsed = jobs[name].payload.parse(payload) as JobPayload<Name>;
  const { locked_by: workerId, attempts: attempt, max_attempts: most } = helpers.job;
  await handlers[name](parsed, { workerId: workerId ?? "unknown", attempt, lastAttempt: attempt >= most, signal: helpers.abortSignal });
}

function queueLogger(): Logger {
  const levels: Record<`${LogLevel}`, "error" | "warn" | "info" | "debug"> = { error: "error", warning: "warn", info: "info", debug: "debug" };
  return new Logger((scope) => (level, message) => log[level === "info" ? "debug" : levels[level]]({ scope }, message));
}
