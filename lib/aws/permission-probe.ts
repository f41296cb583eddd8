import {
  CreateRoleCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { providerArn } from "@/lib/iam/arn";
import type { PortalAccount } from "@/lib/iam/portal-policy";
import { managedTag } from "@/lib/iam/portal-policy";
import type { AwsAccess } from "./access";
import { errorCode, isMissing } from "./failure";
import { withPatience } from "./retry";

const probeName = "trustdesk-doctor-probe";

/** The account's reads, each as a call that answers little; what does not exist counts as read. */
export function liveReads(
  { iam }: AwsAccess,
  account: PortalAccount,
): [action: string, read: () => Promise<unknown>][] {
  const orMissing = (call: () => Promise<unknown>) => async (): Promise<unknown> => {
    try {
      return await withPatience(call);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };
  const { boundaryArn } = account;
  return [
    ["iam:GetRole", orMissing(() => iam.send(new GetRoleCommand({ RoleName: probeName })))],
    ["iam:GetAccountSummary", orMissing(() => iam.send(new GetAccountSummaryCommand({})))],
    [
      "iam:GetAccountAuthorizationDetails",
      orMissing(() => iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ["Role"], MaxItems: 1 }))),
    ],
    ["iam:ListRoles", orMissing(() => iam.send(new ListRolesCommand({ MaxItems: 1 })))],
    [
      "iam:GetOpenIDConnectProvider",
      orMissing(() =>
        iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn(account) })),
      ),
    ],
    ...(boundaryArn === null
      ? []
      : [
          ["iam:GetPolicy", () => withPatience(() => iam.send(new GetPolicyCommand({ PolicyArn: boundaryArn })))] as [
            string,
            () => Promise<unknown>,
          ],
        ]),
  ];
}

/**
 * Asks AWS to make a role whose trust policy is no policy: refused for its document when the call is allowed, and for
 * the permission when it is not, so that nothing is ever made. Answers the denial, or null.
 */
export async function creationProbe({ iam }: AwsAccess, { path, boundaryArn }: PortalAccount): Promise<unknown> {
  const command = new CreateRoleCommand({
    RoleName: probeName,
    Path: path,
    AssumeRolePolicyDocument: "{}",
    PermissionsBoundary: boundaryArn ?? undefined,
    Tags: [{ Key: managedTag.key, Value: managedTag.value }],
  });
  try {
    await withPatience(() => iam.send(command));
  } catch (error) {
    return errorCode(error) === "MalformedPolicyDocument" ? null : error;
  }
  return null;
}
