import { addresses } from "./addresses";
import { arnLike } from "./arns";
import { bytes } from "./binary";
import { moments } from "./moments";
import type { Order } from "./numbers";
import { numbers } from "./numbers";
import type { ConditionOperator } from "./operator";
import { alike, booleanOf, equalIgnoringCase, equalTo } from "./texts";

type Row = [name: string, setOf: ConditionOperator["setOf"], more?: { negated?: true; wild?: true; relation?: string }];

const family = (name: ConditionOperator["family"], variables: boolean, rows: readonly Row[]): ConditionOperator[] =>
  rows.map(([operator, setOf, { negated = false, wild = false, relation = "" } = {}]) => ({
    name: operator,
    family: name,
    negated,
    wild,
    variables,
    relation,
    setOf,
  }));

const ordered = (
  prefix: string,
  setOf: (order: Order) => ConditionOperator["setOf"],
  words: [string, string],
): Row[] => [
  [`${prefix}Equals`, setOf("equal")],
  [`${prefix}NotEquals`, setOf("equal"), { negated: true }],
  [`${prefix}LessThan`, setOf("less"), { relation: `${words[0]} ` }],
  [`${prefix}LessThanEquals`, setOf("less or equal"), { relation: `at or ${words[0]} ` }],
  [`${prefix}GreaterThan`, setOf("greater"), { relation: `${words[1]} ` }],
  [`${prefix}GreaterThanEquals`, setOf("greater or equal"), { relation: `at or ${words[1]} ` }],
];

/**
 * Every operator that compares: IAM user guide, reference_policies_elements_condition_operators. Variables are for String
 * and Arn operators (reference_policies_variables, "Condition element"); of Bool the two pages say different things.
 */
const operators: readonly ConditionOperator[] = [
  ...family("string", true, [
    ["StringEquals", equalTo],
    ["StringNotEquals", equalTo, { negated: true }],
    ["StringEqualsIgnoreCase", equalIgnoringCase],
    ["StringNotEqualsIgnoreCase", equalIgnoringCase, { negated: true }],
    ["StringLike", alike, { wild: true }],
    ["StringNotLike", alike, { wild: true, negated: true }],
  ]),
  ...family("numeric", false, ordered("Numeric", numbers, ["below", "above"])),
  ...family("date", false, ordered("Date", moments, ["before", "after"])),
  ...family("bool", false, [["Bool", booleanOf]]),
  ...family("binary", false, [["BinaryEquals", bytes]]),
  ...family("address", false, [
    ["IpAddress", addresses, { relation: "in " }],
    ["NotIpAddress", addresses, { relation: "in ", negated: true }],
  ]),
  ...family("arn", true, [
    ["ArnEquals", arnLike, { wild: true }],
    ["ArnLike", arnLike, { wild: true }],
    ["ArnNotEquals", arnLike, { wild: true, negated: true }],
    ["ArnNotLike", arnLike, { wild: true, negated: true }],
  ]),
];

const byName = new Map(operators.map((operator) => [operator.name, operator]));

/** An operator as a policy names it: `ForAnyValue:StringLikeIfExists`. */
export type NamedOperator =
  | { kind: "compare"; operator: ConditionOperator; set: "ForAnyValue" | "ForAllValues" | null; ifExists: boolean }
  | { kind: "null" };

/**
 * What a policy's operator means, or null for one that IAM's reference does not have: `Null` takes neither a set nor
 * IfExists, and in which letter case AWS takes the names no page says.
 */
export function operatorNamed(name: string): NamedOperator | null {
  if (name === "Null") return { kind: "null" };
  const [, set, base = "", ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = byName.get(base);
  if (!operator) return null;
  return {
    kind: "compare",
    operator,
    set: set === "ForAnyValue" || set === "ForAllValues" ? set : null,
    ifExists: ifExists !== undefined,
  };
}
