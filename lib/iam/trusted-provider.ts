import type { TrustPolicy } from "./policy-schema";
import { listOf } from "./policy-schema";
import type { KeyCondition } from "./subject-conditions";
import { positiveConditions } from "./subject-conditions";

/** ARNs of the OIDC providers that the policy lets in, as they stand in it, each once. */
export function trustedProviders({ Statement }: TrustPolicy): string[] {
  const allowing = Statement.filter(({ Effect }) => Effect === "Allow");
  return allowing
    .flatMap(({ Principal }) => (typeof Principal === "object" ? listOf(Principal["Federated"]) : []))
    .filter(isFirst);
}

/** The audiences that the policy holds a provider's tokens to, each once; empty where it names none. */
export function trustedAudiences(policy: TrustPolicy, providerArn: string): string[] {
  return audienceConditions(policy, providerArn)
    .flatMap(({ values }) => values)
    .filter(isFirst);
}

/** The audience to mint a token for: the preferred one, unless the policy takes only others. */
export function audienceFor(policy: TrustPolicy, providerArn: string, preferred: string): string {
  const trusted = trustedAudiences(policy, providerArn);
  return trusted.includes(preferred) ? preferred : (trusted[0] ?? preferred);
}

function audienceConditions(policy: TrustPolicy, providerArn: string): KeyCondition[] {
  const issuer = issuerOfProvider(providerArn);
  return issuer === null
    ? []
    : policy.Statement.filter(({ Effect }) => Effect === "Allow").flatMap((statement) =>
        positiveConditions(statement, issuer, "aud"),
      );
}

function isFirst<Value>(value: Value, index: number, all: readonly Value[]): boolean {
  return all.indexOf(value) === index;
}

/** The issuer (an https URL) that a provider's ARN names, or null when it is none. IAM keeps the URL without its scheme, which is always https. */
export function issuerOfProvider(providerArn: string): string | null {
  const [, urlPath] = providerArn.split(":oidc-provider/");
  return urlPath ? `https://${urlPath}` : null;
}
