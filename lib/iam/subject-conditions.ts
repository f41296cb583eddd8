import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { operatorNamed } from "./operators/table";
import type { PolicyStatement } from "./policy-schema";
import { listOf } from "./policy-schema";

/** One operator, key and its values in a statement that lets web identities in. */
export interface KeyCondition {
  operator: string;
  key: string;
  values: string[];
}

/**
 * A statement's conditions on one key of the issuer that hold a token to a value: StringEquals, StringLike and
 * StringEqualsIgnoreCase. IfExists and ForAllValues do not count: they let a missing claim pass.
 */
export function positiveConditions(statement: PolicyStatement, issuer: string, claim: string): KeyCondition[] {
  const wanted = `${providerUrlPath(issuer)}:${claim}`.toLowerCase();
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => {
    const named = operatorNamed(operator);
    if (named?.kind !== "compare" || named.ifExists || named.set === "ForAllValues") return [];
    if (named.operator.family !== "string" || named.operator.negated) return [];
    return Object.entries(keys).flatMap(([key, values]) =>
      key.toLowerCase() === wanted ? [{ operator, key, values: listOf(values) }] : [],
    );
  });
}

/** The ref that a subject names, or null when it names none. Git's names hold no colon, so the part ends at the next one. */
export function refOfSubject(subject: string): string | null {
  return /(?:^|:)ref:([^:]*)/.exec(subject)?.[1] ?? null;
}
