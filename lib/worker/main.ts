import { systemClock } from "@/lib/clock";
import { disconnect, setDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { startRunner } from "@/lib/jobs/runner";
import { schedule } from "@/lib/jobs/schedule";
import { log } from "@/lib/log";
import { handlers } from "./handlers";
import { startMetricsServer } from "./metrics-server";

/** Runs until SIGTERM or SIGINT; jobs under way are then finished, or handed back to the queue when they take too long. */
async function main(): Promise<void> {
  setDatabase(env.workerDatabaseUrl);
  if (env.workerDatabaseUrl === env.databaseUrl)
    log.warn("TRUSTDESK_WORKER_DATABASE_URL is not set: the worker shares the web's database role");
  if (!env.gitlabBotToken)
    log.warn("TRUSTDESK_GITLAB_TOKEN is not set: rights are not asked again when a request is applied");
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, resolve);
  });
  const metrics = env.workerMetrics && (await startMetricsServer({ ...env.workerMetrics, token: env.metricsToken }));
  const runner = await startRunner({
    connectionString: env.workerDatabaseUrl,
    clock: systemClock,
    handlers: handlers(systemClock),
    crontab: schedule,
  });
  log.info({ metricsPort: metrics?.port }, "the worker is ready");
  log.info({ signal: await asked, seconds: env.shutdownSeconds }, "the worker finishes what it does");
  await runner.stop(env.shutdownSeconds * 1000);
  await metrics?.stop();
  await disconnect(env.workerDatabaseUrl);
  log.info("the worker has ended");
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    log.fatal({ err: error }, "the worker could not go on");
    process.exit(1);
  },
);
