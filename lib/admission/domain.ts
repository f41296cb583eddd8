import type { KeyKnowledge } from "@/lib/iam/key-kind";
import { nothing, text } from "@/lib/language/pattern";
import type { Domain } from "./slice";

/** A key that is never there. */
export const absent: Domain = { values: [{ pattern: nothing, inside: true }], mayLack: true, chosen: false };

/** A key that always says one thing. */
export function exactly(value: string): Domain {
  return { values: [{ pattern: text(value), inside: true }], mayLack: false, chosen: false };
}

/** A key that is there or not, with any value, which nobody can know before. */
export const anything: Domain = { values: [], mayLack: true, chosen: false };

/** What a key can say by what is known of it; null where nobody can tell. `at`: the moment of the call; null: any. */
export function domainOf(
  knowledge: KeyKnowledge | null,
  { at, ofClaim }: { at: Date | null; ofClaim(claim: string): Domain },
): Domain | null {
  switch (knowledge?.is) {
    case undefined:
      return null;
    case "fixed":
      return exactly(knowledge.value);
    case "absent":
      return absent;
    case "optional":
      return anything;
    case "chosen":
      return { values: [], mayLack: knowledge.always !== true, chosen: true };
    case "time":
      if (!at) return { ...anything, mayLack: false };
      return exactly(knowledge.as === "seconds" ? String(Math.floor(at.getTime() / 1000)) : at.toISOString());
    case "token":
      return ofClaim(knowledge.claim);
  }
}
