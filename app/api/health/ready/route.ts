import { isEnding } from "@/lib/api/drain";
import { readHealth } from "@/lib/api/read-health";

export const dynamic = "force-dynamic";

/** The process can do its work, and was not asked to end. */
export async function GET(): Promise<Response> {
  if (isEnding()) return Response.json({ ok: false, ending: true }, { status: 503 });
  const health = await readHealth();
  return Response.json(health, { status: health.ok ? 200 : 503 });
}
