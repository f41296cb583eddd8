import { env } from "@/lib/env";
import { identityContract } from "./contract";
import { authedProcedures } from "./procedure-base";

const identity = authedProcedures(identityContract);

/** Who is signed in. */
export const identityProcedures = {
  me: identity.me.handler(({ context }) => ({
    person: context.signed.person,
    gitlab: { url: env.gitlabUrl, issuer: env.gitlabIssuer },
  })),
};
