import { checkPermissionPolicy, quotaLength } from "./documents";
import { AwsError, noSuchEntity } from "./errors";
import type { Call, Needed, Operations } from "./operation";
import { checkText, pageOf } from "./parameters";
import { onRole, roleOf } from "./role-access";
import { managedPolicy } from "./world";
import { encodedDocument } from "./xml";

export const inlinePolicyQuota = 10_240;
export const attachedPoliciesPerRole = 10;
const namePattern = /^[\w+=,.@-]+$/;

/** IAM's operations on the policies of a role: inline ones and attachments (IAM API reference). */
export const rolePolicyOperations: Operations = {
  PutRolePolicy: { needs: onRole, run: putRolePolicy },
  GetRolePolicy: {
    needs: onRole,
    run: (call) => {
      const { role, name, document } = inlinePolicy(call);
      return { RoleName: role.name, PolicyName: name, PolicyDocument: encodedDocument(document) };
    },
  },
  ListRolePolicies: {
    needs: onRole,
    run: (call) => {
      const { items, fields } = pageOf(Object.keys(roleOf(call).inline).sort(), call.parameters);
      return { PolicyNames: items, ...fields };
    },
  },
  DeleteRolePolicy: {
    needs: onRole,
    run: (call) => {
      const { role, name } = inlinePolicy(call);
      delete role.inline[name];
      return undefined;
    },
  },
  AttachRolePolicy: { needs: attachmentNeeds, run: attachRolePolicy },
  DetachRolePolicy: {
    needs: attachmentNeeds,
    run: (call) => {
      const role = roleOf(call);
      const arn = call.parameters.required("PolicyArn");
      if (!role.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
      role.attached = role.attached.filter((one) => one !== arn);
      return undefined;
    },
  },
  ListAttachedRolePolicies: {
    needs: onRole,
    run: (call) => {
      const { items, fields } = pageOf(roleOf(call).attached, call.parameters);
      return { AttachedPolicies: items.map((arn) => attachmentFields(arn)), ...fields };
    },
  },
};

export function attachmentFields(arn: string): { PolicyName: string; PolicyArn: string } {
  return { PolicyName: arn.split("/").at(-1) ?? "", PolicyArn: arn };
}

function attachmentNeeds(call: Call): Needed[] {
  const policyArn = call.parameters.required("PolicyArn");
  return onRole(call).map((needed) => ({ ...needed, context: { ...needed.context, "iam:PolicyARN": policyArn } }));
}

/** Puts or replaces; the quota is of all inline policies of the role together. */
function putRolePolicy(call: Call): undefined {
  const role = roleOf(call);
  const name = call.parameters.required("PolicyName");
  const document = call.parameters.required("PolicyDocument");
  checkText(name, "policyName", { least: 1, most: 128, pattern: namePattern });
  checkPermissionPolicy(document);
  const inline = { ...role.inline, [name]: document };
  const length = Object.values(inline).reduce((sum, text) => sum + quotaLength(text), 0);
  if (length > inlinePolicyQuota)
    throw new AwsError(
      409,
      "LimitExceeded",
      `Maximum policy size of ${inlinePolicyQuota} bytes exceeded for role ${role.name}`,
    );
  role.inline = inline;
}

function attachRolePolicy(call: Call): undefined {
  const role = roleOf(call);
  const arn = call.parameters.required("PolicyArn");
  if (!managedPolicy(call.account, arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  if (role.attached.includes(arn)) return;
  if (role.attached.length >= attachedPoliciesPerRole)
    throw new AwsError(409, "LimitExceeded", `Cannot exceed quota for PoliciesPerRole: ${attachedPoliciesPerRole}`);
  role.attached.push(arn);
}

function inlinePolicy(call: Call): { role: ReturnType<typeof roleOf>; name: string; document: string } {
  const role = roleOf(call);
  const name = call.parameters.required("PolicyName");
  const document = role.inline[name];
  if (document === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  return { role, name, document };
}
