import { z } from "zod";
import { contractBase as oc } from "@/lib/identity/contract-base";
import { failureSchema } from "@/lib/plan/failure";
import { snapshotSchema } from "@/lib/plan/schema";
import { snapshotInputSchema } from "./schema";

export const snapshotContract = {
  /** Asks the worker to read AWS when what we have is older than 10 s; answers what we have. Poll while `reading`. */
  snapshot: oc
    .route({ method: "GET", path: "/snapshots", tags: ["typing"], summary: "What AWS holds for one role name" })
    .input(snapshotInputSchema)
    .output(
      z.object({
        state: z.enum(["reading", "ready", "failed"]),
        snapshot: snapshotSchema.nullable(),
        failure: failureSchema.nullable(),
        readAt: z.string().nullable(),
        waiting: z.string().nullable(),
      }),
    ),
};
