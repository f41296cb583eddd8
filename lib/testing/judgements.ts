import { database } from "@/lib/db/client";
import { markVisible } from "@/lib/identity/mark-visible";
import type { Judgement } from "@/lib/judgement/judgement";
import type { VisibleRequest } from "@/lib/request/read";
import { readRequest } from "@/lib/request/read";
import type { VisibleRole } from "@/lib/role/read-role-to-check";
import { readRoleToCheck } from "@/lib/role/read-role-to-check";

/** What is said of rows that no test judges. */
export const unjudged: Judgement = {
  findings: [],
  grade: "safe",
  after: { kind: "refs", in: [], untold: [], asked: 0 },
  before: null,
};

/** The columns of a request's row that say so. */
export const saidNothing = {
  judgementDigest: "unjudged",
  judgements: {
    create: [
      {
        digest: "unjudged",
        planDigest: "0".repeat(64),
        plan: {},
        value: JSON.parse(JSON.stringify(unjudged)) as object,
        madeAt: new Date(0),
      },
    ],
  },
};

/** A request as the verbs take it, once the web has made sure that the person may see it. */
export async function visible(id: string, instanceId = "gitlab.test"): Promise<VisibleRequest> {
  return markVisible(await readRequest(database(), instanceId, id));
}

/** The same of a role. */
export async function visibleRole(id: string, instanceId = "gitlab.test"): Promise<VisibleRole> {
  return markVisible(await readRoleToCheck(database(), instanceId, id));
}
