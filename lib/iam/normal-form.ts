import { canonicalJson } from "./json";
import type { PolicyStatement, RawPolicy } from "./policy-schema";
import { listOf, readPolicy } from "./policy-schema";

/**
 * A policy as text, the same for all that differ only in what AWS makes nothing of: one value or a list of one, the order
 * of statements, members and values, values given twice or in statements of their own, a Sid or Id, the letter case of
 * actions, of keys and of the values of Bool and Null, an account as its number or its root, and the version where no
 * policy variable is written. Equal texts mean the same; different ones may mean the same.
 * Source: IAM user guide, "IAM JSON policy elements reference".
 */
export function normalForm(policy: RawPolicy): string {
  const { Version, Statement } = readPolicy(policy);
  const statements = distinct(Statement.flatMap(normalStatements).map((statement) => canonicalJson(statement)));
  return canonicalJson({ Version: statements.some((text) => text.includes("${")) ? Version : null, statements });
}

/** More parts than these are not told one by one. */
const partsAtMost = 2_000;

/** One for each principal, action and resource: a statement is about any of them (IAM user guide, "Statement"). */
function normalStatements({ Effect, Condition, ...elements }: PolicyStatement): unknown[] {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = elements;
  const principals = principalTexts(Principal);
  const actions = actionTexts(Action);
  const resources = texts(Resource);
  const shared = {
    Effect,
    NotPrincipal: principalTexts(NotPrincipal),
    NotAction: actionTexts(NotAction),
    NotResource: texts(NotResource),
    Condition: conditions(Condition ?? {}),
  };
  return combinations([principals, actions, resources]).map((part) => ({ ...shared, part }));
}

function combinations([principals, actions, resources]: [Texts, Texts, Texts]): unknown[] {
  const count = [principals, actions, resources].reduce((product, list) => product * (list?.length ?? 1), 1);
  if (count === 0 || count > partsAtMost) return [[principals, actions, resources]];
  return (principals ?? [null]).flatMap((principal) =>
    (actions ?? [null]).flatMap((action) => (resources ?? [null]).map((resource) => [principal, action, resource])),
  );
}

/** Null: the element is not there. */
type Texts = string[] | null;

function texts(values: string | string[] | undefined): Texts {
  return values === undefined ? null : distinct(listOf(values));
}

function actionTexts(actions: string | string[] | undefined): Texts {
  return actions === undefined ? null : distinct(listOf(actions).map((action) => action.toLowerCase()));
}

/** All clauses of a condition must hold, so they are a set; a key in two spellings under one operator stays two clauses. */
function conditions(condition: NonNullable<PolicyStatement["Condition"]>): string[] {
  return distinct(
    Object.entries(condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        canonicalJson([
          operator,
          key.toLowerCase(),
          distinct(listOf(values).map((value) => valueUnder(operator, value))),
        ]),
      ),
    ),
  );
}

function valueUnder(operator: string, value: string): string {
  return /^(For(Any|All)Values?:)?(Bool|Null)(IfExists)?$/i.test(operator) ? value.toLowerCase() : value;
}

/** `*` is not the `*` of AWS alone: whether it takes in web identities too, no page says. */
function principalTexts(principal: PolicyStatement["Principal"]): Texts {
  if (principal === undefined) return null;
  const kept = asKept(principal);
  if (kept === "*") return [kept];
  return distinct(
    Object.entries(kept).flatMap(([kind, values]) => values.map((value) => canonicalJson([kind, value]))),
  );
}

/**
 * Principals as AWS keeps and answers them: an account as its root's ARN, each once, in an order of its own (IAM user
 * guide, "AWS JSON policy elements: Principal"; aws/aws-cdk#9334). Here an account is its number, and the order the texts'.
 */
export function asKept(principal: NonNullable<PolicyStatement["Principal"]>): "*" | Record<string, string[]> {
  if (principal === "*") return principal;
  return Object.fromEntries(
    Object.entries(principal).map(([kind, values]) => [
      kind,
      distinct(listOf(values).map((value) => accountOf(kind, value))),
    ]),
  );
}

function accountOf(kind: string, value: string): string {
  const account = kind === "AWS" ? /^arn:[\w-]+:iam::(\d{12}):root$/.exec(value)?.[1] : undefined;
  return account ?? value;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
