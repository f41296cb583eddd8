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
  const named = found.map(nameOf);
  const told = found.map((one) => (one.witness?.when ? `${nameOf(one)} (when ${one.witness.when})` : nameOf(one)));
  return {
    severity: "danger",
    why: why(listed(told)),
    names: named,
    place: first.statement === null ? null : { statement: first.statement, element: "Principal" },
  };
}

/** A whole account may be held to one of its principals by a condition. */
function nameOf({ kind, words, witness }: Entrance): string {
  const held = kind === "account" ? witness?.claims["aws:principalarn"] : undefined;
  return held ?? words;
}
