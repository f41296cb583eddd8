import type { STSClient } from "@aws-sdk/client-sts";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { ReachableAccount } from "@/lib/aws/access";
import { awsAccess, ownIdentity } from "@/lib/aws/access";
import { awsFailure } from "@/lib/aws/failure";
import { creationProbe, liveReads } from "@/lib/aws/permission-probe";
import { spokeRolePolicies } from "@/lib/aws/spoke-policies";
import type { Clock } from "@/lib/clock";
import { evaluatePermissions } from "@/lib/iam/evaluate";
import type { PortalAccount } from "@/lib/iam/portal-policy";
import { portalRequests } from "@/lib/iam/portal-policy";
import type { Check } from "./check";
import { failed, ok, warning } from "./check";
import { clockCheck } from "./clock-check";

/** An account as the doctor needs it; rows of AwsAccount fit. */
export interface CheckedAccount extends ReachableAccount {
  name: string;
  defaultPath: string;
  boundaryArn: string | null;
  boundaryRequired: boolean;
}

const policyMend = (account: CheckedAccount) =>
  `Give the spoke role ${account.spokeRoleArn ?? ""} the policy of docs/iam/${account.boundaryRequired ? "spoke" : "spoke-without-boundary"}.json, whole.`;

/** The worker's identity and AWS's clock, then each account with each permission. Changes nothing; never throws. */
export async function awsChecks(accounts: readonly CheckedAccount[], issuer: string, clock: Clock): Promise<Check[]> {
  const sts = ownIdentity(accounts[0]?.region ?? process.env.AWS_REGION ?? "us-east-1");
  const date = dateOf(sts);
  try {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    const none =
      accounts.length === 0
        ? [
            warning(
              "aws: accounts",
              "Trustdesk knows no account.",
              "Add one on the page Accounts, or in TRUSTDESK_ACCOUNTS_FILE.",
            ),
          ]
        : [];
    const each = await Promise.all(accounts.map((account) => accountChecks(account, issuer, clock)));
    return [
      ok("aws: identity", `AWS knows the worker as ${Arn ?? "unknown"}.`),
      clockCheck("clock: aws", clock.now(), date()),
      ...none,
      ...each.flat(),
    ];
  } catch (error) {
    const told = date();
    return [refused("aws: identity", error), ...(told ? [clockCheck("clock: aws", clock.now(), told)] : [])];
  }
}

/** Notes the Date header of what the client is answered. */
function dateOf(sts: STSClient): () => Date | null {
  let date: string | undefined;
  sts.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = (result.response as { headers?: Record<string, string> }).headers?.["date"];
      return result;
    },
    { step: "deserialize", name: "noteDate", priority: "low" },
  );
  return () => (date === undefined ? null : new Date(date));
}

async function accountChecks(account: CheckedAccount, issuer: string, clock: Clock): Promise<Check[]> {
  const name = `aws ${account.name}`;
  const access = awsAccess(account, { clock, purpose: "doctor" });
  try {
    const { Account: reached } = await access.sts.send(new GetCallerIdentityCommand({}));
    if (reached !== account.accountId)
      return [
        failed(
          name,
          `the worker ends in account ${reached ?? "unknown"}, not in ${account.accountId}.`,
          "Set the spoke role of the right account.",
        ),
      ];
  } catch (error) {
    return [refused(name, error)];
  }
  const portal = portalAccount(account, issuer);
  const reached = ok(
    name,
    `reached ${account.accountId}${account.spokeRoleArn ? ` through ${account.spokeRoleArn}` : " as the worker itself"}.`,
  );
  const reads = await Promise.all(
    liveReads(access, portal).map(async ([action, read]) =>
      read().then(
        () => null,
        (error: unknown) => ({ ...refused(`${name}: ${action}`, error), mend: policyMend(account) }),
      ),
    ),
  );
  return [reached, ...reads.filter((check) => check !== null), ...(await permissionChecks(account, portal, access))];
}

/** Each permission by the spoke role's own policies, as AWS would read them, and the making of a role at AWS itself. */
async function permissionChecks(
  account: CheckedAccount,
  portal: PortalAccount,
  access: ReturnType<typeof awsAccess>,
): Promise<Check[]> {
  const name = `aws ${account.name}`;
  const mend = policyMend(account);
  if (!account.spokeRoleArn)
    return [
      warning(
        `${name}: permissions`,
        "without a spoke role they cannot be told beforehand.",
        "Use a spoke role (docs/deploy.md); what is missing then shows here, and not at the first request.",
      ),
    ];
  try {
    const { identity, boundary } = await spokeRolePolicies(access, account.spokeRoleArn);
    const doubts = portalRequests(portal).flatMap((request): Check[] => {
      const verdicts = [identity, ...(boundary ? [boundary] : [])].map((policies) =>
        evaluatePermissions(policies, request),
      );
      const worst =
        verdicts.find(({ verdict }) => verdict !== "allowed" && verdict !== "undecided") ??
        verdicts.find(({ verdict }) => verdict === "undecided");
      if (!worst) return [];
      const title = `${name}: ${request.action}`;
      return worst.verdict === "undecided"
        ? [warning(title, `whether it is allowed depends on the call: ${worst.why}`, mend)]
        : [failed(title, `the spoke role may not do it on ${request.resource}: ${worst.why}`, mend)];
    });
    const unique = doubts.filter((check, index) => doubts.findIndex((one) => one.name === check.name) === index);
    const denial = await creationProbe(access, portal);
    const live =
      denial === null || unique.length > 0
        ? []
        : [
            failed(
              `${name}: iam:CreateRole`,
              awsFailure(denial).message,
              "Something beside the spoke role's own policies refuses it, e.g. a service control policy: ask whoever runs the organization.",
            ),
          ];
    const all = portalRequests(portal).length;
    return unique.length + live.length > 0
      ? [...unique, ...live]
      : [
          ok(
            `${name}: permissions`,
            `all ${all} that Trustdesk needs are there, by the spoke role's own policies; nothing was changed.`,
          ),
        ];
  } catch (error) {
    return [{ ...refused(`${name}: permissions`, error), mend }];
  }
}

function portalAccount(account: CheckedAccount, issuer: string): PortalAccount {
  const { partition, accountId, spokeRoleArn, defaultPath: path, boundaryArn, boundaryRequired } = account;
  return {
    partition,
    accountId,
    spokeRoleArn: spokeRoleArn ?? `arn:${partition}:iam::${accountId}:role/none`,
    path,
    boundaryArn: boundaryRequired ? boundaryArn : null,
    issuer,
  };
}

function refused(name: string, error: unknown): Check {
  const { message, todo } = awsFailure(error);
  return failed(name, message, todo);
}
