import type { Transaction } from "@/lib/db/client";
import { currentRequestId } from "@/lib/log";
import type { JobName, JobPayload } from "./definitions";
import { jobs } from "./definitions";

/** Stands beside a job's payload: the id of the web's request that queued it. */
export const requestIdField = "_requestId";

/**
 * Queues a job in the caller's transaction: if that is rolled back, there is no job.
 * `queueName` runs the jobs of one name one after another; `jobKey` replaces a waiting job of the same key.
 * The web's request under way travels with it, so that its log lines can be followed. Returns the job's number.
 */
export async function enqueue<Name extends JobName>(
  tx: Transaction,
  job: Name,
  payload: JobPayload<Name>,
  options: { queueName?: string; jobKey?: string } = {},
): Promise<bigint> {
  const definition = jobs[job];
  const text = JSON.stringify({
    ...definition.payload.parse(payload),
    [requestIdField]: currentRequestId() ?? undefined,
  });
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT app.enqueue(${job}, ${text}, ${options.queueName ?? null}, ${options.jobKey ?? null}, ${definition.maxAttempts}::integer) AS id`;
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`The job ${job} was not queued.`);
  return id;
}
