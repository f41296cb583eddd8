import { GetAccountSummaryCommand, GetPolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Clock } from "@/lib/clock";
import type { AccountTest } from "@/lib/iam/account-test";
import type { AwsAccess, ReachableAccount } from "./access";
import { awsAccess, ownIdentity } from "./access";
import { awsFailure, isMissing } from "./failure";

export type AccountCheck = AccountTest["checks"][number];
export type AccountProbe = (account: ReachableAccount & { boundaryArn: string | null }) => Promise<AccountCheck[]>;

type Found = { ok: boolean; text: string };

/**
 * Tries the way to an account, step by step, and stops at the first step without which the next cannot be told:
 * the worker's identity, the spoke role, whose account it is, whether IAM can be read, and the boundary.
 */
export function accountProbe(clock: Clock): AccountProbe {
  return async (account) => {
    const access = awsAccess(account, { clock, purpose: "connection-test" });
    const steps: [AccountCheck["id"], () => Promise<Found>][] = [
      [
        "identity",
        async () =>
          passed(
            `The worker is ${(await ownIdentity(account.region).send(new GetCallerIdentityCommand({}))).Arn ?? "unknown"}.`,
          ),
      ],
      ["spoke-role", () => probeSpokeRole(account, access)],
      ["account", () => probeAccountId(account, access)],
      ["read-iam", () => probeSummary(access)],
      ["boundary", () => probeBoundary(account.boundaryArn, access)],
    ];
    const checks: AccountCheck[] = [];
    for (const [id, step] of steps) {
      const found = await step().catch((error: unknown) => failed(error));
      checks.push({ id, ...found });
      if (!found.ok) break;
    }
    return checks;
  };
}

async function probeSpokeRole(account: ReachableAccount, access: AwsAccess): Promise<Found> {
  if (!account.spokeRoleArn) return passed("No spoke role: the worker acts as itself.");
  await access.sts.send(new GetCallerIdentityCommand({}));
  return passed(`The worker assumed ${account.spokeRoleArn}${account.externalId ? " with its ExternalId" : ""}.`);
}

async function probeAccountId(account: ReachableAccount, access: AwsAccess): Promise<Found> {
  const { Account: reached } = await access.sts.send(new GetCallerIdentityCommand({}));
  if (reached === account.accountId) return passed(`It is account ${account.accountId}.`);
  return {
    ok: false,
    text: `The worker ends in account ${reached ?? "unknown"}, not in ${account.accountId}. Set the spoke role of the right account.`,
  };
}

async function probeSummary(access: AwsAccess): Promise<Found> {
  const { SummaryMap: summary = {} } = await access.iam.send(new GetAccountSummaryCommand({}));
  return passed(`IAM can be read: ${summary.Roles ?? 0} of ${summary.RolesQuota ?? 1000} roles.`);
}

async function probeBoundary(arn: string | null, access: AwsAccess): Promise<Found> {
  if (!arn) return passed("No default boundary is set.");
  try {
    await access.iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    return passed(`The boundary ${arn} exists.`);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { ok: false, text: `The boundary ${arn} does not exist in the account. Create it, or set another.` };
  }
}

function passed(text: string): Found {
  return { ok: true, text };
}

function failed(error: unknown): Found {
  const { message, todo } = awsFailure(error);
  return { ok: false, text: `${message} ${todo}` };
}
