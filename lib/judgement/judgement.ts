import type { AdmittedRefs, RefVerdict } from "@/lib/admission/admitted";
import type { BeyondChange } from "@/lib/admission/beyond-change";
import type { Entrance } from "@/lib/admission/entrance";
import type { Witness } from "@/lib/admission/witness";
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

/** The same with what is good to look at, and too much to keep. */
export interface LiveJudgement extends Judgement {
  /** The refs that stay out and what each lacks, nearest first. */
  out: AdmittedRefs["out"];
  /** Who else gets in; empty where nobody does. */
  others: AnyoneElse[];
}

/** Callers beside the refs that exist, of whom somebody gets in: refs to come, merge requests, other projects, other principals. */
export interface AnyoneElse extends Pick<Entrance, "kind" | "words" | "who"> {
  /** Not where it hangs on what has to be so of GitLab or of the call, and is not known to be. */
  sure: boolean;
  /** What has to be so of the call, in words; null: nothing. */
  when: string | null;
  /** One such caller; null where the search for one was given up. */
  witness: Pick<Witness, "principal" | "claims"> | null;
}

/** All refs of an answer that get in, surely or perhaps. */
export function mayGetIn(who: WhoGetsIn): Extract<WhoGetsIn, { kind: "refs" }>["in"] {
  return who.kind === "refs" ? [...who.in, ...who.untold] : [];
}
