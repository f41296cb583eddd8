import { canonicalJson } from "@/lib/iam/json";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { comparable, samePolicy } from "@/lib/iam/policy-schema";
import type { Change } from "./change";

/** Whether two policies say the same; null stands for none. */
export function samePolicyOrNone(left: RawPolicy | null, right: RawPolicy | null): boolean {
  return left === null || right === null ? left === right : samePolicy(left, right);
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
        before: change.before && comparable(change.before),
        after: change.after && comparable(change.after),
      };
    default:
      return change;
  }
}

function comparableRole({ trustPolicy, inlinePolicies, ...role }: HoldsPolicies): unknown {
  return {
    ...role,
    trustPolicy: comparable(trustPolicy),
    inlinePolicies:
      inlinePolicies &&
      Object.fromEntries(Object.entries(inlinePolicies).map(([name, policy]) => [name, comparable(policy)])),
  };
}
