import type { NotRead } from "./json";
import { canonicalJson, parseJson } from "./json";
import { departureFromGrammar } from "./policy-grammar";

export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  NotPrincipal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy as it is read and judged: `Statement` is a list, and every value is text. `readPolicy` makes it. */
export interface PolicyDocument {
  Version: string;
  Id?: string;
  Statement: PolicyStatement[];
}

export type TrustPolicy = PolicyDocument;

type RawValue = string | boolean | number;

/** A statement as it was written: a condition's value may be a boolean or a number. */
export interface RawStatement extends Omit<PolicyStatement, "Condition"> {
  Condition?: Record<string, Record<string, RawValue | RawValue[]>>;
}

/**
 * A policy as it was written, which is how AWS keeps and answers it: scalars, lists, booleans, numbers and the order of
 * members stay. It is what is stored and sent; what judges it takes a PolicyDocument.
 */
export interface RawPolicy {
  Version?: string;
  Id?: string;
  Statement: RawStatement | RawStatement[];
}

/**
 * A policy document from its JSON text. The grammar is IAM's (IAM user guide, "Grammar of the IAM JSON policy
 * language"); elements it does not have are refused, as IAM does.
 */
export function parsePolicy(source: string): { ok: true; policy: PolicyDocument } | NotRead {
  const parsed = parseRawPolicy(source);
  return parsed.ok ? { ok: true, policy: readPolicy(parsed.policy) } : parsed;
}

/**
 * The same, with the document as it was written. `doubled` are JSON pointers of members that stand twice: the last one
 * is read, as AWS does, and the others are lost.
 */
export function parseRawPolicy(source: string): { ok: true; policy: RawPolicy; doubled: string[] } | NotRead {
  const json = parseJson(source);
  if (!json.ok) return json;
  const { value, doubled } = json;
  const departure = departureFromGrammar(value);
  // The grammar is that of RawPolicy.
  return departure === null
    ? { ok: true, policy: value as RawPolicy, doubled }
    : { ok: false, reason: departure.reason };
}

/** A policy as it is judged: a single statement is a list of one, booleans and numbers are text, no version is that of 2008. */
export function readPolicy({ Version = "2008-10-17", Id, Statement }: RawPolicy): PolicyDocument {
  return {
    Version,
    ...(Id === undefined ? {} : { Id }),
    Statement: statementsOf({ Statement }).map(({ Condition, ...statement }) =>
      Condition === undefined ? statement : { ...statement, Condition: mapConditions(Condition, asText) },
    ),
  };
}

/** The statements of a policy, in their order. */
export function statementsOf({ Statement }: Pick<RawPolicy, "Statement">): RawStatement[] {
  return Array.isArray(Statement) ? Statement : [Statement];
}

/** Whether two policies say the same: they may differ in scalar or list of one, in boolean or text, and in the order of members. */
export function samePolicy(left: RawPolicy, right: RawPolicy): boolean {
  return canonicalJson(comparable(left)) === canonicalJson(comparable(right));
}

/** A policy in the one shape in which those that say the same are equal. */
export function comparable(policy: RawPolicy): unknown {
  const { Statement, ...rest } = readPolicy(policy);
  return {
    ...rest,
    Statement: Statement.map(({ Principal, NotPrincipal, Condition, ...statement }) => ({
      ...statement,
      Principal: principalsOf(Principal),
      NotPrincipal: principalsOf(NotPrincipal),
      Action: statement.Action && listOf(statement.Action),
      NotAction: statement.NotAction && listOf(statement.NotAction),
      Resource: statement.Resource && listOf(statement.Resource),
      NotResource: statement.NotResource && listOf(statement.NotResource),
      Condition: Condition && mapConditions(Condition, listOf),
    })),
  };
}

function principalsOf(principal: PolicyStatement["Principal"]): unknown {
  if (typeof principal !== "object") return principal;
  return Object.fromEntries(Object.entries(principal).map(([kind, values]) => [kind, listOf(values)]));
}

function mapConditions<From, To>(
  condition: Record<string, Record<string, From>>,
  map: (values: From) => To,
): Record<string, Record<string, To>> {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, map(values)])),
    ]),
  );
}

function asText(values: RawValue | RawValue[]): string | string[] {
  return Array.isArray(values) ? values.map(String) : String(values);
}

/** A value that may stand alone, as a list. */
export function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
