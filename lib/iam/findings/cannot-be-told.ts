import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { evaluateTrust } from "../evaluate";
import { keysOfTheJob } from "../job-keys";
import type { TrustPolicy } from "../policy-schema";
import { trustedProviders } from "../trusted-provider";
import type { Check } from "./finding";

const namesAtMost = 3;

/** What a trust asks that Trustdesk does not evaluate, or that no token says before its job runs. Untold is never safe. */
export const cannotBeTold: Check = ({ trustPolicy, issuer }) => {
  const untold = untoldParts(trustPolicy, issuer);
  if (untold.length === 0) return null;
  const more = untold.length - namesAtMost;
  return {
    id: "cannot-be-told",
    severity: "caution",
    title: "Cannot be told",
    why: `Who gets in depends on ${untold.slice(0, namesAtMost).join(", ")}${more > 0 ? ` and ${more} more` : ""}. Trustdesk does not evaluate that, or only the running job tells it: more may get in than is said here, or fewer.`,
    mend: null,
    mendId: null,
    where: "who",
  };
};

/** Asked with a token that has every claim and matches nothing, so that only what depends on no value is left open. */
function untoldParts(policy: TrustPolicy, issuer: string): string[] {
  const suffix = `:oidc-provider/${providerUrlPath(issuer)}`;
  const trusted = trustedProviders(policy).filter((arn) => arn.endsWith(suffix));
  const providers = trusted.length > 0 ? trusted : [`arn:aws:iam::000000000000${suffix}`];
  const claims = { sub: "-", aud: "-", project_id: "0", namespace_id: "0", ref_protected: "false" };
  const unknownKeys = keysOfTheJob(issuer);
  const statements = providers.flatMap(
    (providerArn) => evaluateTrust(policy, { providerArn, issuer, claims, unknownKeys }).statements,
  );
  return [...new Set(statements.flatMap(({ untold }) => untold))];
}
