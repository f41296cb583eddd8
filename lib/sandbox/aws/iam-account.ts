import { AwsError } from "./errors";
import { managedPolicyQuota, policiesPerAccount, policyFields } from "./iam-policies";
import { attachedPoliciesPerRole, attachmentFields, inlinePolicyQuota } from "./iam-role-policies";
import {
  boundaryFields,
  identityFields,
  lastUsedFields,
  rolesPerAccount,
  sortedRoles,
  trustPolicyQuota,
} from "./iam-roles";
import type { Call, Operations } from "./operation";
import { pageOf } from "./parameters";
import type { StoredAccount, StoredPolicy, StoredRole } from "./state";
import { tagFields } from "./tags";
import { awsManagedPolicies } from "./world";
import type { XmlFields } from "./xml";
import { encodedDocument, xmlMap } from "./xml";

const everything = (): { resource: string }[] => [{ resource: "*" }];
const filters = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

/** IAM's operations on the account as a whole (IAM API reference). */
export const accountOperations: Operations = {
  GetAccountSummary: { needs: everything, run: ({ account }) => ({ SummaryMap: xmlMap(summaryOf(account)) }) },
  ListAccountAliases: {
    needs: everything,
    run: ({ account }) => ({ AccountAliases: [account.alias], IsTruncated: false }),
  },
  GetAccountAuthorizationDetails: { needs: everything, run: authorizationDetails },
};

function summaryOf(account: StoredAccount): Record<string, number> {
  return {
    Roles: Object.keys(account.roles).length,
    RolesQuota: rolesPerAccount,
    Policies: Object.keys(account.policies).length,
    PoliciesQuota: policiesPerAccount,
    PolicySizeQuota: managedPolicyQuota,
    Providers: Object.keys(account.providers).length,
    AssumeRolePolicySizeQuota: trustPolicyQuota,
    RolePolicySizeQuota: inlinePolicyQuota,
    AttachedPoliciesPerRoleQuota: attachedPoliciesPerRole,
    VersionsPerPolicyQuota: 5,
    Users: 1,
    UsersQuota: 5000,
    Groups: 0,
    GroupsQuota: 300,
  };
}

/** Roles, then policies, in one sequence of pages. Roles have no Description and no MaxSessionDuration here. */
function authorizationDetails({ account, parameters }: Call): XmlFields {
  const asked = parameters.list("Filter");
  const stranger = asked.find((filter) => !filters.includes(filter));
  if (stranger !== undefined)
    throw new AwsError(
      400,
      "ValidationError",
      `1 validation error detected: Value '${stranger}' at 'filter' failed to satisfy constraint: Member must satisfy enum value set: [${filters.join(", ")}]`,
    );
  const wants = (filter: string): boolean => asked.length === 0 || asked.includes(filter);
  const roles = wants("Role") ? sortedRoles(account).map((role) => ({ role })) : [];
  const policies = [
    ...(wants("LocalManagedPolicy") ? Object.values(account.policies) : []),
    ...(wants("AWSManagedPolicy") ? awsManagedPolicies : []),
  ];
  const { items, fields } = pageOf<{ role: StoredRole } | { policy: StoredPolicy }>(
    [...roles, ...policies.map((policy) => ({ policy }))],
    parameters,
  );
  return {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: items.flatMap((item) => ("role" in item ? [roleDetail(account, item.role)] : [])),
    Policies: items.flatMap((item) => ("policy" in item ? [policyDetail(account, item.policy)] : [])),
    ...fields,
  };
}

function roleDetail(account: StoredAccount, role: StoredRole): XmlFields {
  return {
    ...identityFields(account, role),
    InstanceProfileList: [],
    RolePolicyList: Object.entries(role.inline).map(([PolicyName, document]) => ({
      PolicyName,
      PolicyDocument: encodedDocument(document),
    })),
    AttachedManagedPolicies: role.attached.map(attachmentFields),
    ...boundaryFields(role),
    ...tagFields(role.tags),
    RoleLastUsed: lastUsedFields(role),
  };
}

function policyDetail(account: StoredAccount, policy: StoredPolicy): XmlFields {
  const version = {
    Document: encodedDocument(policy.document),
    VersionId: "v1",
    IsDefaultVersion: true,
    CreateDate: policy.createdAt,
  };
  return { ...policyFields(account, policy), Tags: undefined, PolicyVersionList: [version] };
}
