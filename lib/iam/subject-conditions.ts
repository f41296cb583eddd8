import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { isAboutWebIdentity } from "./action";
import { operatorNamed } from "./operators/table";
import type { PolicyStatement, TrustPolicy } from "./policy-schema";
import { listOf } from "./policy-schema";

/** One operator, key and its values in a statement that lets web identities in. */
export interface KeyCondition {
  operator: string;
  key: string;
  values: string[];
}

/** The statements that let tokens of the issuer assume the role. */
export function admittingStatements(policy: TrustPolicy, issuer: string): PolicyStatement[] {
  const provider = `:oidc-provider/${providerUrlPath(issuer)}`;
  return policy.Statement.filter(
    (statement) =>
      statement.Effect === "Allow" &&
      isAboutWebIdentity(statement) !== false &&
      (typeof statement.Principal !== "object" ||
        listOf(statement.Principal["Federated"]).some((arn) => arn === "*" || arn.endsWith(provider))),
  );
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

/** The subjects that a statement names, with whether `*` is a wildcard in them. */
export function subjectsOf(statement: PolicyStatement, issuer: string): { value: string; wild: boolean }[] {
  return positiveConditions(statement, issuer, "sub").flatMap(({ operator, values }) =>
    values.map((value) => ({ value, wild: /StringLike/.test(operator) })),
  );
}

/** Whether the statement asks for `ref_protected` "true", by its key or in each subject. */
export function asksForProtected(statement: PolicyStatement, issuer: string): boolean {
  const byKey = positiveConditions(statement, issuer, "ref_protected").some(({ values }) =>
    values.every((value) => value === "true"),
  );
  const subjects = subjectsOf(statement, issuer);
  return byKey || (subjects.length > 0 && subjects.every(({ value }) => /(^|:)ref_protected:true(:|$)/.test(value)));
}

/** The ref that a subject names, or null when it names none. Git's names hold no colon, so the part ends at the next one. */
export function refOfSubject(subject: string): string | null {
  return /(?:^|:)ref:([^:]*)/.exec(subject)?.[1] ?? null;
}
