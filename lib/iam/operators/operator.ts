import type { Piece } from "../policy-value";

/** A condition operator that compares one presented value with one of the policy's. */
export interface ConditionOperator {
  name: string;
  matches(expected: readonly Piece[], presented: string): boolean;
}
