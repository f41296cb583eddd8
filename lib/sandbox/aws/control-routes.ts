import type { Context } from "hono";
import { Hono } from "hono";
import { z } from "zod";
import type { createCallLog } from "./call-log";
import type { Faults } from "./faults";
import { faultSchema } from "./faults";

export interface AwsControl {
  faults: Faults;
  calls: ReturnType<typeof createCallLog>;
  propagation: { ms: number };
}

const propagationSchema = z.object({ ms: z.number().int().min(0).max(600_000) });
const releaseSchema = z.object({ id: z.string().optional() });

/** Failures, holds and delays on demand. Never part of what a real AWS answers. */
export function controlRoutes({ faults, calls, propagation }: AwsControl): Hono {
  const app = new Hono();
  app.post("/faults", async (c) => {
    const fault = await body(c, faultSchema);
    if (fault instanceof Response) return fault;
    faults.add(fault);
    return c.json({ ok: true });
  });
  app.delete("/faults", (c) => {
    faults.clear();
    return c.json({ ok: true });
  });
  app.get("/holds", (c) => c.json(faults.holds()));
  app.post("/holds/release", async (c) => {
    const asked = await body(c, releaseSchema, {});
    if (asked instanceof Response) return asked;
    return c.json({ ok: true, released: faults.release(asked.id) });
  });
  app.post("/propagation", async (c) => {
    const asked = await body(c, propagationSchema);
    if (asked instanceof Response) return asked;
    propagation.ms = asked.ms;
    return c.json({ ok: true });
  });
  app.get("/calls", (c) => c.json(calls.list()));
  app.delete("/calls", (c) => {
    calls.clear();
    return c.json({ ok: true });
  });
  return app;
}

async function body<T>(c: Context, schema: z.ZodType<T>, absent: unknown = null): Promise<T | Response> {
  const parsed = schema.safeParse(await c.req.json().catch(() => absent));
  return parsed.success ? parsed.data : c.json({ error: z.prettifyError(parsed.error) }, 400);
}
