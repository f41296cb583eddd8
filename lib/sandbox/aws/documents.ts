import { isConditionKey, isConditionType } from "@/lib/iam/condition-names";
import type { PolicyDocument, PolicyStatement } from "@/lib/iam/policy-schema";
import { listOf, parsePolicy } from "@/lib/iam/policy-schema";
import { AwsError } from "./errors";
import { sharedIssuerProblem } from "./shared-issuers";

const maxDocumentLength = 131_072;

/**
 * Checks a trust policy as CreateRole and UpdateAssumeRolePolicy do. A well-formed provider that does not exist passes.
 * Throws MalformedPolicyDocument with IAM's texts.
 */
export function checkTrustPolicy(text: string): PolicyDocument {
  const policy = checkDocument(text, "assumeRolePolicyDocument");
  for (const statement of policy.Statement) {
    checkActions(statement);
    if (statement.Resource !== undefined || statement.NotResource !== undefined)
      throw malformed("Has prohibited field Resource.");
    if (statement.Principal === undefined && statement.NotPrincipal === undefined)
      throw malformed("Missing required field Principal");
    if (!listOf(statement.Action).every((action) => action === "*" || /^sts:/i.test(action)))
      throw malformed(
        "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity",
      );
    checkFederated(statement);
    const unscoped = sharedIssuerProblem(statement);
    if (unscoped) throw malformed(unscoped);
  }
  return policy;
}

/** Checks an inline or managed policy as PutRolePolicy and CreatePolicy do. Throws MalformedPolicyDocument. */
export function checkPermissionPolicy(text: string): PolicyDocument {
  const policy = checkDocument(text, "policyDocument");
  for (const statement of policy.Statement) {
    if (statement.Principal !== undefined || statement.NotPrincipal !== undefined)
      throw malformed("Policy document should not specify a principal.");
    const resources = [...listOf(statement.Resource), ...listOf(statement.NotResource)];
    checkActions(statement);
    if (resources.length === 0) throw malformed("Policy statement must contain resources.");
    resources.forEach(checkResource);
  }
  return policy;
}

/** A document that was checked before it was stored. */
export function storedDocument(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(`The sandbox stored a document that it cannot read: ${parsed.reason}`);
  return parsed.policy;
}

/** Characters that count against a quota: all but white space. */
export function quotaLength(text: string): number {
  return text.replace(/\s/g, "").length;
}

function checkDocument(text: string, name: string): PolicyDocument {
  if (text.length > maxDocumentLength)
    throw new AwsError(
      400,
      "ValidationError",
      `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${maxDocumentLength}`,
    );
  if (!/^[\t\n\r\x20-\xFF]+$/.test(text))
    throw new AwsError(
      400,
      "ValidationError",
      `The specified value for ${name} is invalid. It must contain only printable ASCII characters.`,
    );
  const parsed = parsePolicy(text);
  if (!parsed.ok)
    throw malformed(
      hasStrangeVersion(text) ? "Policy document must be version 2012-10-17 or greater." : "Syntax errors in policy.",
    );
  const sids = parsed.policy.Statement.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  if (new Set(sids).size !== sids.length) throw malformed("Statement IDs (SID) in a single policy must be unique.");
  for (const { Condition = {} } of parsed.policy.Statement) Object.entries(Condition).forEach(checkCondition);
  return parsed.policy;
}

function hasStrangeVersion(text: string): boolean {
  try {
    const { Version: version } = JSON.parse(text) as { Version?: unknown };
    return version !== undefined && version !== "2012-10-17" && version !== "2008-10-17";
  } catch {
    return false;
  }
}

function checkCondition([type, block]: [string, Record<string, unknown>]): void {
  if (!isConditionType(type)) throw malformed(`Invalid Condition type : ${type}`);
  for (const key of Object.keys(block)) {
    if (!key.includes(":"))
      throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    if (!isConditionKey(key)) throw malformed("Actions/Condition can contain only one colon.");
  }
}

function checkActions({ Action, NotAction }: PolicyStatement): void {
  const actions = [...listOf(Action), ...listOf(NotAction)];
  if (actions.length === 0) throw malformed("Policy statement must contain actions.");
  for (const action of actions) {
    if (action !== "*" && !action.includes(":"))
      throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    if (action.split(":").length > 2) throw malformed("Actions/Condition can contain only one colon.");
    if (!/^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/.test(action))
      throw malformed(`Vendor ${action.split(":")[0] ?? ""} is not valid`);
  }
}

function checkResource(resource: string): void {
  if (resource === "*") return;
  const [arn, partition = "", service = "", region = "", , path] = resource.split(":");
  if (arn !== "arn" || path === undefined) throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  if (!/^(aws(-cn|-us-gov|-eusc)?|\*)$/.test(partition))
    throw malformed(`Partition "${partition}" is not valid for resource "${resource}".`);
  if (service === "iam" && region !== "")
    throw malformed(`IAM resource ${resource} cannot contain region information.`);
}

function checkFederated({ Principal }: PolicyStatement): void {
  if (typeof Principal !== "object") return;
  const isValid = (principal: string): boolean =>
    principal.startsWith("arn:")
      ? /^arn:aws[a-z-]*:iam::\d{12}:(oidc-provider|saml-provider)\/.+$/.test(principal)
      : /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(principal);
  if (!listOf(Principal["Federated"]).every(isValid))
    throw malformed("Federated principals must be valid domain names or SAML metadata ARNs");
}

function malformed(message: string): AwsError {
  return new AwsError(400, "MalformedPolicyDocument", message);
}
