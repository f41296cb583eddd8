import { isGitlabCom, providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { isPattern } from "@/lib/gitlab-ci/ref-pattern";
import type { RawPolicy, RawStatement } from "./policy-schema";
import { statementsOf } from "./policy-schema";
import type { TrustChoice } from "./trust-policy";
import { chosenSubjects } from "./trust-policy";
import type { SubjectOperator, TrustView } from "./trust-view";
import { keyIn, rawList, readTrust, subjectOperator, usualAudience } from "./trust-view";

/** What the form wants of a trust; `otherSubjects` are those of the trust that stay. */
export interface TrustWish extends TrustChoice {
  otherSubjects: readonly string[];
}

type Condition = NonNullable<RawStatement["Condition"]>;
type Values = Condition[string][string];

/** What was written, or why it cannot be, in the user's words. */
type Written<What> = ({ ok: true } & What) | { ok: false; reason: string };

/**
 * Writes what the form wants into a trust: the statement that the form shows is changed in what it shows, else a
 * statement is added for the chosen refs; all else stays as written. A policy that says it already is the answer itself.
 */
export function writeTrust(policy: RawPolicy, wish: TrustWish): Written<{ policy: RawPolicy }> {
  const view = readTrust(policy, wish);
  const stranger = wish.otherSubjects.find((subject) => !view.otherSubjects.includes(subject));
  if (stranger !== undefined)
    return {
      ok: false,
      reason: `The recorded trust does not take the subject ${stranger}: only what it has can be kept.`,
    };
  const statement = view.statement === null ? null : statementsOf(policy)[view.statement];
  if (!statement || view.statement === null) return withStatement(policy, view, wish);
  const written = writtenStatement(statement, view, wish, policy);
  if (!written.ok) return written;
  if (written.statement === statement) return { ok: true, policy };
  const Statement = Array.isArray(policy.Statement)
    ? policy.Statement.with(view.statement, written.statement)
    : written.statement;
  return { ok: true, policy: { ...policy, Statement } };
}

function withStatement(policy: RawPolicy, view: TrustView, wish: TrustWish): Written<{ policy: RawPolicy }> {
  if (wish.refs.length + wish.patterns.length === 0) return { ok: true, policy };
  const bare: RawStatement = {
    Effect: "Allow",
    Principal: { Federated: wish.providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${providerUrlPath(wish.issuer)}:aud`]: wish.audience } },
  };
  const written = writtenStatement(bare, { ...view, audience: wish.audience }, wish, policy);
  return written.ok
    ? { ok: true, policy: { ...policy, Statement: [...statementsOf(policy), written.statement] } }
    : written;
}

function writtenStatement(
  statement: RawStatement,
  view: TrustView,
  wish: TrustWish,
  { Version }: RawPolicy,
): Written<{ statement: RawStatement }> {
  const { Condition: before = {}, ...rest } = statement;
  const written = withSubjects(withPins(withAudience(before, view, wish), view, wish), wish, Version);
  if (!written.ok) return written;
  const { condition } = written;
  if (condition === before) return { ok: true, statement };
  return { ok: true, statement: Object.keys(condition).length > 0 ? { ...statement, Condition: condition } : rest };
}

/** The audience that the form shows is replaced in its place; others that the statement takes stay. */
function withAudience(condition: Condition, view: TrustView, { issuer, audience }: TrustWish): Condition {
  if (audience === (view.audience ?? usualAudience)) return condition;
  const key = keyIn(condition["StringEquals"], issuer, "aud") ?? `${providerUrlPath(issuer)}:aud`;
  const before = condition["StringEquals"]?.[key];
  const others = rawList(before).filter((value, index) => index > 0 && String(value) !== audience);
  return withKey(condition, "StringEquals", key, inShapeOf(before, [audience, ...others]));
}

const claims = { projectId: "project_id", namespaceId: "namespace_id", refProtected: "ref_protected" } as const;

/** AWS reads these keys for gitlab.com alone. A pin takes the place of another value; taken off, its key goes. */
function withPins(condition: Condition, view: TrustView, wish: TrustWish): Condition {
  if (!isGitlabCom(wish.issuer)) return condition;
  const values = { projectId: wish.projectId, namespaceId: wish.namespaceId, refProtected: "true" };
  return (["projectId", "namespaceId", "refProtected"] as const).reduce((next, pin) => {
    if (wish.pins[pin] === view.pins[pin]) return next;
    const key =
      keyIn(next["StringEquals"], wish.issuer, claims[pin]) ?? `${providerUrlPath(wish.issuer)}:${claims[pin]}`;
    return withKey(next, "StringEquals", key, wish.pins[pin] ? values[pin] : undefined);
  }, condition);
}

/** Subjects that stay keep their place, new ones come after them. */
function withSubjects(
  condition: Condition,
  wish: TrustWish,
  version: string | undefined,
): Written<{ condition: Condition }> {
  const from = subjectOperator({ Condition: condition }, wish.issuer);
  const key = keyIn(from ? condition[from] : undefined, wish.issuer, "sub") ?? `${providerUrlPath(wish.issuer)}:sub`;
  const before = from ? condition[from]?.[key] : undefined;
  const known = rawList(before).map(String);
  const named = chosenSubjects(wish).map((subject) => inVersion(subject, version));
  const wanted = [...new Set([...named, ...wish.otherSubjects])];
  const to = operatorFor(named, wish.otherSubjects, from);
  const isThere = wanted.length === new Set(known).size && wanted.every((subject) => known.includes(subject));
  if (isThere && (from === to || to === "StringEquals")) return { ok: true, condition };
  const kept = rawList(before).filter((value) => wanted.includes(String(value)));
  const values = [...kept, ...wanted.filter((subject) => !known.includes(subject))];
  const reason = subjectProblem(values, { from, to, condition, wish });
  if (reason !== null) return { ok: false, reason };
  const base = from === null || from === to ? condition : withKey(condition, from, key, undefined);
  return { ok: true, condition: withKey(base, to, key, inShapeOf(before, values)) };
}

/** StringLike where a value is a pattern: two operators on one key would both have to match. */
function operatorFor(
  named: readonly string[],
  others: readonly string[],
  from: SubjectOperator | null,
): SubjectOperator {
  return named.some(isPattern) || (from === "StringLike" && others.some(isPattern)) ? "StringLike" : "StringEquals";
}

function subjectProblem(
  values: readonly unknown[],
  {
    from,
    to,
    condition,
    wish,
  }: { from: SubjectOperator | null; to: SubjectOperator; condition: Condition; wish: TrustWish },
): string | null {
  if (values.length === 0) return "Choose at least one branch or tag, or add a pattern.";
  if (to === "StringEquals" || from === "StringLike") return null;
  const literal = wish.otherSubjects.find(isPattern);
  if (literal !== undefined)
    return `The trust takes the subject ${literal} letter by letter; beside a pattern its * would stand for any text. Take that subject out, or choose names only.`;
  return keyIn(condition["StringLike"], wish.issuer, "sub") === undefined
    ? null
    : "The trust holds its subjects to a pattern of its own as well, which is kept: choose names only.";
}

function withKey(condition: Condition, operator: string, key: string, values: Values | undefined): Condition {
  if (values !== undefined) return { ...condition, [operator]: { ...condition[operator], [key]: values } };
  const { [key]: _gone, ...others } = condition[operator] ?? {};
  if (Object.keys(others).length > 0) return { ...condition, [operator]: others };
  const { [operator]: _empty, ...rest } = condition;
  return rest;
}

/** A list stays a list; a scalar, or nothing, becomes one only for several values. */
function inShapeOf(before: Values | undefined, values: ReturnType<typeof rawList>): Values {
  const [only] = values;
  return !Array.isArray(before) && values.length === 1 && only !== undefined ? only : values;
}

/** Policy variables, and with them the escape of "${", exist since version 2012-10-17 (IAM user guide, "Variables and tags"). */
function inVersion(subject: string, version: string | undefined): string {
  return version === "2012-10-17" ? subject : subject.replaceAll("${$}{", "${");
}
