import { readHealth } from "@/lib/api/read-health";

export const dynamic = "force-dynamic";

/** The process can do its work. */
export async function GET(): Promise<Response> {
  const health = await readHealth();
  return Response.json(health, { status: health.ok ? 200 : 503 });
}
