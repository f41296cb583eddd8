import { gitlabComConditionKeys } from "@/lib/gitlab-ci/claims";
import { isGitlabCom, providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { ConditionContext, ConditionResult } from "./condition";
import { evaluateConditions } from "./condition";
import type { PolicyDocument, PolicyStatement, TrustPolicy } from "./policy-schema";
import { listOf } from "./policy-schema";
import { matchesPieces, readValue } from "./policy-value";

export type { ConditionResult } from "./condition";

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

export interface PresentedToken {
  /** The provider that AWS holds for the token's issuer in the role's account. */
  providerArn: string;
  issuer: string;
  claims: Record<string, unknown>;
  /** Default: sts:AssumeRoleWithWebIdentity. */
  action?: string;
  /** Further condition keys of the call, e.g. sts:RoleSessionName. */
  extra?: Record<string, string>;
  /** Condition keys that the token will have, with a value that is not known yet: they are undecided. */
  unknownKeys?: readonly string[];
}

/** One call to AWS by a session; `context` holds its condition keys. */
export interface AccessRequest {
  action: string;
  resource: string;
  context: Record<string, string | string[]>;
}

/** True, false, or null for what Trustdesk cannot tell. */
type Truth = boolean | null;

/**
 * Whether AWS would let the token assume the role, and why. An explicit Deny wins; what Trustdesk does not evaluate is
 * undecided, never allowed. Source: IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements: Condition".
 */
export function evaluateTrust(policy: TrustPolicy, token: PresentedToken): Evaluation {
  const context = trustContext(token);
  const statements = policy.Statement.map((statement, index) =>
    trustStatement(statement, index, policy.Version, token, context),
  );
  const { verdict, why } = combined(statements);
  const named = { allowed: "allowed", explicitDeny: "denied", implicitDeny: "denied", undecided: "undecided" } as const;
  return { verdict: named[verdict], statements, why };
}

/** Whether the policies together allow the request. Used by the sandbox's S3 and STS. */
export function evaluatePermissions(
  policies: readonly PolicyDocument[],
  request: AccessRequest,
): { verdict: "allowed" | "implicitDeny" | "explicitDeny" | "undecided"; why: string } {
  const context: ConditionContext = {
    values: request.context,
    unknown: (key) => key.startsWith("aws:") && !isTagKey(key),
  };
  const statements = policies.flatMap((policy) =>
    policy.Statement.map((statement, index) => {
      const action = actionTruth(statement, request.action);
      const resource = resourceTruth(statement, request.resource, policy.Version);
      return statementResult({
        statement,
        index,
        counterpart: resource,
        action,
        conditions: evaluateConditions(statement.Condition, context, policy.Version),
      });
    }),
  );
  return combined(statements);
}

/**
 * The condition keys that AWS fills from a token: `sub`, `aud` (the token's `azp` where it has one) and `oaud` (its
 * literal `aud`) for every issuer, and nine more for gitlab.com alone. A claim that is not there makes no key.
 * Source: STS's page of the service authorization reference; docs.gitlab.com/ci/cloud_services/aws.
 */
export function conditionContext(issuer: string, claims: Record<string, unknown>): Record<string, string | string[]> {
  const prefix = providerUrlPath(issuer);
  const extra = isGitlabCom(issuer) ? gitlabComConditionKeys : [];
  const named: [string, unknown][] = [
    ["sub", claims["sub"]],
    ["aud", claims["azp"] ?? claims["aud"]],
    ["oaud", claims["aud"]],
    ...extra.map((name): [string, unknown] => [name, claims[name]]),
  ];
  return Object.fromEntries(
    named.flatMap(([name, claim]) => {
      const value = keyValue(claim);
      return value === null ? [] : [[`${prefix}:${name}`, value]];
    }),
  );
}

function keyValue(claim: unknown): string | string[] | null {
  if (Array.isArray(claim)) return claim.map(String);
  return typeof claim === "string" || typeof claim === "number" || typeof claim === "boolean" ? String(claim) : null;
}

/** `aws:` and `sts:` keys depend on the call: one that was not given is not known, rather than missing. */
function trustContext({ issuer, claims, extra = {}, unknownKeys = [] }: PresentedToken): ConditionContext {
  const later = new Set(unknownKeys.map((key) => key.toLowerCase()));
  return {
    values: { ...conditionContext(issuer, claims), ...extra },
    unknown: (key) => /^(aws|sts):/.test(key) || later.has(key),
  };
}

function trustStatement(
  statement: PolicyStatement,
  index: number,
  version: string,
  token: PresentedToken,
  context: ConditionContext,
): StatementResult {
  const action = actionTruth(statement, token.action ?? webIdentityAction);
  const resources = statement.Resource !== undefined || statement.NotResource !== undefined;
  const principal = principalTruth(statement, token.providerArn);
  return statementResult({
    statement,
    index,
    counterpart: principal && resources ? null : principal,
    action,
    unread: unreadElements(statement, principal),
    conditions: evaluateConditions(statement.Condition, context, version),
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

/** The elements of a trust statement that make it undecided for a web identity. */
function unreadElements(statement: PolicyStatement, principal: Truth): string[] {
  const present = (["NotPrincipal", "NotAction", "Resource", "NotResource"] as const).filter(
    (name) => statement[name] !== undefined,
  );
  return principal === null && !present.includes("NotPrincipal") ? ["Principal", ...present] : present;
}

/** The provider's ARN must stand under Federated; `*` elsewhere says nothing certain about a web identity. */
function principalTruth({ Principal, NotPrincipal, Effect }: PolicyStatement, providerArn: string): Truth {
  if (NotPrincipal !== undefined || Principal === undefined) return null;
  if (Principal === "*") return Effect === "Deny" ? true : null;
  const federated = listOf(Principal["Federated"]);
  if (federated.includes(providerArn)) return true;
  if (federated.includes("*") || (Effect === "Deny" && listOf(Principal["AWS"]).includes("*"))) return null;
  return false;
}

/** A request's and a resource's tags are part of what is asked: one that was not given is missing. */
function isTagKey(key: string): boolean {
  return /^aws:(requesttag\/|resourcetag\/|tagkeys$)/.test(key);
}

/** Whether a trust statement is about AssumeRoleWithWebIdentity; null for NotAction, which is not evaluated. */
export function isAboutWebIdentity(statement: PolicyStatement): Truth {
  return actionTruth(statement, webIdentityAction);
}

const webIdentityAction = "sts:AssumeRoleWithWebIdentity";

/** Actions are compared without case; `*` and `?` are wildcards. */
function actionTruth({ Action, NotAction }: PolicyStatement, action: string): Truth {
  if (NotAction !== undefined || Action === undefined) return null;
  return listOf(Action).some((pattern) => likeTruth(pattern.toLowerCase(), action.toLowerCase(), "") === true);
}

function resourceTruth({ Resource, NotResource }: PolicyStatement, resource: string, version: string): Truth {
  if (NotResource !== undefined || Resource === undefined) return null;
  const truths = listOf(Resource).map((pattern) => likeTruth(pattern, resource, version));
  return truths.includes(true) ? true : truths.includes(null) ? null : false;
}

function likeTruth(pattern: string, text: string, version: string): Truth {
  const read = readValue(pattern, version);
  return read.ok ? matchesPieces(read.pieces, text) : null;
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
