import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { admissionOf } from "./box";
import type { Meeting, Met } from "./meet";
import { meet } from "./meet";
import type { Slice } from "./slice";
import type { Point } from "./solve";
import { circumstancesOf, whenWords } from "./when";
import type { Witness } from "./witness";

/** Calls of one kind, and how one of them is told. */
export interface CallKind {
  slice: Slice;
  witness(point: Point): Omit<Witness, "when">;
}

/** Whether one trust lets in what another does not. */
export interface OnlyIn {
  is: "proven" | "possible" | "none";
  /** Null where there is none, or only the search was given up. */
  witness: Witness | null;
}

/** A call of the kind that one trust lets in and the other does not. Possible: as far as anybody can tell. */
export function onlyIn({ slice, witness }: CallKind, trust: TrustPolicy, other: TrustPolicy): OnlyIn {
  const asked = { within: admissionOf(trust, slice), without: admissionOf(other, slice) };
  if (asked.within.allows.length === 0) return { is: "none", witness: null };
  const told = (met: Meeting): Witness => ({
    ...witness(met.point),
    when: whenWords(circumstancesOf(slice, met)),
  });
  const sure = meet(slice, asked, "proven");
  if (typeof sure === "object") return { is: "proven", witness: told(sure) };
  const perhaps: Met = meet(slice, asked, "possible");
  if (perhaps === "none") return { is: "none", witness: null };
  return { is: "possible", witness: perhaps === "over budget" ? null : told(perhaps) };
}
