import type { Database } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { jobNames } from "./definitions";

/** The jobs of one name, in numbers. */
interface QueueState {
  job: string;
  waiting: number;
  running: number;
  /** Given up after the last try. */
  failed: number;
  /** Seconds since which the oldest waiting job could have begun; 0 without one. */
  oldestSeconds: number;
}

/** The queue in numbers, one row a job, zeros where nothing is queued. It is all that the web may know of the queue. */
export async function queueState(db: Database = database()): Promise<QueueState[]> {
  const rows = await db.$queryRaw<
    QueueState[]
  >`SELECT job, waiting, running, failed, oldest_seconds AS "oldestSeconds" FROM app.queue_state()`;
  const none = { waiting: 0, running: 0, failed: 0, oldestSeconds: 0 };
  return jobNames.map((job) => rows.find((row) => row.job === job) ?? { job, ...none });
}
