import { maintainsSomething } from "@/lib/account/open-accounts";
import { env } from "@/lib/env";
import { mustBeAllowed } from "@/lib/errors";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { mayReadAws } from "./access";
import { askSnapshot } from "./ask-snapshot";
import { snapshotContract } from "./contract";
import { snapshotAsSeenBy } from "./scope";

const authed = authedProcedures(snapshotContract);

export const snapshotProcedures = {
  snapshot: authed.snapshot.handler(async ({ input: { refresh, ...subject }, context: { signed, clock } }) => {
    mustBeAllowed(mayReadAws(signed.person, await maintainsSomething(signed, clock)));
    const answer = await askSnapshot({ ...subject, issuer: env.gitlabIssuer }, { refresh, clock });
    return { ...answer, snapshot: await snapshotAsSeenBy(signed, answer.snapshot, subject.awsAccountId, clock) };
  }),
};
