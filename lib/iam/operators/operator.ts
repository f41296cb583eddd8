import type { ValueSet } from "../clause";
import type { Piece } from "../policy-value";

/** A condition operator without its set prefix and without IfExists: one row of the table. */
export interface ConditionOperator {
  name: string;
  family: "string" | "numeric" | "date" | "bool" | "binary" | "address" | "arn";
  /** The presented value must be in none of the values' sets. */
  negated: boolean;
  /** Whether `*` and `?` are wildcards in its values. */
  wild: boolean;
  /** Whether policy variables stand for something in its values; elsewhere they are text like any other. */
  variables: boolean;
  /** What stands between "is not" and a value, in words: "before ", "less than "; empty for equality. */
  relation: string;
  /** What one value of the policy takes; its variables are already replaced. */
  setOf: (pieces: readonly Piece[]) => ValueSet;
}

/** What a value takes cannot be told: it is not of the operator's kind, and no page of AWS says what it then means. */
export function unreadable(value: string, because: string): ValueSet {
  return { kind: "untold", atom: `${because} ${value}`, because };
}
