import type { IAMClient } from "@aws-sdk/client-iam";
import {
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Clock } from "@/lib/clock";
import { providerArn } from "@/lib/iam/arn";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import type { RoleState, Snapshot } from "@/lib/plan/change";
import type { AwsAccess } from "./access";
import { readProvider } from "./provider-state";
import { providerUsers } from "./provider-users";
import { orNull, withPatience } from "./retry";
import { inlinePolicyOf, policyOf, roleFacts } from "./role-state";

/** What to look at: one role name, the provider of one issuer (an https URL), and maybe a boundary. */
export interface SnapshotQuestion {
  accountId: string;
  partition: string;
  roleName: string;
  issuer: string;
  boundaryArn: string | null;
  /** Read every role of the account to tell who else trusts the provider. */
  withProviderUsers?: boolean;
}

/** Reads AWS; verbs take it as an argument. */
export interface AwsReader {
  readSnapshot(question: SnapshotQuestion): Promise<Snapshot>;
}

/** A reader that acts through `access`. Errors are the SDK's own: `awsFailure` puts them into words. */
export function awsReader({ iam, sts }: AwsAccess, clock: Clock): AwsReader {
  return {
    readSnapshot: async (question) => {
      const caller = await withPatience(() => sts.send(new GetCallerIdentityCommand({})));
      const arn = providerArn({
        partition: question.partition,
        accountId: question.accountId,
        issuer: question.issuer,
      });
      const [provider, role, boundary, quotas] = await Promise.all([
        readProvider(iam, arn),
        readRole(iam, question.roleName),
        readBoundary(iam, question.boundaryArn),
        readQuotas(iam),
      ]);
      const users = question.withProviderUsers
        ? { providerUsers: (await providerUsers(iam, arn)).filter((name) => !isSameRole(name, question.roleName)) }
        : {};
      return {
        accountId: question.accountId,
        callerArn: caller.Arn ?? null,
        provider,
        role,
        boundary,
        quotas,
        ...users,
        readAt: clock.now().toISOString(),
      };
    },
  };
}

/** IAM's names of roles are unique without regard to case (IAM API: CreateRole). */
function isSameRole(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

async function readRole(iam: IAMClient, name: string): Promise<RoleState | null> {
  const found = await orNull(() => iam.send(new GetRoleCommand({ RoleName: name })));
  if (!found?.Role) return null;
  const [inlinePolicies, attachedPolicies] = await Promise.all([
    readInlinePolicies(iam, name),
    readAttachedPolicies(iam, name),
  ]);
  return { ...roleFacts(found.Role), inlinePolicies, attachedPolicies };
}

async function readInlinePolicies(iam: IAMClient, roleName: string): Promise<Record<string, RawPolicy>> {
  const policies: Record<string, RawPolicy> = {};
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName: roleName })) {
    for (const policyName of page.PolicyNames ?? []) {
      const found = await withPatience(() =>
        iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName: policyName })),
      );
      policies[policyName] = policyOf(found.PolicyDocument, inlinePolicyOf(roleName, policyName));
    }
  }
  return policies;
}

async function readAttachedPolicies(iam: IAMClient, roleName: string): Promise<string[]> {
  const arns: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName: roleName })) {
    arns.push(...(page.AttachedPolicies ?? []).flatMap((policy) => policy.PolicyArn ?? []));
  }
  return arns;
}

async function readBoundary(iam: IAMClient, arn: string | null): Promise<Snapshot["boundary"]> {
  if (!arn) return "none";
  return (await orNull(() => iam.send(new GetPolicyCommand({ PolicyArn: arn })))) ? "exists" : "missing";
}

/** GetAccountSummary's effective quotas; AWS's documented defaults where a key is absent (providers have none). */
async function readQuotas(iam: IAMClient): Promise<Snapshot["quotas"]> {
  const { SummaryMap: summary = {} } = await withPatience(() => iam.send(new GetAccountSummaryCommand({})));
  return {
    trustPolicy: summary.AssumeRolePolicySizeQuota ?? 2048,
    inlinePolicies: summary.RolePolicySizeQuota ?? 10_240,
    roles: summary.RolesQuota ?? 1000,
    rolesUsed: summary.Roles ?? 0,
    providers: 100,
    providersUsed: summary.Providers ?? 0,
  };
}
