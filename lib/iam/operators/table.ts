import type { ConditionOperator } from "./operator";
import { stringEquals } from "./string-equals";
import { stringEqualsIgnoreCase } from "./string-equals-ignore-case";
import { stringLike } from "./string-like";

const operators: readonly ConditionOperator[] = [stringEquals, stringLike, stringEqualsIgnoreCase];

/** An operator as a policy names it: `ForAnyValue:StringLikeIfExists`. */
export type NamedOperator =
  | { kind: "compare"; operator: ConditionOperator; set: "ForAnyValue" | "ForAllValues" | null; ifExists: boolean }
  | { kind: "null" };

/** What a policy's operator means, or null for one that Trustdesk does not evaluate: the verdict is then undecided. */
export function operatorNamed(name: string): NamedOperator | null {
  if (name === "Null") return { kind: "null" };
  const [, set, base, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = operators.find((known) => known.name === base);
  if (!operator) return null;
  return {
    kind: "compare",
    operator,
    set: set === "ForAnyValue" || set === "ForAllValues" ? set : null,
    ifExists: ifExists !== undefined,
  };
}
