import { database } from "@/lib/db/client";
import { log } from "@/lib/log";

/** Whether the web can serve: its database answers. */
export async function readHealth(): Promise<{ ok: boolean; database: "ok" | "unreachable" }> {
  try {
    await database().$queryRaw`SELECT 1`;
    return { ok: true, database: "ok" };
  } catch (error) {
    log.warn({ err: error }, "the database does not answer");
    return { ok: false, database: "unreachable" };
  }
}
