import { providerArn } from "./arn";
import type { AccessRequest } from "./evaluate";
import type { PolicyDocument, PolicyStatement } from "./policy-schema";

/** The tag by which IAM tells Trustdesk's roles from everybody else's. */
export const managedTag = { key: "trustdesk:managed", value: "true" } as const;

/** An account as Trustdesk's own permissions in it depend on it. */
export interface PortalAccount {
  partition: string;
  accountId: string;
  /** What the worker assumes there. */
  spokeRoleArn: string;
  /** Below which roles are made; begins and ends with a slash. */
  path: string;
  /** With one, roles are made and changed only under it; null: no boundary is asked for. */
  boundaryArn: string | null;
  /** With scheme, e.g. https://gitlab.com */
  issuer: string;
}

/** The identity policy of the worker: it may become the spoke roles, and nothing else. */
export function workerPolicy(spokeRoleArns: readonly string[]): PolicyDocument {
  return policyOf([{ Sid: "BecomeSpoke", Effect: "Allow", Action: "sts:AssumeRole", Resource: [...spokeRoleArns] }]);
}

/** The trust policy of a spoke role: the worker, with the ExternalId agreed on (IAM user guide, "Access for third parties"). */
export function spokeTrustPolicy({ workerArn, externalId }: { workerArn: string; externalId: string }): PolicyDocument {
  return policyOf([
    {
      Effect: "Allow",
      Principal: { AWS: workerArn },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": externalId } },
    },
  ]);
}

const readsOfRoles = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"];
const readsOfAccount = ["iam:GetAccountAuthorizationDetails", "iam:GetAccountSummary", "iam:ListRoles"];
const onProvider = [
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:CreateOpenIDConnectProvider",
  "iam:DeleteOpenIDConnectProvider",
  "iam:GetOpenIDConnectProvider",
];
/** What can give a role more: under the boundary where one is asked for. */
const widening = [
  "iam:AttachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];
const narrowing = ["iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:UpdateRole"];
const unbounding = "iam:DeleteRolePermissionsBoundary";

/**
 * The identity policy of a spoke role: exactly the calls that Trustdesk makes in the account, on roles below the path
 * that carry its tag, under the boundary, and on the one provider. Condition keys: service authorization reference,
 * IAM. A role that loses its tag is out of Trustdesk's reach until an administrator puts the tag back.
 */
export function spokePolicy(account: PortalAccount): PolicyDocument {
  const { partition, accountId, boundaryArn } = account;
  const iam = `arn:${partition}:iam::${accountId}`;
  const roles = `${iam}:role${account.path}*`;
  const bounded: Record<string, string> = boundaryArn === null ? {} : { "iam:PermissionsBoundary": boundaryArn };
  const asked = { [`aws:RequestTag/${managedTag.key}`]: managedTag.value };
  const carried = { [`aws:ResourceTag/${managedTag.key}`]: managedTag.value };
  const ownTags = { "ForAllValues:StringLike": { "aws:TagKeys": "trustdesk:*" } };
  const endings = boundaryArn === null ? [...narrowing, unbounding] : narrowing;
  return policyOf([
    { Sid: "ReadRoles", Effect: "Allow", Action: readsOfRoles, Resource: `${iam}:role/*` },
    { Sid: "ReadAccount", Effect: "Allow", Action: readsOfAccount, Resource: "*" },
    {
      Sid: "ReadBoundaries",
      Effect: "Allow",
      Action: "iam:GetPolicy",
      Resource: [`${iam}:policy/*`, `arn:${partition}:iam::aws:policy/*`],
    },
    { Sid: "Provider", Effect: "Allow", Action: onProvider, Resource: providerArn(account) },
    {
      Sid: "MakeRoles",
      Effect: "Allow",
      Action: "iam:CreateRole",
      Resource: roles,
      Condition: { StringEquals: { ...asked, ...bounded } },
    },
    {
      Sid: "TagWhatIsMade",
      Effect: "Allow",
      Action: "iam:TagRole",
      Resource: roles,
      Condition: { StringEquals: asked, ...ownTags },
    },
    {
      Sid: "TagOwnRoles",
      Effect: "Allow",
      Action: "iam:TagRole",
      Resource: roles,
      Condition: { StringEquals: carried, ...ownTags },
    },
    {
      Sid: "ChangeOwnRoles",
      Effect: "Allow",
      Action: widening,
      Resource: roles,
      Condition: { StringEquals: { ...carried, ...bounded } },
    },
    { Sid: "EndOwnRoles", Effect: "Allow", Action: endings, Resource: roles, Condition: { StringEquals: carried } },
    {
      Sid: "NotItself",
      Effect: "Deny",
      Action: ["iam:TagRole", ...widening, ...narrowing, unbounding],
      Resource: account.spokeRoleArn,
    },
  ]);
}

/** One request for each permission that Trustdesk needs in the account, as it makes them for a role of its own. */
export function portalRequests(account: PortalAccount): AccessRequest[] {
  const { partition, accountId, boundaryArn } = account;
  const iam = `arn:${partition}:iam::${accountId}`;
  const role = `${iam}:role${account.path}trustdesk-probe`;
  const bounded: Record<string, string> = boundaryArn === null ? {} : { "iam:PermissionsBoundary": boundaryArn };
  const tagged = { [`aws:ResourceTag/${managedTag.key}`]: managedTag.value, ...bounded };
  const asked = { [`aws:RequestTag/${managedTag.key}`]: managedTag.value, "aws:TagKeys": [managedTag.key] };
  const ask = (actions: readonly string[], resource: string, context: AccessRequest["context"] = {}) =>
    actions.map((action) => ({ action, resource, context }));
  return [
    ...ask(readsOfRoles, role, tagged),
    ...ask(readsOfAccount, "*"),
    ...ask(["iam:GetPolicy"], boundaryArn ?? `${iam}:policy/trustdesk-probe`),
    ...ask(onProvider, providerArn(account)),
    ...ask(["iam:CreateRole"], role, { ...asked, ...bounded }),
    ...ask(["iam:TagRole"], role, asked),
    ...ask(["iam:TagRole"], role, { ...tagged, "aws:TagKeys": ["trustdesk:owner"] }),
    ...ask(boundaryArn === null ? [...widening, ...narrowing, unbounding] : [...widening, ...narrowing], role, tagged),
  ];
}

function policyOf(Statement: PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement };
}
