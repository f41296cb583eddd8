import type { Clock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import { workersAlive } from "./heartbeat";

const patience = 20_000;

/** What to say when work waits since `since` and nobody is there to do it; null while it is early, or a worker lives. */
export async function waitingText(db: Database, since: Date, clock: Clock): Promise<string | null> {
  if (clock.now().getTime() - since.getTime() < patience) return null;
  if ((await workersAlive(clock, db)) > 0) return null;
  return "No worker is running: nothing reaches AWS until one is started (npm run worker).";
}
