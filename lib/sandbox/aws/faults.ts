import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AwsError } from "./errors";

/** A failure that the next calls of an operation get. */
export const faultSchema = z.object({
  kind: z.enum(["throttle", "deny", "slow", "quota", "hold-before", "hold-after", "unavailable"]),
  /** An operation, e.g. CreateRole or PutObject; `*` is every one. */
  action: z.string().min(1),
  /** How many calls; absent: one for the holds, all for the others. */
  count: z.number().int().positive().optional(),
  /** Delay of "slow", in milliseconds. */
  ms: z.number().int().min(0).max(60_000).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** A call that is held: before its effect, or with its effect done and the answer withheld. */
export interface Hold {
  id: string;
  kind: "hold-before" | "hold-after";
  action: string;
  account: string | null;
  since: string;
}

export interface FaultedCall {
  action: string;
  account: string | null;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
  now: Date;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Throws, waits or holds, before the effect. Throws `ClientGone` when the client left meanwhile. */
  before(call: FaultedCall): Promise<void>;
  /** Holds the answer of a call whose effect is done. */
  after(call: FaultedCall): Promise<void>;
  holds(): Hold[];
  /** Lets one call go on, or all. */
  release(id?: string): number;
}

/** The client closed the connection of a held call: nobody reads the answer. */
export class ClientGone extends Error {}

export function createFaults(): Faults {
  let faults: (Fault & { count: number })[] = [];
  const held = new Map<string, { hold: Hold; go: () => void }>();
  const take = (action: string, kinds: readonly Fault["kind"][]): Fault | undefined => {
    const fault = faults.find((one) => kinds.includes(one.kind) && (one.action === action || one.action === "*"));
    if (fault) fault.count -= 1;
    faults = faults.filter(({ count }) => count > 0);
    return fault;
  };
  const holdCall = async (kind: Hold["kind"], { action, account, signal, now }: FaultedCall): Promise<void> => {
    const id = randomUUID();
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      held.set(id, { hold: { id, kind, action, account, since: now.toISOString() }, go: resolve });
    });
    held.delete(id);
    if (signal.aborted) throw new ClientGone();
  };
  return {
    add: (fault) => {
      faults.push({ ...fault, count: fault.count ?? (fault.kind.startsWith("hold") ? 1 : Number.POSITIVE_INFINITY) });
    },
    clear: () => {
      faults = [];
    },
    before: async (call) => {
      const fault = take(call.action, ["throttle", "deny", "slow", "quota", "hold-before", "unavailable"]);
      if (!fault) return;
      if (fault.kind === "hold-before") await holdCall("hold-before", call);
      else if (fault.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 3000));
      else throw failureOf(fault.kind, call.action);
    },
    after: async (call) => {
      if (take(call.action, ["hold-after"])) await holdCall("hold-after", call);
    },
    holds: () => [...held.values()].map(({ hold }) => hold),
    release: (id) => {
      const released = [...held.values()].filter(({ hold }) => id === undefined || hold.id === id);
      released.forEach(({ go }) => go());
      return released.length;
    },
  };
}

function failureOf(kind: Fault["kind"], action: string): AwsError {
  switch (kind) {
    case "throttle":
      return new AwsError(400, "Throttling", "Rate exceeded");
    case "deny":
      return new AwsError(
        403,
        "AccessDenied",
        `User is not authorized to perform: ${action} with an explicit deny in a service control policy`,
      );
    case "quota":
      return new AwsError(
        409,
        "LimitExceeded",
        action === "CreateOpenIDConnectProvider"
          ? "Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100"
          : "Cannot exceed quota for RolesPerAccount: 1000",
      );
    default:
      return new AwsError(503, "ServiceUnavailable", "The service is unavailable. Please try again later.");
  }
}
