import { literalText } from "../policy-value";
import type { ConditionOperator } from "./operator";

/** Exact, case counts; `*` and `?` are characters like any other. */
export const stringEquals: ConditionOperator = {
  name: "StringEquals",
  matches: (expected, presented) => literalText(expected) === presented,
};
