import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { Clause, Comparison } from "@/lib/iam/clause";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Box } from "./box";
import { admissionOf, boxOfClause } from "./box";
import { keyValue } from "./key-values";
import type { KeyLiteral } from "./literal";
import { meet } from "./meet";
import type { Slice } from "./slice";

/** What becomes of one Allow statement for the issuer's tokens. */
export interface StatementLife {
  /** From 0. */
  statement: number;
  clauses: readonly Clause[];
  /** Whether some token that the issuer can mint meets it, Deny statements aside. */
  isAlive: boolean;
  /** The first clauses that no token meets, each by itself: why nobody gets in. */
  dead: readonly Clause[];
  /** Of clauses that some token meets: values that none ever has, by their places. */
  deadValues: readonly { clause: Comparison; values: readonly number[] }[];
}

/** Which Allow statements let anybody in, of all tokens that the issuer can mint. */
export function livesOf(policy: TrustPolicy, { slices }: { slices: readonly Slice[] }): StatementLife[] {
  const [first] = slices;
  if (!first) return [];
  return admissionOf(policy, first).allows.map((box) => lifeOf(box, slices));
}

function lifeOf(box: Box, slices: readonly Slice[]): StatementLife {
  const { index, clauses } = box;
  const dead = clauses.filter((clause) => !isMet(boxOfClause(clause), slices));
  const deadValues = clauses.flatMap((clause) => {
    if (clause.kind !== "comparison" || clause.negated || clause.values.length < 2 || dead.includes(clause)) return [];
    const values = clause.values.flatMap((value, at) =>
      isMet(boxOfClause({ ...clause, values: [value], whenAbsent: false }), slices) ? [] : [at],
    );
    return values.length > 0 ? [{ clause, values }] : [];
  });
  return { statement: index, clauses, isAlive: dead.length === 0 && isMet(box, slices), dead, deadValues };
}

/**
 * Deny statements that ask something of the issuer's tokens that none of them meets, by their places. One that asks only of
 * the call, as for an encrypted one, is no guard against tokens.
 */
export function deadDenies(policy: TrustPolicy, issuer: string, slices: readonly Slice[]): number[] {
  const [first] = slices;
  if (!first) return [];
  const prefix = `${providerUrlPath(issuer)}:`.toLowerCase();
  const { denies } = admissionOf(policy, first);
  return denies
    .filter((box) => box.clauses.some(({ key }) => key.startsWith(prefix)) && !isMet(box, slices))
    .map(({ index }) => index);
}

/** Whether no call of any slice has the key. */
export function isAlwaysAbsent(key: string, slices: readonly Slice[]): boolean {
  return slices.every((slice) => {
    const domain = slice.domainOf(key);
    return domain !== null && keyValue(domain, [isThere(key)]) === "none";
  });
}

function isThere(key: string): KeyLiteral {
  return { key, inside: false, sets: [], absent: false };
}

/** Whether a call of some slice meets the box, as far as anybody can tell. */
function isMet(box: Box, slices: readonly Slice[]): boolean {
  const within = { allows: [box], denies: [] };
  return slices.some((slice) => meet(slice, { within, without: null }, "possible") !== "none");
}
