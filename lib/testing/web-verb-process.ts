import { systemClock } from "@/lib/clock";
import { setDatabase } from "@/lib/db/client";
import { approveRequest } from "@/lib/request/approve";
import { submitRequest } from "@/lib/request/submit";
import type { SubmitContext } from "@/lib/request/submit-context";

/** What the process shall do, as JSON in its first argument. */
export interface WebVerb {
  databaseUrl: string;
  person: SubmitContext["person"];
  actor: SubmitContext["actor"];
  verb: "submit" | "approve";
  input: unknown;
  /** What `submit` knows beside the input; its functions are made here. */
  live: Awaited<ReturnType<SubmitContext["liveProject"]>>;
  context: Pick<SubmitContext, "instanceId" | "issuer" | "portalClientId" | "platformGroup">;
}

const { databaseUrl, person, actor, verb, input, live, context } = JSON.parse(process.argv[2] ?? "") as WebVerb;
setDatabase(databaseUrl);
const as = { person, actor, clock: systemClock };
if (verb === "submit")
  await submitRequest(input, {
    ...as,
    ...context,
    liveProject: () => Promise.resolve(live),
    accessLevel: () => Promise.resolve(live.view.accessLevel),
  });
else
  await approveRequest(input, {
    ...as,
    stillStands: () => Promise.resolve({ ok: true }),
    liveProject: () => Promise.resolve(live),
  });
process.exit(0);
