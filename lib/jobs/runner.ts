import { EventEmitter } from "node:events";
import type { JobHelpers, LogLevel, TaskList, WorkerEvents } from "graphile-worker";
import { Logger, run } from "graphile-worker";
import type { Clock } from "@/lib/clock";
import { databaseAt } from "@/lib/db/client";
import { workerPool } from "@/lib/db/queue-schema";
import type { LogContext } from "@/lib/log";
import { log, requestIdFrom, withLogContext, withoutTokens } from "@/lib/log";
import { durations } from "@/lib/metrics";
import type { JobName, JobPayload } from "./definitions";
import { jobNames, jobs } from "./definitions";
import { requestIdField } from "./enqueue";
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
  /**
   * Takes no new jobs, lets running ones finish for at most `patience` milliseconds, and hands the others back to the
   * queue. Whoever calls must then end the process: what was handed back runs on in it.
   */
  stop(patience: number): Promise<void>;
}

const jobDurations = durations("trustdesk_job_duration_seconds", "Jobs that the worker did, each try by itself", [
  "job",
  "outcome",
]);

/**
 * Works off the queue, as the worker's role. A handler that throws is tried again, later each time, as often as
 * its definition says. Beats every 5 s, and frees what dead workers hold.
 */
export async function startRunner(options: {
  connectionString: string;
  clock: Clock;
  handlers: JobHandlers;
  concurrency?: number;
  crontab?: string;
}): Promise<Runner> {
  const db = databaseAt(options.connectionString);
  const pgPool = workerPool(options.connectionString);
  const workerIds = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  // The queue locks jobs by the pool's id, whichever of its workers does them.
  events.on("pool:create", ({ workerPool }) => void workerIds.add(workerPool.id));
  await unlockDeadWorkers(db, options.clock);
  const runner = await run({
    pgPool,
    taskList: taskList(options.handlers),
    concurrency: options.concurrency ?? 4,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: queueLogger(),
    events,
    crontab: options.crontab ?? "",
  });
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
    stop: async (patience) => {
      clearInterval(timer);
      if (await within(patience, runner.stop())) await pgPool.end();
      else log.warn("jobs that are not finished go back to the queue");
      await sayGoodbye(db, [...workerIds]);
    },
  };
}

function taskList(handlers: JobHandlers): TaskList {
  return Object.fromEntries(
    jobNames.map((name) => [name, (payload: unknown, helpers: JobHelpers) => handle(handlers, name, payload, helpers)]),
  );
}

async function handle<Name extends JobName>(
  handlers: JobHandlers,
  name: Name,
  queued: unknown,
  helpers: JobHelpers,
): Promise<void> {
  const { [requestIdField]: requestId, ...payload } = queued as Record<string, unknown>;
  const parsed = jobs[name].payload.parse(payload) as JobPayload<Name>;
  const { id: jobId, locked_by: workerId, attempts: attempt, max_attempts: most } = helpers.job;
  const about: LogContext = { job: name, jobId };
  if (typeof requestId === "string") about.requestId = requestIdFrom(requestId);
  if ("requestId" in parsed) about.roleRequestId = parsed.requestId;
  const work = () =>
    handlers[name](parsed, {
      workerId: workerId ?? "unknown",
      attempt,
      lastAttempt: attempt >= most,
      signal: helpers.abortSignal,
    });
  await withLogContext(about, () => logged(name, attempt, work));
}

async function logged(job: JobName, attempt: number, work: () => Promise<void>): Promise<void> {
  const stop = jobDurations.startTimer();
  log.info({ attempt }, "a job begins");
  try {
    await work();
    log.info({ attempt, seconds: stop({ job, outcome: "done" }) }, "a job is done");
  } catch (error) {
    log.warn({ attempt, seconds: stop({ job, outcome: "failed" }), err: error }, "a job could not be done this time");
    throw error;
  }
}

/** Whether `work` ends within so many milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

function queueLogger(): Logger {
  const levels: Record<`${LogLevel}`, "error" | "warn" | "info" | "debug"> = {
    error: "error",
    warning: "warn",
    info: "info",
    debug: "debug",
  };
  return new Logger(
    (scope) => (level, message) => log[level === "info" ? "debug" : levels[level]]({ scope }, withoutTokens(message)),
  );
}
