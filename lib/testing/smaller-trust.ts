import type { TrustPolicy } from "@/lib/iam/policy-schema";

/** The same failure with as little as possible: statements, clauses and values are dropped one by one. */
export function minimised(
  policies: readonly TrustPolicy[],
  fails: (policies: readonly TrustPolicy[]) => boolean,
): readonly TrustPolicy[] {
  for (const smaller of policies.flatMap((policy, at) => smallerThan(policy).map((one) => policies.with(at, one))))
    if (fails(smaller)) return minimised(smaller, fails);
  return policies;
}

function smallerThan(policy: TrustPolicy): TrustPolicy[] {
  return policy.Statement.flatMap((statement, at) => {
    const without = { ...policy, Statement: policy.Statement.toSpliced(at, 1) };
    const clauses = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values: [values].flat() })),
    );
    const fewer = clauses.flatMap((clause, index) => [
      clauses.toSpliced(index, 1),
      ...(clause.values.length > 1
        ? clause.values.map((_, place) => clauses.with(index, { ...clause, values: clause.values.toSpliced(place, 1) }))
        : []),
    ]);
    const narrower = fewer.map((all) => ({
      ...policy,
      Statement: policy.Statement.with(at, { ...statement, Condition: conditionOf(all) }),
    }));
    return policy.Statement.length > 1 ? [without, ...narrower] : narrower;
  });
}

function conditionOf(
  clauses: readonly { operator: string; key: string; values: string[] }[],
): Record<string, Record<string, string[]>> {
  const condition: Record<string, Record<string, string[]>> = {};
  for (const { operator, key, values } of clauses) condition[operator] = { ...condition[operator], [key]: values };
  return condition;
}
