const workerArn = "arn:aws:iam::999900001111:user/trustdesk-worker";

/** The spoke role's trust: the worker, with the ExternalId agreed on. */
export const spokeTrust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: workerArn }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": "trustdesk-demo" } } }] };

const reads = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies", "iam:ListRoles", "iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviders", "iam:GetPolicy", "iam:GetAccountSummary", "iam:GetAccountAuthorizationDetails"];
const providerWrites = ["iam:CreateOpenIDConnectProvider", "iam:AddClientIDToOpenIDConnectProvider", "iam:TagOpenIDConnectProvider"];

/** Exactly the calls that Trustdesk makes. With a boundary: roles below /gitlab/ only, and only with that boundary. */
export function spokePolicy(accountId: string, boundaryArn: string | null): object {
  const roles = `arn:aws:iam::${accountId}:role/${boundaryArn ? "gitlab/*" : "*"}`;
  const bounded = boundaryArn ? { Condition: { StringEquals: { "iam:PermissionsBoundary": boundaryArn } } } : {};
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Read", Effect: "Allow", Action: reads, Resource: "*" },
      { Sid: "Provider", Effect: "Allow", Action: providerWrites, Resource: `arn:aws:iam::${accountId}:oidc-provider/*` },
      { Sid: "MakeRoles", Effect: "Allow", Action: ["iam:CreateRole", "iam:PutRolePolicy"], Resource: roles, ...bounded },
      { Sid: "TagRoles", Effect: "Allow", Action: "iam:TagRole", Resource: roles },
    ],
  };
}

/** A trust of the account's gitlab.com provider under a condition. */
export function webIdentityTrust(accountId: string, condition: Record<string, Record<string, string>>): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/gitlab.com` }, Action: "sts:AssumeRoleWithWebIdentity", Condition: condition }] };
}

/** ISO time without a fraction of a second. */
export function hoursBefore(now: Date, hours: number): string {
  return new Date(now.getTime() - hours * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
}
