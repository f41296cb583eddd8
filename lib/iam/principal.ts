import type { PolicyStatement } from "./policy-schema";
import { listOf } from "./policy-schema";
import type { Truth } from "./truth";
import { anyOf, not } from "./truth";

/** Who calls STS: a token of a provider, a principal of an account, a service of AWS, or somebody who signs nothing. */
export type Caller =
  | { kind: "federated"; providerArn: string }
  | { kind: "aws"; arn: string; account: string }
  | { kind: "service"; name: string }
  | { kind: "anonymous" };

/**
 * Whether a statement's principal covers the caller; null where AWS's pages do not say. Source: IAM user guide,
 * reference_policies_elements_principal and …_notprincipal.
 */
export function principalCovers({ Principal, NotPrincipal, Effect }: PolicyStatement, caller: Caller): Truth {
  if ((Principal === undefined) === (NotPrincipal === undefined)) return null;
  if (Principal !== undefined) return covers(Principal, caller, Effect);
  // "NotPrincipal with Allow" gives to everybody else, strangers too; new trusts with it are refused.
  if (NotPrincipal === undefined || Effect === "Allow") return null;
  return NotPrincipal === "*" ? false : not(excepted(NotPrincipal, caller));
}

type PrincipalElement = NonNullable<PolicyStatement["Principal"]>;

function covers(principal: PrincipalElement, caller: Caller, effect: "Allow" | "Deny"): Truth {
  if (principal === "*") return everybody(caller, effect);
  return anyOf(
    Object.entries(principal).flatMap(([kind, values]) =>
      listOf(values).map((value) => coversOne(kind, value, caller, effect)),
    ),
  );
}

/** "All principals" are denied by it; whether it lets a web identity or a service in, no page says and nobody recorded. */
function everybody(caller: Caller, effect: "Allow" | "Deny"): Truth {
  if (effect === "Deny") return true;
  return caller.kind === "aws" || caller.kind === "anonymous" ? true : null;
}

function coversOne(kind: string, value: string, caller: Caller, effect: "Allow" | "Deny"): Truth {
  switch (kind) {
    case "AWS":
      return value === "*" ? everyAccount(caller, effect) : caller.kind === "aws" && isAccountPrincipal(value, caller);
    case "Federated":
      return caller.kind === "federated" && isProvider(value, caller.providerArn);
    case "Service":
      return caller.kind === "service" && (value === "*" ? null : value.toLowerCase() === caller.name.toLowerCase());
    case "CanonicalUser":
      // A canonical id is an account by another name, which is not known here.
      return caller.kind === "aws" ? null : false;
    default:
      return null;
  }
}

/** `{"AWS": "*"}` lets no web identity in (recorded on AWS, 2026-09-11); whether it denies one, no page says. */
function everyAccount(caller: Caller, effect: "Allow" | "Deny"): Truth {
  if (caller.kind === "aws" || caller.kind === "anonymous") return true;
  return effect === "Allow" ? false : null;
}

/** A wildcard cannot match part of an ARN; one alone, and another letter case, are not settled. */
function isProvider(value: string, providerArn: string): Truth {
  if (value === providerArn) return true;
  return value === "*" || value.toLowerCase() === providerArn.toLowerCase() ? null : false;
}

/** An account's number or root stands for all of it; a role's ARN for its sessions too. Unique ids are not known here. */
function isAccountPrincipal(value: string, { arn, account }: { arn: string; account: string }): Truth {
  if (value === account || value === arn) return true;
  if (new RegExp(`^arn:[^:]+:iam::${account}:root$`).test(value)) return true;
  const [, session] = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  const [, ofAccount, role] = /^arn:[^:]+:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(value) ?? [];
  if (session !== undefined && ofAccount === account && role === session) return true;
  return /^A[A-Z]{2}A[A-Z0-9]{12,}$/.test(value) ? null : false;
}

/**
 * Whether NotPrincipal under Deny leaves the caller out. One of an account is left out for certain only where the account is
 * named too: "otherwise, the policy might deny access to the entire account".
 */
function excepted(principal: Exclude<PrincipalElement, "*">, caller: Caller): Truth {
  const named = covers(principal, caller, "Deny");
  if (named !== true || caller.kind !== "aws") return named;
  const root = { ...caller, arn: `arn:aws:iam::${caller.account}:root` };
  return covers(principal, root, "Deny") === true ? true : null;
}
