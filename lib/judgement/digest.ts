import { digestOf } from "@/lib/plan/digest";
import type { Judgement } from "./judgement";

/**
 * The digest of what is said of a plan, 64 hex digits: the plan (and with it the set that its trust admits), the grade
 * and the findings. Which refs exist today is not part of it: a new branch makes no other judgement.
 */
export function judgementDigest(planDigest: string, { grade, findings }: Judgement): Promise<string> {
  return digestOf({ planDigest, grade, findings });
}
