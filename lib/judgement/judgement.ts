import type { AdmittedRefs, RefVerdict } from "@/lib/admission/admitted";
import type { BeyondChange } from "@/lib/admission/beyond-change";
import type { Finding, Grade } from "@/lib/findings/finding";
import type { RoleDocument } from "@/lib/plan/change";

/** The part of a role that says who gets in, and to what. */
export type AccessDocument = Pick<RoleDocument, "trustPolicy" | "inlinePolicies" | "attachedPolicies">;

/** Who gets in, as far as it is told: ref by ref, nobody for a reason that no trust policy changes, or not told at all. */
export type WhoGetsIn =
  /** `asked`: how many refs were asked about; null where that was not kept. */
  | { kind: "refs"; in: RefVerdict[]; untold: RefVerdict[]; asked: number | null }
  | { kind: "nobody"; because: string }
  | { kind: "untold"; because: string };

/** What is said of a role's document for a project: to whoever asks, decides or looks, and for the record. */
export interface Judgement {
  findings: Finding[];
  /** The worst finding; never safe where something is untold. */
  grade: Grade;
  after: WhoGetsIn;
  /** What it replaces; null where there is nothing, as for a new role. */
  before: WhoGetsIn | null;
  /**
   * What the change does to callers beside the refs that exist. Missing where nothing is replaced, and in what older
   * versions wrote down.
   */
  beyond?: BeyondChange;
}

/** The same with the refs that stay out and what each lacks, nearest first: too many to keep, good to look at. */
export interface LiveJudgement extends Judgement {
  out: AdmittedRefs["out"];
}
