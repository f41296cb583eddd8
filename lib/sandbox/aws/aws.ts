import { Hono } from "hono";
import type { JWK } from "jose";
import { seededAws } from "../company/aws-accounts";
import { createCallLog } from "./call-log";
import { controlRoutes } from "./control-routes";
import { createFaults } from "./faults";
import { answer } from "./requests";
import { openState } from "./state";
import { createWorld } from "./world";

export interface AwsSandboxOptions {
  /** JSON file that a restart finds; null or absent: memory only. */
  dataFile?: string | null;
  clock: () => Date;
  /** The stand-in for DNS and JWKS: the keys of an issuer URL, or null when it cannot be reached. */
  issuerKeys: (issuer: string) => Promise<{ keys: JWK[] } | null>;
  /** The issuer that the seeded spoke roles may make a provider for; absent: gitlab.com's. */
  trustedIssuer?: string;
  /** How long STS does not see a change of a role or provider, in milliseconds. */
  propagationMs: number;
}

/** The sandbox's AWS. */
export interface AwsSandbox {
  /** `POST /` is IAM and STS in the Query protocol, all else S3 with paths `/bucket/key`. */
  app: Hono;
  /** To be mounted outside of AWS's own paths: faults, holds, propagation, calls. */
  controlRoutes: Hono;
  /** Back to the seeded accounts: no faults, no calls, holds released, the first propagation delay. */
  reset(): void;
  /** Writes what is not written yet. */
  flush(): void;
}

export function createAwsSandbox(options: AwsSandboxOptions): AwsSandbox {
  const file = openState(options.dataFile ?? null, () =>
    seededAws(options.clock(), options.trustedIssuer ?? "https://gitlab.com"),
  );
  const propagation = { ms: options.propagationMs };
  const faults = createFaults();
  const calls = createCallLog();
  const world = createWorld(file, {
    now: options.clock,
    propagationMs: () => propagation.ms,
    issuerKeys: options.issuerKeys,
  });
  const app = new Hono();
  app.all("*", (c) => answer({ world, faults, calls }, c.req.raw));
  return {
    app,
    controlRoutes: controlRoutes({ faults, calls, propagation }),
    reset: () => {
      faults.clear();
      faults.release();
      calls.clear();
      propagation.ms = options.propagationMs;
      file.reset();
    },
    flush: () => file.flush(),
  };
}
