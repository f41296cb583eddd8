import { actionCovers, webIdentityAction } from "./action";
import type { ConditionContext, ConditionResult } from "./condition";
import { evaluateConditions } from "./condition";
import type { PolicyDocument, PolicyStatement, TrustPolicy } from "./policy-schema";
import { principalCovers } from "./principal";
import { resourceCovers } from "./resource";
import type { PresentedToken } from "./trust-context";
import { refusalOf, trustContext } from "./trust-context";
import type { Truth } from "./truth";

export type { ConditionResult } from "./condition";
export type { PresentedToken } from "./trust-context";

export interface StatementResult {
  index: number;
  sid: string | null;
  effect: "Allow" | "Deny";
  verdict: "matches" | "does not match" | "undecided";
  /** The element that names the other side of the call: Principal in a trust policy, Resource in a permission policy. */
  counterpartOk: boolean;
  actionOk: boolean;
  conditions: ConditionResult[];
  /** What of it could not be told: an element, or an operator with its key. Empty where it is not about the call at all. */
  untold: string[];
}

export interface Evaluation {
  verdict: "allowed" | "denied" | "undecided";
  statements: StatementResult[];
  why: string;
}

/** One call to AWS by a session; `context` holds its condition keys. */
export interface AccessRequest {
  action: string;
  resource: string;
  context: Record<string, string | string[]>;
}

/**
 * Whether AWS would let the token assume the role, and why. An explicit Deny wins; what cannot be told is undecided, never
 * allowed. Source: IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements: Condition".
 */
export function evaluateTrust(policy: TrustPolicy, token: PresentedToken): Evaluation {
  const context = trustContext(token);
  const statements = policy.Statement.map((statement, index) =>
    trustStatement(statement, index, policy.Version, token, context),
  );
  const refusal = refusalOf(token);
  if (refusal !== null) return { verdict: "denied", statements, why: refusal };
  const { verdict, why } = combined(statements);
  const named = { allowed: "allowed", explicitDeny: "denied", implicitDeny: "denied", undecided: "undecided" } as const;
  return { verdict: named[verdict], statements, why };
}

/** Whether the policies together allow the request. Used by the sandbox's S3 and STS. */
export function evaluatePermissions(
  policies: readonly PolicyDocument[],
  request: AccessRequest,
): { verdict: "allowed" | "implicitDeny" | "explicitDeny" | "undecided"; why: string } {
  const context = requestContext(request.context);
  const statements = policies.flatMap((policy) =>
    policy.Statement.map((statement, index) => {
      const action = actionCovers(statement, request.action);
      const resource = resourceCovers(statement, request.resource, policy.Version, context);
      return statementResult({
        statement,
        index,
        counterpart: resource,
        action,
        conditions: evaluateConditions(statement, context, policy.Version),
      });
    }),
  );
  return combined(statements);
}

/** A global key that was not given is not known, but for tags, which are part of what is asked; any other is missing. */
function requestContext(values: AccessRequest["context"]): ConditionContext {
  const given = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return {
    of: (key, written) => {
      const value = given.get(key);
      if (value !== undefined) return { is: "present", value };
      if (!key.startsWith("aws:") || isTagKey(key)) return { is: "absent" };
      return { is: "unknown", present: false, why: `What ${written} will be is not known here.` };
    },
  };
}

function isTagKey(key: string): boolean {
  return /^aws:(requesttag\/|resourcetag\/|tagkeys$)/.test(key);
}

function trustStatement(
  statement: PolicyStatement,
  index: number,
  version: string,
  token: PresentedToken,
  context: ConditionContext,
): StatementResult {
  const action = actionCovers(statement, token.action ?? webIdentityAction);
  const resources = statement.Resource !== undefined || statement.NotResource !== undefined;
  const principal = principalCovers(statement, { kind: "federated", providerArn: token.providerArn });
  return statementResult({
    statement,
    index,
    counterpart: principal && resources ? null : principal,
    action,
    unread: unreadElements(statement, principal, action),
    conditions: evaluateConditions(statement, context, version),
  });
}

interface StatementParts {
  statement: PolicyStatement;
  index: number;
  counterpart: Truth;
  action: Truth;
  /** Names of elements that are not evaluated. */
  unread?: string[];
  conditions: ConditionResult[];
}

function statementResult({
  statement,
  index,
  counterpart,
  action,
  unread = [],
  conditions,
}: StatementParts): StatementResult {
  const all = [counterpart, action, ...conditions.map(({ ok }) => ok)];
  const verdict = all.includes(false) ? "does not match" : all.includes(null) ? "undecided" : "matches";
  return {
    index,
    sid: statement.Sid ?? null,
    effect: statement.Effect,
    verdict,
    counterpartOk: counterpart === true,
    actionOk: action === true,
    conditions,
    untold: counterpart === false || action === false ? [] : [...unread, ...doubtsIn(conditions)],
  };
}

function doubtsIn(conditions: readonly ConditionResult[]): string[] {
  return conditions.flatMap(({ ok, operator, key }) => (ok === null ? [`${operator} on ${key}`] : []));
}

/** The elements of a trust statement that make it undecided for a web identity; IAM refuses a Resource in a trust. */
function unreadElements(statement: PolicyStatement, principal: Truth, action: Truth): string[] {
  const untold = [
    ...(principal === null ? [statement.NotPrincipal === undefined ? "Principal" : "NotPrincipal"] : []),
    ...(action === null ? [statement.NotAction === undefined ? "Action" : "NotAction"] : []),
  ];
  return [...untold, ...(["Resource", "NotResource"] as const).filter((name) => statement[name] !== undefined)];
}

function combined(statements: readonly StatementResult[]): {
  verdict: "allowed" | "implicitDeny" | "explicitDeny" | "undecided";
  why: string;
} {
  const find = (effect: "Allow" | "Deny", verdict: StatementResult["verdict"]) =>
    statements.find((statement) => statement.effect === effect && statement.verdict === verdict);
  const deny = find("Deny", "matches");
  if (deny) return { verdict: "explicitDeny", why: `${nameOf(deny)} denies it.` };
  const allow = find("Allow", "matches");
  const doubtful = find("Deny", "undecided");
  if (allow && !doubtful) return { verdict: "allowed", why: `${nameOf(allow)} allows it.` };
  const perhaps = allow ? doubtful : find("Allow", "undecided");
  if (perhaps) return { verdict: "undecided", why: `${nameOf(perhaps)} is undecided${doubtIn(perhaps)}` };
  return { verdict: "implicitDeny", why: nearMiss(statements) };
}

function doubtIn(statement: StatementResult): string {
  const doubt = statement.conditions.find(({ ok }) => ok === null);
  return doubt ? `: ${doubt.why}` : ": it uses an element that Trustdesk does not evaluate.";
}

function nearMiss(statements: readonly StatementResult[]): string {
  const near = statements.find(
    ({ effect, counterpartOk, actionOk }) => effect === "Allow" && counterpartOk && actionOk,
  );
  const failed = near?.conditions.find(({ ok }) => ok === false);
  return failed ? failed.why : "No statement allows it.";
}

function nameOf({ sid, index }: StatementResult): string {
  return sid ? `Statement "${sid}"` : `Statement ${index + 1}`;
}
