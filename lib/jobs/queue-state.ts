import { database } from "@/lib/db/client";
import type { Database } from "@/lib/db/client";
import { jobNames } from "./definitions";

/** The jobs of one name, in numbers. */
export interface QueueState {
  job: string;
  waiting: number;
  running: number;
  /** Given up after the last try. */
  failed: number;
  /** Seconds since which the oldest waiting job could have begun; 0 without one. */
  oldestSeconds: number;
}

/** The queue in numbers, one row a job, zeros where nothing is queued. Only the worker's database role may read it. */
export async function queueState(db: Database = database()): Promise<QueueState[]> {
  const rows = await db.$queryRaw<QueueState[]>`
    SELECT task_identifier AS job,
      (count(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts))::integer AS waiting,
      (count(*) FILTER (WHERE locked_at IS NOT NULL))::integer AS running,
      (count(*) FILTER (WHERE locked_at IS NULL AND attempts >= max_attempts))::integer AS failed,
      coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now())), 0)::double precision AS "oldestSeconds"
    FROM graphile_worker.jobs GROUP BY task_identifier`;
  const none = { waiting: 0, running: 0, failed: 0, oldestSeconds: 0 };
  return jobNames.map((job) => rows.find((row) => row.job === job) ?? { job, ...none });
}
