import type { RawPolicy } from "@/lib/iam/policy-schema";

/** An OIDC provider as AWS holds it. */
export interface ProviderState {
  arn: string;
  /** Without scheme, as AWS answers it. */
  url: string;
  audiences: string[];
  thumbprints: string[];
}

/** A role as AWS holds it, its policies as they were written. Times are ISO text. */
export interface RoleState {
  arn: string;
  name: string;
  path: string;
  /** AROA…: it changes when a role is deleted and made again. */
  uniqueId: string;
  trustPolicy: RawPolicy;
  description: string;
  maxSessionSeconds: number;
  boundaryArn: string | null;
  tags: Record<string, string>;
  createdAt: string;
  lastUsedAt: string | null;
  inlinePolicies: Record<string, RawPolicy>;
  /** ARNs of attached managed policies. */
  attachedPolicies: string[];
}

/** A role as somebody wants it, its policies as they are to be written. A version of a role is one of these, and nothing else. */
export interface RoleDocument {
  name: string;
  path: string;
  trustPolicy: RawPolicy;
  description: string;
  maxSessionSeconds: number;
  boundaryArn: string | null;
  tags: Record<string, string>;
  inlinePolicies: Record<string, RawPolicy>;
  /** ARNs of attached managed policies; absent means none. The form attaches none, but taking AWS's side may. */
  attachedPolicies?: string[];
}

/** The tag that proves which request made a role; it is added at the call, so that a plan's digest does not depend on it. */
export const applyTag = "trustdesk:apply";

/** What UpdateRole sets. */
export interface RoleSettings {
  description: string;
  maxSessionSeconds: number;
}

/**
 * One step between what AWS holds and what is wanted, with both sides. `keep-provider` and `adopt-role` are shown
 * and make no call: the first says what stays, the second that AWS's role becomes the recorded one.
 */
export type Change =
  | {
      kind: "create-provider";
      url: string;
      audiences: string[];
      arn: string;
      before: null;
      after: { url: string; audiences: string[] };
    }
  | {
      kind: "add-audience";
      arn: string;
      audience: string;
      before: { audiences: string[] };
      after: { audiences: string[] };
    }
  | { kind: "keep-provider"; arn: string; before: { audiences: string[] }; after: { audiences: string[] } }
  | { kind: "create-role"; arn: string; before: null; after: Omit<RoleDocument, "inlinePolicies" | "attachedPolicies"> }
  | {
      kind: "put-inline-policy";
      roleName: string;
      policyName: string;
      before: RawPolicy | null;
      after: RawPolicy;
    }
  | { kind: "update-trust"; roleName: string; before: RawPolicy; after: RawPolicy }
  | { kind: "update-role"; roleName: string; before: RoleSettings; after: RoleSettings }
  | { kind: "put-boundary"; roleName: string; before: string | null; after: string }
  | { kind: "delete-boundary"; roleName: string; before: string; after: null }
  /** Only the tags that get another value; `before` lacks those that are new. */
  | { kind: "tag-role"; roleName: string; before: Record<string, string>; after: Record<string, string> }
  | { kind: "delete-inline-policy"; roleName: string; policyName: string; before: RawPolicy; after: null }
  | { kind: "attach-policy"; roleName: string; policyArn: string; before: null; after: string }
  | { kind: "detach-policy"; roleName: string; policyArn: string; before: string; after: null }
  | { kind: "delete-role"; arn: string; roleName: string; before: { uniqueId: string; createdAt: string }; after: null }
  | { kind: "delete-provider"; arn: string; before: { audiences: string[] }; after: null }
  /** `uniqueId` differs when somebody deleted the recorded role and made another of its name. */
  | {
      kind: "adopt-role";
      arn: string;
      uniqueId: { before: string | null; after: string };
      before: RoleDocument;
      after: RoleDocument;
    };

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
  quotas: {
    trustPolicy: number;
    inlinePolicies: number;
    roles: number;
    rolesUsed: number;
    providers: number;
    providersUsed: number;
  };
  /** Names of the roles in the account that trust the provider, the role itself not counted; absent when it was not asked. */
  providerUsers?: string[];
  /** ISO time. */
  readAt: string;
}
