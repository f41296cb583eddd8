import { systemClock } from "@/lib/clock";
import { setDatabase } from "@/lib/db/client";
import { markVisible } from "@/lib/identity/mark-visible";
import type { LiveProject } from "@/lib/judgement/project";
import type { ProjectView } from "@/lib/project/model";
import { approveRequest } from "@/lib/request/approve";
import type { SubmitContext } from "@/lib/request/submit";
import { submitRequest } from "@/lib/request/submit";
import { visible } from "./judgements";

/** What the process shall do, as JSON in its first argument. */
export interface WebVerb {
  databaseUrl: string;
  person: SubmitContext["person"];
  actor: SubmitContext["actor"];
  verb: "submit" | "approve";
  input: unknown;
  /** What `submit` knows beside the input; its functions are made here. */
  live: LiveProject<ProjectView>;
  context: Pick<SubmitContext, "instanceId" | "issuer" | "portalClientId" | "platformGroup">;
}

const { databaseUrl, person, actor, verb, input, live, context } = JSON.parse(process.argv[2] ?? "") as WebVerb;
setDatabase(databaseUrl);
const as = { person, actor, clock: systemClock };
if (verb === "submit")
  await submitRequest(input, {
    ...as,
    ...context,
    liveProject: () => Promise.resolve(markVisible(live)),
    recentProject: () => Promise.resolve(markVisible(live)),
    accessLevel: () => Promise.resolve(live.view.accessLevel),
  });
else
  await approveRequest(await visible((input as { id: string }).id), input, {
    ...as,
    stillStands: () => Promise.resolve({ ok: true }),
    liveProject: () => Promise.resolve(live),
  });
process.exit(0);
