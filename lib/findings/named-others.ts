import type { Entrance, Survey } from "@/lib/admission/survey";
import type { Found } from "./kind";
import { listed } from "./listed";

/** Callers of some kinds beside the issuer's tokens, as a danger that names them; null where there are none. */
export function namedOthers(
  { others }: Survey,
  kinds: readonly Entrance["kind"][],
  why: (names: string) => string,
): Found | null {
  const found = others.filter(({ kind }) => kinds.includes(kind));
  const [first] = found;
  if (!first) return null;
  const told = found.map(({ words, witness }) => (witness?.when ? `${words} (when ${witness.when})` : words));
  return {
    severity: "danger",
    why: why(listed(told)),
    names: found.map(({ words }) => words),
    place: first.statement === null ? null : { statement: first.statement, element: "Principal" },
  };
}
