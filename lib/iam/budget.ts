import type { RawPolicy } from "./policy-schema";

/** Characters of a trust policy, as it is sent, as IAM counts them against the quota: white space does not count. */
export function trustLength(policy: RawPolicy): number {
  return countedLength(policy);
}

/** Characters of a role's inline policies together, as IAM counts them. */
export function inlineLength(policies: readonly RawPolicy[]): number {
  return policies.reduce((sum, policy) => sum + countedLength(policy), 0);
}

export interface Budget {
  label: string;
  used: number;
  limit: number;
  ok: boolean;
}

/** How much of the account's quotas the documents take, in characters. */
export function budgets(
  input: { trustPolicy: RawPolicy | null; inlinePolicies: readonly RawPolicy[] },
  quotas: { trustPolicy: number; inlinePolicies: number },
): Budget[] {
  const trust = input.trustPolicy ? trustLength(input.trustPolicy) : 0;
  const inline = inlineLength(input.inlinePolicies);
  return [
    { label: "Trust policy", used: trust, limit: quotas.trustPolicy, ok: trust <= quotas.trustPolicy },
    { label: "Inline policies", used: inline, limit: quotas.inlinePolicies, ok: inline <= quotas.inlinePolicies },
  ];
}

function countedLength(policy: RawPolicy): number {
  return JSON.stringify(policy).replace(/\s/g, "").length;
}
