import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";

/** A failure that the next matching requests get. */
export const faultSchema = z.object({
  target: z.literal("gitlab"),
  kind: z.enum(["throttle-plain", "throttle-app", "down", "slow", "401"]),
  /** Path prefix, e.g. /api/v4/projects; everything but the control API when absent. */
  match: z.string().startsWith("/").optional(),
  /** How many requests fail; all when absent. */
  count: z.number().int().positive().optional(),
  /** Delay of "slow", in milliseconds. */
  ms: z.number().int().min(0).max(60_000).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  middleware: MiddlewareHandler;
}

/** Failures on demand for every route that is mounted after the middleware. */
export function createFaults(): Faults {
  let faults: Fault[] = [];
  const take = (path: string): Fault | null => {
    const fault = faults.find((one) => path.startsWith(one.match ?? "/"));
    if (!fault) return null;
    if (fault.count !== undefined) fault.count -= 1;
    faults = faults.filter((one) => one.count === undefined || one.count > 0);
    return fault;
  };
  return {
    add: (fault) => {
      faults.push({ ...fault });
    },
    clear: () => {
      faults = [];
    },
    middleware: async (c, next) => {
      const fault = take(new URL(c.req.url).pathname);
      if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 3000));
      if (!fault || fault.kind === "slow") return next();
      return failure(c, fault.kind);
    },
  };
}

/** The two forms of 429 (docs.gitlab.com/security/rate_limits): Rack::Attack's text, and an application limit's JSON. */
function failure(c: Context, kind: Exclude<Fault["kind"], "slow">): Response {
  switch (kind) {
    case "throttle-plain": {
      const reset = Math.floor(Date.now() / 1000) + 2;
      return c.text("Retry later\n", 429, {
        "Retry-After": "2",
        "RateLimit-Limit": "2000",
        "RateLimit-Name": "throttle_authenticated_api",
        "RateLimit-Observed": "2001",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": String(reset),
        "RateLimit-ResetTime": new Date(reset * 1000).toUTCString(),
      });
    }
    case "throttle-app":
      return c.json({ message: { error: "This endpoint has been requested too many times. Try again later." } }, 429);
    case "down":
      return c.html(
        "<html><head><title>GitLab is not responding (502)</title></head><body><h1>502</h1><p>Whoops, GitLab is taking too much time to respond.</p></body></html>",
        502,
      );
    case "401":
      return c.json({ message: "401 Unauthorized" }, 401);
  }
}
