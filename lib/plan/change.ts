import type { PolicyDocument, TrustPolicy } from "@/lib/iam/trust-policy";

/** An OIDC provider as AWS holds it. */
export interface ProviderState {
  arn: string;
  /** Without scheme, as AWS answers it. */
  url: string;
  audiences: string[];
  thumbprints: string[];
}

/** A role as AWS holds it. Times are ISO text. */
export interface RoleState {
  arn: string;
  name: string;
  path: string;
  /** AROA…: it changes when a role is deleted and made again. */
  uniqueId: string;
  trustPolicy: TrustPolicy;
  description: string;
  maxSessionSeconds: number;
  boundaryArn: string | null;
  tags: Record<string, string>;
  createdAt: string;
  lastUsedAt: string | null;
  inlinePolicies: Record<string, PolicyDocument>;
  /** ARNs of attached managed policies. */
  attachedPolicies: string[];
}

/** A role as somebody wants it. */
export interface RoleDocument {
  name: string;
  path: string;
  trustPolicy: TrustPolicy;
  description: string;
  maxSessionSeconds: number;
  boundaryArn: string | null;
  tags: Record<string, string>;
  inlinePolicies: Record<string, PolicyDocument>;
}

/** One step between what AWS holds and what is wanted, with both sides. `keep-provider` is shown and makes no call. */
export type Change =
  | { kind: "create-provider"; url: string; audiences: string[]; arn: string; before: null; after: { url: string; audiences: string[] } }
  | { kind: "add-audience"; arn: string; audience: string; before: { audiences: string[] }; after: { audiences: string[] } }
  | { kind: "keep-provider"; arn: string; before: { audiences: string[] }; after: { audiences: string[] } }
  | { kind: "create-role"; arn: string; before: null; after: Omit<RoleDocument, "inlinePolicies"> }
  | { kind: "put-inline-policy"; roleName: string; policyName: string; before: PolicyDocument | null; after: PolicyDocument };

/** What will be done, in order. It is shown, digested, stored, and then carried out as it stands. */
export interface Plan {
  accountId: string;
  roleArn: string;
  changes: Change[];
}

/** What AWS held when the worker read it: the account's part that a plan for one role depends on. */
export interface Snapshot {
  accountId: string;
  callerArn: string | null;
  provider: ProviderState | null;
  role: RoleState | null;
  /** Of the boundary that is wanted: none is wanted, it exists, or it does not. */
  boundary: "none" | "exists" | "missing";
  /** Lengths in characters without white space; the rest are counts. */
  quotas: { trustPolicy: number; inlinePolicies: number; roles: number; rolesUsed: number; providers: number; providersUsed: number };
  /** ISO time. */
  readAt: string;
}
