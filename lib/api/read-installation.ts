import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { workersAlive } from "@/lib/jobs/heartbeat";
import { queueState } from "@/lib/jobs/queue-state";

/** What the database knows of the whole installation, in numbers. */
export interface Installation {
  queue: Awaited<ReturnType<typeof queueState>>;
  /** One row a state in which requests are; seconds since the oldest of them was made. */
  requests: { state: string; count: number; oldestSeconds: number }[];
  roles: number;
  workersAlive: number;
}

/** Counts the installation. Throws when the database does not answer. */
export async function readInstallation(clock: Clock): Promise<Installation> {
  const db = database();
  const [queue, states, roles, alive] = await Promise.all([
    queueState(db),
    db.roleRequest.groupBy({ by: ["state"], _count: true, _min: { createdAt: true }, orderBy: { state: "asc" } }),
    db.role.count(),
    workersAlive(clock, db),
  ]);
  const now = clock.now().getTime();
  const requests = states.map(({ state, _count: count, _min: { createdAt } }) => ({
    state,
    count,
    oldestSeconds: createdAt ? Math.max(0, (now - createdAt.getTime()) / 1000) : 0,
  }));
  return { queue, requests, roles, workersAlive: alive };
}
