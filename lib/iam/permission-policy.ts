import { isConditionKey, isConditionType } from "./condition-names";
import type { NotRead } from "./json";
import type { PolicyDocument, PolicyStatement } from "./policy-schema";
import { listOf, parseRawPolicy, readPolicy } from "./policy-schema";

/**
 * A permission policy from its JSON text, with the rules that IAM applies to one (PutRolePolicy's
 * MalformedPolicyDocument); warnings are sentences about what is legal and probably not meant.
 */
export function validatePermissionPolicy(
  text: string,
): { ok: true; policy: PolicyDocument; warnings: string[] } | NotRead {
  const parsed = parseRawPolicy(text);
  if (!parsed.ok) return parsed;
  const policy = readPolicy(parsed.policy);
  const isOfNoVersion = parsed.policy.Version === undefined;
  const [reason] = [
    ...parsed.doubled.map((pointer) => `${pointer} stands twice: AWS reads the last one, and the first is lost.`),
    ...documentProblems(policy, isOfNoVersion),
    ...policy.Statement.flatMap((statement, index) => statementProblems(statement, index)),
  ];
  if (reason !== undefined) return { ok: false, reason, ...lineOfVersion(text, policy) };
  const old = "Without a Version, AWS takes that of 2008, in which policy variables are plain text.";
  const warnings = policy.Statement.flatMap((statement, index) => warningsOf(statement, index));
  return { ok: true, policy, warnings: isOfNoVersion ? [old, ...warnings] : warnings };
}

/** What the policy permits, one sentence a statement. */
export function describePermissions(policy: PolicyDocument): string[] {
  return policy.Statement.map((statement) => {
    const actions =
      statement.NotAction === undefined
        ? actionWords(listOf(statement.Action))
        : `every action but ${listOf(statement.NotAction).join(", ")}`;
    const resources =
      statement.NotResource === undefined
        ? resourceWords(listOf(statement.Resource))
        : `everything but ${listOf(statement.NotResource).join(", ")}`;
    const condition = statement.Condition ? ", under conditions" : "";
    return `${statement.Effect === "Allow" ? "May do" : "May never do"} ${actions} on ${resources}${condition}.`;
  });
}

function documentProblems(policy: PolicyDocument, isOfNoVersion: boolean): string[] {
  const sids = policy.Statement.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  const problems: string[] = [];
  if (policy.Version !== "2012-10-17" && !isOfNoVersion) problems.push('Version must be "2012-10-17".');
  if (new Set(sids).size !== sids.length) problems.push("Two statements have the same Sid.");
  return problems;
}

function statementProblems(statement: PolicyStatement, index: number): string[] {
  const place = `Statement ${index + 1}`;
  const actions = [...listOf(statement.Action), ...listOf(statement.NotAction)];
  const resources = [...listOf(statement.Resource), ...listOf(statement.NotResource)];
  const badAction = actions.find((action) => action !== "*" && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action));
  const badResource = resources.find(
    (resource) => resource !== "*" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(resource),
  );
  const problems: string[] = [];
  if (statement.Principal !== undefined || statement.NotPrincipal !== undefined)
    problems.push(`${place} has a Principal: a role's permissions are for the role, so IAM refuses one here.`);
  if (statement.Action !== undefined && statement.NotAction !== undefined)
    problems.push(`${place} has both Action and NotAction.`);
  if (statement.Resource !== undefined && statement.NotResource !== undefined)
    problems.push(`${place} has both Resource and NotResource.`);
  if (statement.Sid !== undefined && !/^[A-Za-z0-9]*$/.test(statement.Sid))
    problems.push(`${place}: a Sid holds letters and digits only.`);
  if (actions.length === 0) problems.push(`${place} names no action.`);
  if (resources.length === 0) problems.push(`${place} names no resource.`);
  if (badAction !== undefined) problems.push(`${place}: "${badAction}" is not an action; one looks like s3:GetObject.`);
  if (badResource !== undefined) problems.push(`${place}: "${badResource}" is neither an ARN nor "*".`);
  return [...problems, ...conditionProblems(statement, place)];
}

function conditionProblems({ Condition = {} }: PolicyStatement, place: string): string[] {
  const types = Object.keys(Condition).filter((type) => !isConditionType(type));
  const keys = Object.values(Condition).flatMap((block) => Object.keys(block).filter((key) => !isConditionKey(key)));
  return [
    ...types.map((type) => `${place}: IAM has no condition operator "${type}".`),
    ...keys.map(
      (key) =>
        `${place}: "${key}" is no condition key; one looks like aws:RequestedRegion, with one colon and no scheme.`,
    ),
  ];
}

function warningsOf(statement: PolicyStatement, index: number): string[] {
  const place = `Statement ${index + 1}`;
  const warnings: string[] = [];
  if (statement.Effect === "Allow" && statement.NotAction !== undefined)
    warnings.push(`${place} allows every action but those named, also ones that AWS adds later.`);
  if (statement.Effect === "Allow" && statement.NotResource !== undefined)
    warnings.push(`${place} allows everything but the resources named.`);
  if (statement.Effect === "Allow" && listOf(statement.Action).some((action) => /^iam:/i.test(action)))
    warnings.push(`${place} allows IAM actions: with them a pipeline may give itself more rights.`);
  return warnings;
}

function lineOfVersion(text: string, policy: PolicyDocument): { line?: number } {
  if (policy.Version === "2012-10-17") return {};
  const line = text.split("\n").findIndex((candidate) => candidate.includes('"Version"'));
  return line === -1 ? {} : { line: line + 1 };
}

function actionWords(actions: readonly string[]): string {
  return actions
    .map((action) =>
      action === "*" ? "every action" : /^[\w-]+:\*$/.test(action) ? `every ${action.slice(0, -2)} action` : action,
    )
    .join(", ");
}

function resourceWords(resources: readonly string[]): string {
  return resources.includes("*") ? "every resource" : resources.join(", ");
}
