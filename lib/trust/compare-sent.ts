import type { Clock } from "@/lib/clock";
import type { Comparison } from "@/lib/judgement/compare";
import { compare } from "@/lib/judgement/compare";
import { readPolicySent } from "./sent-document";
import type { CompareInput } from "./schema";

/** Compares two trusts by what they let in at this moment, as `trustdesk compare` does. */
export function compareSent(input: CompareInput, clock: Clock): Comparison {
  const before = readPolicySent("before", input.before);
  const after = readPolicySent("after", input.after);
  const result = compare(before.policy, after.policy, { at: clock.now() });
  return { ...result, notes: [...before.notes, ...after.notes, ...result.notes] };
}
