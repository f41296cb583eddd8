import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { MakeGauge } from "@/lib/metrics";
import { metricsContentType, metricsRefusal, momentaryMetrics, processMetrics } from "@/lib/metrics";
import type { Installation } from "./read-installation";
import { readInstallation } from "./read-installation";

/** Answers what the web has measured and what its database knows of the installation, to who sends the metrics token. */
export async function answerMetrics(request: Request): Promise<Response> {
  const refusal = metricsRefusal(request.headers.get("authorization"), env.metricsToken);
  if (refusal)
    return new Response(`${refusal.reason}\n`, {
      status: refusal.status,
      headers: { "cache-control": "no-store", ...(refusal.status === 401 ? { "www-authenticate": "Bearer" } : {}) },
    });
  const text = `${await processMetrics()}\n${await installationMetrics()}`;
  return new Response(text, { headers: { "content-type": metricsContentType, "cache-control": "no-store" } });
}

async function installationMetrics(): Promise<string> {
  const installation = await readInstallation(systemClock).catch((error: unknown) => {
    log.error({ err: error }, "the installation could not be counted");
    return null;
  });
  return momentaryMetrics((gauge) => {
    gauge("trustdesk_database_up", "1 when the database answered").set(installation ? 1 : 0);
    if (installation) fill(gauge, installation);
  });
}

function fill(gauge: MakeGauge, { queue, requests, roles, workersAlive }: Installation): void {
  const jobs = gauge("trustdesk_queue_jobs", "Jobs in the queue; failed ones were given up after their last try", [
    "job",
    "state",
  ]);
  const oldestJob = gauge(
    "trustdesk_queue_oldest_waiting_seconds",
    "How long the oldest waiting job could have begun",
    ["job"],
  );
  for (const { job, waiting, running, failed, oldestSeconds } of queue) {
    for (const [state, count] of Object.entries({ waiting, running, failed })) jobs.set({ job, state }, count);
    oldestJob.set({ job }, oldestSeconds);
  }
  const byState = gauge("trustdesk_role_requests", "Role requests by state", ["state"]);
  const oldestRequest = gauge(
    "trustdesk_role_requests_oldest_seconds",
    "How long ago the oldest request of each state was made",
    ["state"],
  );
  for (const { state, count, oldestSeconds } of requests) {
    byState.set({ state }, count);
    oldestRequest.set({ state }, oldestSeconds);
  }
  gauge("trustdesk_roles", "IAM roles that Trustdesk manages").set(roles);
  gauge("trustdesk_workers_alive", "Workers that gave a sign of life within 30 seconds").set(workersAlive);
}
