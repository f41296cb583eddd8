import { canonicalJson } from "@/lib/iam/json";
import { asKept } from "@/lib/iam/normal-form";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { comparable, statementsOf } from "@/lib/iam/policy-schema";
import type { Change } from "./change";

/**
 * Whether two policies are written the same, as far as AWS keeps what is written; null stands for none. Planning compares
 * by it, and not by meaning: whoever changes the writing wants it written. Drift compares by meaning.
 */
export function samePolicyOrNone(left: RawPolicy | null, right: RawPolicy | null): boolean {
  if (left === null || right === null) return left === right;
  return canonicalJson(inOneShape(left)) === canonicalJson(inOneShape(right));
}

/** A policy in the one shape in which those that are the same to AWS, but for their writing, are equal. */
function inOneShape(policy: RawPolicy): unknown {
  const statements = statementsOf(policy).map(({ Principal, NotPrincipal, ...statement }) => ({
    ...statement,
    ...(Principal && { Principal: asKept(Principal) }),
    ...(NotPrincipal && { NotPrincipal: asKept(NotPrincipal) }),
  }));
  return comparable({ ...policy, Statement: statements });
}

/**
 * Of a role's tags those of the keys, in the keys' spelling: keys of role tags have no letter case (IAM user guide, "Tags
 * for IAM resources").
 */
export function tagsNamed(tags: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  const values = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.fromEntries(
    keys.flatMap((key): [string, string][] => {
      const value = values.get(key.toLowerCase());
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

interface HoldsPolicies {
  trustPolicy: RawPolicy;
  inlinePolicies?: Record<string, RawPolicy>;
}

/** Whether two roles, or parts of roles, are equal; their policies by what they say. */
export function sameRole(left: HoldsPolicies, right: HoldsPolicies): boolean {
  return canonicalJson(comparableRole(left)) === canonicalJson(comparableRole(right));
}

/** A change in the one shape in which those that do the same are equal. */
export function comparableChange(change: Change): unknown {
  switch (change.kind) {
    case "create-role":
      return { ...change, after: comparableRole(change.after) };
    case "adopt-role":
      return { ...change, before: comparableRole(change.before), after: comparableRole(change.after) };
    case "update-trust":
    case "put-inline-policy":
    case "delete-inline-policy":
      return {
        ...change,
        before: change.before && inOneShape(change.before),
        after: change.after && inOneShape(change.after),
      };
    default:
      return change;
  }
}

function comparableRole({ trustPolicy, inlinePolicies, ...role }: HoldsPolicies): unknown {
  return {
    ...role,
    trustPolicy: inOneShape(trustPolicy),
    inlinePolicies:
      inlinePolicies &&
      Object.fromEntries(Object.entries(inlinePolicies).map(([name, policy]) => [name, inOneShape(policy)])),
  };
}
