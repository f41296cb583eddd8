import { matchesPieces } from "../policy-value";
import type { ConditionOperator } from "./operator";

/** With wildcards, case counts. */
export const stringLike: ConditionOperator = { name: "StringLike", matches: matchesPieces };
