import { checkPermissionPolicy, quotaLength } from "./documents";
import { AwsError, noSuchEntity, quotaExceeded } from "./errors";
import type { Call, Operations } from "./operation";
import { checkText, pageOf } from "./parameters";
import type { StoredAccount, StoredPolicy } from "./state";
import { checkTags, tagFields } from "./tags";
import { awsManagedPolicies, managedPolicy, uniqueId } from "./world";
import type { XmlFields } from "./xml";
import { encodedDocument } from "./xml";

export const policiesPerAccount = 1500;
export const managedPolicyQuota = 6144;

const onPolicy = ({ parameters }: Call): { resource: string }[] => [{ resource: parameters.required("PolicyArn") }];

/** IAM's operations on managed policies (IAM API reference). Every policy has one version, `v1`. */
export const policyOperations: Operations = {
  CreatePolicy: {
    needs: ({ account, parameters }) => [
      { resource: newArn(account, parameters.optional("Path") ?? "/", parameters.required("PolicyName")) },
    ],
    run: createPolicy,
  },
  GetPolicy: { needs: onPolicy, run: (call) => ({ Policy: policyFields(call.account, policyOf(call)) }) },
  GetPolicyVersion: {
    needs: onPolicy,
    run: (call) => {
      const policy = policyOf(call);
      const version = call.parameters.required("VersionId");
      if (version !== "v1")
        throw noSuchEntity(`Policy ${policy.arn} version ${version} does not exist or is not attachable.`);
      return {
        PolicyVersion: {
          Document: encodedDocument(policy.document),
          VersionId: "v1",
          IsDefaultVersion: true,
          CreateDate: policy.createdAt,
        },
      };
    },
  },
  ListPolicies: {
    needs: ({ account }) => [{ resource: `arn:aws:iam::${account.id}:policy/` }],
    run: ({ account, parameters }) => {
      const scope = parameters.optional("Scope") ?? "All";
      const policies = [
        ...(scope === "AWS" ? [] : Object.values(account.policies)),
        ...(scope === "Local" ? [] : awsManagedPolicies),
      ];
      const { items, fields } = pageOf(policies, parameters);
      return { Policies: items.map((policy) => policyFields(account, policy)), ...fields };
    },
  },
};

/** A policy as answers show it, with how often it is attached and a boundary. */
export function policyFields(account: StoredAccount, policy: StoredPolicy): XmlFields {
  const roles = Object.values(account.roles);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: "v1",
    AttachmentCount: roles.filter(({ attached }) => attached.includes(policy.arn)).length,
    PermissionsBoundaryUsageCount: roles.filter(({ boundary }) => boundary === policy.arn).length,
    IsAttachable: true,
    Description: policy.description || undefined,
    CreateDate: policy.createdAt,
    UpdateDate: policy.createdAt,
    ...tagFields(policy.tags),
  };
}

function createPolicy({ account, parameters, world }: Call): XmlFields {
  const name = parameters.required("PolicyName");
  const path = parameters.optional("Path") ?? "/";
  const document = parameters.required("PolicyDocument");
  const tags = parameters.tags();
  checkText(name, "policyName", { least: 1, most: 128, pattern: /^[\w+=,.@-]+$/ });
  checkText(path, "path", { least: 1, most: 512, pattern: /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/ });
  checkTags(tags, { caseSensitive: true });
  checkPermissionPolicy(document);
  if (quotaLength(document) > managedPolicyQuota) throw quotaExceeded("PolicySize", managedPolicyQuota);
  if (Object.values(account.policies).some((policy) => policy.name.toLowerCase() === name.toLowerCase()))
    throw new AwsError(
      409,
      "EntityAlreadyExists",
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    );
  if (Object.keys(account.policies).length >= policiesPerAccount)
    throw quotaExceeded("PoliciesPerAccount", policiesPerAccount);
  const arn = newArn(account, path, name);
  const policy = {
    arn,
    name,
    path,
    id: uniqueId("ANPA"),
    description: parameters.optional("Description") ?? "",
    document,
    createdAt: world.now().toISOString(),
    tags,
  };
  account.policies[arn] = policy;
  return { Policy: { ...policyFields(account, policy), Description: undefined } };
}

function policyOf({ account, parameters }: Call): StoredPolicy {
  const arn = parameters.required("PolicyArn");
  const policy = managedPolicy(account, arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

function newArn(account: StoredAccount, path: string, name: string): string {
  return `arn:aws:iam::${account.id}:policy${path}${name}`;
}
