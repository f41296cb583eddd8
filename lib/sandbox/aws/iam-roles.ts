import { checkTrustPolicy, quotaLength, storedDocument } from "./documents";
import { AwsError, noSuchEntity, quotaExceeded } from "./errors";
import type { Call, Needed, Operations } from "./operation";
import { checkText, pageOf } from "./parameters";
import { checkPrincipals } from "./principals";
import { onRole, onTaggedRole, roleOf } from "./role-access";
import type { StoredAccount, StoredRole } from "./state";
import { checkTags, mergedTags, requestTagKeys, tagFields } from "./tags";
import { arnOfRole, managedPolicy, trustSeenBySts, uniqueId } from "./world";
import type { XmlFields } from "./xml";
import { encodedDocument } from "./xml";

export const rolesPerAccount = 1000;
export const trustPolicyQuota = 2048;
const namePattern = /^[\w+=,.@-]+$/;
const pathPattern = /^(\/|\/[!-~]+\/)$/;
const descriptionPattern = /^[\t\n\r\x20-\x7E\xA1-\xFF]*$/;
const tagRule = { caseSensitive: false };

/** IAM's operations on roles (IAM API reference). */
export const roleOperations: Operations = {
  CreateRole: { needs: creationNeeds, run: createRole },
  GetRole: { needs: onRole, run: (call) => ({ Role: wholeRole(call.account, roleOf(call)) }) },
  ListRoles: {
    needs: ({ account, parameters }) => [
      { resource: `arn:aws:iam::${account.id}:role${parameters.optional("PathPrefix") ?? "/"}` },
    ],
    run: listRoles,
  },
  UpdateAssumeRolePolicy: {
    needs: onRole,
    run: (call) => {
      const role = roleOf(call);
      const trust = trustOf(call, "PolicyDocument");
      role.trustBefore = trustSeenBySts(call.world, role);
      role.trust = trust;
      role.changedAt = call.world.now().getTime();
      return undefined;
    },
  },
  UpdateRole: {
    needs: onRole,
    run: (call) => {
      const role = roleOf(call);
      role.maxSession = maxSessionOf(call);
      const description = call.parameters.optional("Description");
      if (description !== undefined) role.description = checkedDescription(description);
      return {};
    },
  },
  DeleteRole: {
    needs: onRole,
    run: (call) => {
      const role = roleOf(call);
      if (role.attached.length > 0)
        throw new AwsError(409, "DeleteConflict", "Cannot delete entity, must detach all policies first.");
      if (Object.keys(role.inline).length > 0)
        throw new AwsError(409, "DeleteConflict", "Cannot delete entity, must delete policies first.");
      delete call.account.roles[role.name.toLowerCase()];
      return undefined;
    },
  },
  TagRole: {
    needs: onTaggedRole,
    run: (call) => {
      const role = roleOf(call);
      const tags = call.parameters.tags();
      if (tags.length === 0) throw new AwsError(400, "InvalidInput", "Tags must not be empty.");
      checkTags(tags, tagRule);
      role.tags = mergedTags(role.tags, tags, tagRule);
      return undefined;
    },
  },
  UntagRole: {
    needs: (call) =>
      onRole(call).map((needed) => ({
        ...needed,
        context: { ...needed.context, "aws:TagKeys": call.parameters.list("TagKeys") },
      })),
    run: (call) => {
      const role = roleOf(call);
      const gone = new Set(call.parameters.list("TagKeys").map((key) => key.toLowerCase()));
      role.tags = role.tags.filter(({ Key }) => !gone.has(Key.toLowerCase()));
      return undefined;
    },
  },
  ListRoleTags: {
    needs: onRole,
    run: (call) => {
      const { items, fields } = pageOf(roleOf(call).tags, call.parameters);
      return { Tags: items.map(({ Key, Value }) => ({ Key, Value })), ...fields };
    },
  },
  PutRolePermissionsBoundary: {
    needs: (call) =>
      onRole(call).map((needed) => ({
        ...needed,
        context: { ...needed.context, "iam:PermissionsBoundary": call.parameters.required("PermissionsBoundary") },
      })),
    run: (call) => {
      roleOf(call).boundary = existingBoundary(call.account, call.parameters.required("PermissionsBoundary"));
      return undefined;
    },
  },
  DeleteRolePermissionsBoundary: {
    needs: onRole,
    run: (call) => {
      const role = roleOf(call);
      if (role.boundary === null) throw noSuchEntity(`The role with name ${role.name} has no permissions boundary.`);
      role.boundary = null;
      return undefined;
    },
  },
};

/** Fields that GetRole shows; `RoleLastUsed` stands there empty when the role was never used. */
function wholeRole(account: StoredAccount, role: StoredRole): XmlFields {
  return {
    ...creationFields(account, role),
    Description: role.description || undefined,
    MaxSessionDuration: role.maxSession,
    RoleLastUsed: lastUsedFields(role),
  };
}

/** Fields that CreateRole answers: no Description, no MaxSessionDuration. */
function creationFields(account: StoredAccount, role: StoredRole): XmlFields {
  return { ...identityFields(account, role), ...boundaryFields(role), ...tagFields(role.tags) };
}

export function identityFields(account: StoredAccount, role: StoredRole): XmlFields {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: arnOfRole(account, role),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodedDocument(role.trust),
  };
}

export function boundaryFields({ boundary }: StoredRole): XmlFields {
  return boundary === null
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary } };
}

export function lastUsedFields({ lastUsed }: StoredRole): XmlFields {
  return lastUsed === null ? {} : { LastUsedDate: lastUsed.at, Region: lastUsed.region };
}

function creationNeeds({ account, parameters }: Call): Needed[] {
  const resource = arnOfRole(account, {
    path: parameters.optional("Path") ?? "/",
    name: parameters.required("RoleName"),
  });
  const boundary = parameters.optional("PermissionsBoundary");
  const context = requestTagKeys(parameters.tags());
  const create: Needed = {
    resource,
    context: { ...context, ...(boundary ? { "iam:PermissionsBoundary": boundary } : {}) },
  };
  return [create, ...(parameters.tags().length > 0 ? [{ action: "iam:TagRole", resource, context }] : [])];
}

function createRole(call: Call): XmlFields {
  const { account, parameters, world } = call;
  const name = parameters.required("RoleName");
  const path = parameters.optional("Path") ?? "/";
  checkText(name, "roleName", { least: 1, most: 64, pattern: namePattern });
  checkText(path, "path", { least: 1, most: 512, pattern: pathPattern });
  const description = checkedDescription(parameters.optional("Description") ?? "");
  const maxSession = maxSessionOf(call);
  const tags = parameters.tags();
  checkTags(tags, tagRule);
  const trust = trustOf(call, "AssumeRolePolicyDocument");
  const boundaryArn = parameters.optional("PermissionsBoundary");
  const boundary = boundaryArn === undefined ? null : existingBoundary(account, boundaryArn);
  if (account.roles[name.toLowerCase()])
    throw new AwsError(409, "EntityAlreadyExists", `Role with name ${name} already exists.`);
  if (Object.keys(account.roles).length >= rolesPerAccount) throw quotaExceeded("RolesPerAccount", rolesPerAccount);
  const now = world.now();
  const role: StoredRole = {
    name,
    path,
    id: uniqueId("AROA"),
    createdAt: wholeSeconds(now),
    trust,
    trustBefore: null,
    changedAt: now.getTime(),
    description,
    maxSession,
    boundary,
    tags,
    inline: {},
    attached: [],
    lastUsed: null,
  };
  account.roles[name.toLowerCase()] = role;
  return { Role: creationFields(account, role) };
}

function listRoles({ account, parameters }: Call): XmlFields {
  const prefix = parameters.optional("PathPrefix") ?? "/";
  const roles = sortedRoles(account).filter(({ path }) => path.startsWith(prefix));
  const { items, fields } = pageOf(roles, parameters);
  return {
    Roles: items.map((role) => ({
      ...identityFields(account, role),
      Description: role.description || undefined,
      MaxSessionDuration: role.maxSession,
    })),
    ...fields,
  };
}

export function sortedRoles(account: StoredAccount): StoredRole[] {
  return Object.values(account.roles).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function trustOf({ parameters, world }: Call, parameter: string): string {
  const text = parameters.required(parameter);
  checkPrincipals(world, checkTrustPolicy(text));
  if (quotaLength(JSON.stringify(storedDocument(text))) > trustPolicyQuota)
    throw quotaExceeded("ACLSizePerRole", trustPolicyQuota);
  return text;
}

function maxSessionOf({ parameters }: Call): number {
  return parameters.integer("MaxSessionDuration", { least: 3600, most: 43_200, absent: 3600 });
}

function checkedDescription(text: string): string {
  checkText(text, "description", { most: 1000, pattern: descriptionPattern });
  return text;
}

function existingBoundary(account: StoredAccount, arn: string): string {
  if (!managedPolicy(account, arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return arn;
}

/** Roles' dates have no fraction of a second. */
function wholeSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
