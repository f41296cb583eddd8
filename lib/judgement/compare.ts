import type { RawPolicy } from "@/lib/iam/policy-schema";
import { samePolicy } from "@/lib/iam/policy-schema";
import type { Witness } from "./witness";

/** Two trusts by what they let in. */
export interface Comparison {
  /** Null: not told. A proven witness means false, whatever else is untold. */
  same: boolean | null;
  /** What the second lets in and the first does not. */
  admits: Witness[];
  /** What the first lets in and the second does not. */
  shutsOut: Witness[];
  /** What was assumed or cannot be told, a sentence each. */
  notes: string[];
}

/** Whether two trusts mean the same, and who proves that they do not. `at`: the moment that date operators compare with. */
export function compare(before: RawPolicy, after: RawPolicy, _asked: { at: Date }): Comparison {
  if (samePolicy(before, after)) return { same: true, admits: [], shutsOut: [], notes: [] };
  const notes = ["The documents differ, and whether they mean the same is not told."];
  return { same: null, admits: [], shutsOut: [], notes };
}
