import { operatorNamed } from "../operators/table";
import { listOf } from "../policy-schema";
import { admittingStatements } from "../subject-conditions";
import type { Check } from "./finding";

/** StringEquals takes `*` for a star: the condition looks open and never matches. */
export const wildcardInStringEquals: Check = ({ trustPolicy, issuer }) => {
  const values = admittingStatements(trustPolicy, issuer).flatMap(({ Condition }) =>
    Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
      isLiteral(operator) ? Object.values(keys).flatMap(listOf) : [],
    ),
  );
  const wild = values.find((value) => /[*?]/.test(value.replace(/\$\{[*?]\}/g, "")));
  if (wild === undefined) return null;
  return {
    id: "wildcard-in-string-equals",
    severity: "caution",
    title: "A wildcard that is none",
    why: `"${wild}" stands under StringEquals, where * and ? are ordinary characters: no pipeline will match it.`,
    mend: "Use StringLike",
    mendId: "use-string-like",
    where: "who",
  };
};

function isLiteral(name: string): boolean {
  const named = operatorNamed(name);
  if (named?.kind !== "compare") return false;
  return named.operator.family === "string" && !named.operator.wild && !named.operator.negated;
}
