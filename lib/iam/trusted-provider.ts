import { listOf } from "./policy-schema";
import type { TrustPolicy } from "./policy-schema";
import { positiveConditions } from "./subject-conditions";

/** ARNs of the OIDC providers that the policy lets in, as they stand in it, each once. */
export function trustedProviders({ Statement }: TrustPolicy): string[] {
  const allowing = Statement.filter(({ Effect }) => Effect === "Allow");
  return [...new Set(allowing.flatMap(({ Principal }) => (typeof Principal === "object" ? listOf(Principal["Federated"]) : [])))];
}

/** The audiences that the policy holds a provider's tokens to, each once; empty where it names none. */
export function trustedAudiences(policy: TrustPolicy, providerArn: string): string[] {
  const issuer = issuerOfProvider(providerArn);
  return issuer === null ? [] : [...new Set(policy.Statement.flatMap((statement) => positiveConditions(statement, issuer, "aud").flatMap(({ values }) => values)))];
}

/** The issuer (an https URL) that a provider's ARN names, or null when it is none. IAM keeps the URL without its scheme, which is always https. */
export function issuerOfProvider(providerArn: string): string | null {
  const [, urlPath] = providerArn.split(":oidc-provider/");
  return urlPath ? `https://${urlPath}` : null;
}
