import type { Clock } from "@/lib/clock";
import type { Comparison } from "@/lib/judgement/compare";
import { compare } from "@/lib/judgement/compare";
import type { CompareInput } from "./schema";
import { readTrustSent } from "./sent-document";

/** Compares two trusts by what they let in at this moment, as `trustdesk compare` does. */
export function compareSent(input: CompareInput, clock: Clock): Comparison {
  const before = readTrustSent("before", input.before);
  const after = readTrustSent("after", input.after);
  const result = compare(before.policy, after.policy, { at: clock.now() });
  return { ...result, notes: [...before.notes, ...after.notes, ...result.notes] };
}
