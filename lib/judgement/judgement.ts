import type { RefVerdict } from "@/lib/iam/admitted";
import type { Finding, Grade } from "@/lib/iam/findings/finding";
/** What is to be said about a plan: for who decides, and for the record. */
export interface Judgement {
  findings: Finding[];
  grade: Grade;
  /** By the trust that is wanted; null where nobody can tell. */
  admitted: RefVerdict[] | null;
  /** By the trust policy that AWS holds now; null where there is none, or nobody can tell. */
  admittedBefore: RefVerdict[] | null;
}
