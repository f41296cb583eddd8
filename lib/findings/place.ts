import type { Clause } from "@/lib/iam/clause";

/** Where in a trust policy a finding has its cause. */
export interface Place {
  /** From 0. */
  statement: number;
  element?: "Principal" | "NotPrincipal" | "Action" | "NotAction";
  operator?: string;
  key?: string;
  /** Which of several values, from 0. */
  value?: number;
}

/** The place of a clause, or of one of its values. */
export function placeOf(statement: number, { written: { operator, key, values } }: Clause, value?: number): Place {
  return { statement, operator, key, ...(value === undefined || values.length < 2 ? {} : { value }) };
}

/** The place as a JSON pointer (RFC 6901) into the policy, whose statements are a list or a single one. */
export function pointerTo({ statement, element, operator, key, value }: Place, isList: boolean): string {
  const condition = operator === undefined ? [] : ["Condition", operator, ...(key === undefined ? [] : [key])];
  const names = ["Statement", ...(isList ? [statement] : []), ...(element ? [element] : []), ...condition];
  const all = value === undefined ? names : [...names, value];
  return all.map((name) => `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
