import { canonicalJson } from "./json";
import type { PolicyDocument, PolicyStatement, RawPolicy } from "./policy-schema";
import { listOf, readPolicy } from "./policy-schema";

/**
 * A policy as text, the same for all that differ only in what AWS makes nothing of: one value or a list of one, the order
 * of statements, members and values, values given twice, a Sid, the letter case of actions, of keys, of operators' Bool
 * values, and an account as its number or its root. Equal texts mean the same; different ones may mean the same.
 * Source: IAM user guide, "IAM JSON policy elements reference".
 */
export function normalForm(policy: RawPolicy): string {
  const { Version, Statement }: PolicyDocument = readPolicy(policy);
  const statements = Statement.map((statement) => canonicalJson(normalStatement(statement)));
  return canonicalJson({ Version, Statement: distinct(statements) });
}

function normalStatement({ Effect, Condition, ...elements }: PolicyStatement): unknown {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = elements;
  return {
    Effect,
    Principal: principals(Principal),
    NotPrincipal: principals(NotPrincipal),
    Action: Action && distinct(listOf(Action).map((action) => action.toLowerCase())),
    NotAction: NotAction && distinct(listOf(NotAction).map((action) => action.toLowerCase())),
    Resource: Resource && distinct(listOf(Resource)),
    NotResource: NotResource && distinct(listOf(NotResource)),
    Condition: Condition && conditions(Condition),
  };
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

function principals(principal: PolicyStatement["Principal"]): unknown {
  if (principal === undefined || principal === "*") return principal && { AWS: ["*"] };
  return Object.fromEntries(
    Object.entries(principal).map(([kind, values]) => [
      kind,
      distinct(listOf(values).map((value) => whole(kind, value))),
    ]),
  );
}

/** An account's number stands for its root; AWS answers the ARN (IAM user guide, "AWS JSON policy elements: Principal"). */
function whole(kind: string, value: string): string {
  const account = kind === "AWS" ? /^arn:[\w-]+:iam::(\d{12}):root$/.exec(value)?.[1] : undefined;
  return account ?? value;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
