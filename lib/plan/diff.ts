import { providerArn, roleArn } from "@/lib/iam/arn";
import { inlineLength, trustLength } from "@/lib/iam/budget";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { trustedAudiences, trustedProviders } from "@/lib/iam/trusted-provider";
import type { Change, Plan, ProviderState, RoleDocument, Snapshot } from "./change";

/** Why a plan cannot be made, and the form's field it belongs to. */
export type PlanProblem = {
  field: "roleName" | "boundary" | "trust" | "permissions" | "account";
  reason: string;
  roleArn?: string;
};

/** A plan, or what is in the way; with a problem that leaves the changes clear, they are shown all the same. */
export type Planned = { ok: true; plan: Plan } | { ok: false; problems: PlanProblem[]; plan: Plan | null };

/** A role that is wanted, and the provider it needs. */
export interface DesiredRole {
  accountId: string;
  partition: string;
  /** With scheme, e.g. https://gitlab.com */
  issuer: string;
  audience: string;
  role: RoleDocument;
}

/**
 * The changes that make a new role, against what AWS holds. The provider is shared: looked up, given the audience
 * where it lacks it, never made twice. A taken name is a problem and never overwritten.
 */
export function planRole(desired: DesiredRole, snapshot: Snapshot): Planned {
  const arn = arnOf(desired);
  const problems = [
    ...takenProblem(desired, snapshot),
    ...limitProblems(desired, snapshot),
    ...newRoleProblem(snapshot),
  ];
  const plan = {
    accountId: desired.accountId,
    roleArn: arn,
    changes: [...providerChanges(desired, snapshot), ...roleChanges(desired.role, arn)],
  };
  if (problems.length === 0) return { ok: true, plan };
  const cannotBe = snapshot.role !== null || snapshot.accountId !== desired.accountId;
  return { ok: false, problems, plan: cannotBe ? null : plan };
}

/** The ARN that the wanted role has. */
export function arnOf({ accountId, partition, role }: DesiredRole): string {
  return roleArn({ partition, accountId, path: role.path, name: role.name });
}

/** What has to happen to the account's provider, so that the role's trust works: nothing, an audience, or a new one. */
export function providerChanges(desired: DesiredRole, { provider }: Snapshot): Change[] {
  const { issuer, audience } = desired;
  const arn = providerArn(desired);
  if (!needsProvider(desired)) return [];
  if (!provider) {
    return [
      {
        kind: "create-provider",
        url: issuer,
        audiences: [audience],
        arn,
        before: null,
        after: { url: issuer, audiences: [audience] },
      },
    ];
  }
  const before = { audiences: provider.audiences };
  if (!lacksAudience(desired, provider)) return [{ kind: "keep-provider", arn: provider.arn, before, after: before }];
  return [
    {
      kind: "add-audience",
      arn: provider.arn,
      audience,
      before,
      after: { audiences: [...provider.audiences, audience] },
    },
  ];
}

/** Whether the wanted trust lets in tokens of the issuer at all. */
function needsProvider(desired: DesiredRole): boolean {
  return trustedProviders(readPolicy(desired.role.trustPolicy)).includes(providerArn(desired));
}

/** A trust that names other audiences only, or patterns, says nothing of this one; one that names none leaves it to the jobs. */
function lacksAudience(desired: DesiredRole, { audiences }: ProviderState): boolean {
  const { audience, role } = desired;
  const named = trustedAudiences(readPolicy(role.trustPolicy), providerArn(desired));
  return (named.length === 0 || named.includes(audience)) && !audiences.includes(audience);
}

/** Whether the account's provider takes any tokens that the trust policy does. While it does not, nobody gets in. */
export function takesTokens(
  provider: Pick<ProviderState, "audiences"> | null,
  trustPolicy: RawPolicy,
  arn: string,
): boolean {
  const audiences = trustedAudiences(readPolicy(trustPolicy), arn);
  return (
    provider !== null &&
    (audiences.length === 0 ||
      audiences.some((audience) => /[*?]/.test(audience) || provider.audiences.includes(audience)))
  );
}

function roleChanges({ inlinePolicies, attachedPolicies = [], ...role }: RoleDocument, arn: string): Change[] {
  const policies = Object.entries(inlinePolicies).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { kind: "create-role", arn, before: null, after: role },
    ...policies.map(
      ([policyName, after]): Change => ({
        kind: "put-inline-policy",
        roleName: role.name,
        policyName,
        before: null,
        after,
      }),
    ),
    ...[...attachedPolicies].sort().map(
      (policyArn): Change => ({
        kind: "attach-policy",
        roleName: role.name,
        policyArn,
        before: null,
        after: policyArn,
      }),
    ),
  ];
}

/** IAM's names of roles are unique without regard to case (IAM API: CreateRole). */
function takenProblem({ role: wanted }: DesiredRole, { role }: Snapshot): PlanProblem[] {
  if (!role) return [];
  const inCase = role.name === wanted.name ? "" : ", and for AWS names that differ in case alone are one";
  return [
    {
      field: "roleName",
      reason: `A role named ${role.name} exists in this account already${inCase}. Trustdesk does not overwrite it: choose another name.`,
      roleArn: role.arn,
    },
  ];
}

function newRoleProblem({ quotas }: Snapshot): PlanProblem[] {
  if (quotas.rolesUsed < quotas.roles) return [];
  return [{ field: "account", reason: `The account holds ${count(quotas.rolesUsed)} roles, which is its quota.` }];
}

/** What AWS would refuse of the wanted role whether it is made or changed: wrong account, missing boundary, quotas. */
export function limitProblems(desired: DesiredRole, snapshot: Snapshot): PlanProblem[] {
  const { accountId, role } = desired;
  const { quotas } = snapshot;
  const trust = trustLength(role.trustPolicy);
  const inline = inlineLength(Object.values(role.inlinePolicies));
  const newAudience = snapshot.provider !== null && lacksAudience(desired, snapshot.provider);
  const checks: (PlanProblem | false | null)[] = [
    snapshot.accountId !== accountId && {
      field: "account",
      reason: `AWS was read in account ${snapshot.accountId}, but the role is for ${accountId}.`,
    },
    role.boundaryArn !== null &&
      snapshot.boundary === "missing" && {
        field: "boundary",
        reason: `The boundary ${role.boundaryArn} does not exist in this account.`,
      },
    trust > quotas.trustPolicy && {
      field: "trust",
      reason: `The trust policy has ${count(trust)} characters without white space; this account allows ${count(quotas.trustPolicy)}. Choose fewer refs, or a pattern.`,
    },
    inline > quotas.inlinePolicies && {
      field: "permissions",
      reason: `The inline policies have ${count(inline)} characters without white space; this account allows ${count(quotas.inlinePolicies)}.`,
    },
    !snapshot.provider &&
      needsProvider(desired) &&
      quotas.providersUsed >= quotas.providers && {
        field: "account",
        reason: `The account holds ${count(quotas.providersUsed)} OIDC providers, which is its quota.`,
      },
    newAudience &&
      snapshot.provider !== null &&
      snapshot.provider.audiences.length >= audiencesPerProvider && {
        field: "account",
        reason: `The account's provider has ${audiencesPerProvider} audiences, which is IAM's limit.`,
      },
  ];
  return checks.filter((check) => check !== false && check !== null);
}

/** IAM's quota of client ids a provider; it cannot be raised. */
const audiencesPerProvider = 100;

function count(value: number): string {
  return value.toLocaleString("en");
}
