import { literalText } from "../policy-value";
import type { ConditionOperator } from "./operator";

/** Exact, case does not count; `*` and `?` are characters like any other. */
export const stringEqualsIgnoreCase: ConditionOperator = {
  name: "StringEqualsIgnoreCase",
  matches: (expected, presented) => literalText(expected).toLowerCase() === presented.toLowerCase(),
};
