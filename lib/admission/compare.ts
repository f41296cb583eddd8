import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { admissionOf } from "./box";
import type { Meeting, Met } from "./meet";
import { meet } from "./meet";
import { othersNamed } from "./others";
import type { Slice } from "./slice";
import type { Point } from "./solve";
import { circumstancesOf, whenWords } from "./when";
import type { Witness } from "./witness";
import { callerWitness } from "./witness";

/** What a change of trust does: calls that only one of the two lets in, one of each kind of caller. */
export interface TrustChange {
  /** Null: nobody can tell. A proven witness means false, whatever else is untold. */
  same: boolean | null;
  admits: Witness[];
  shutsOut: Witness[];
  /** Of kinds of calls where it cannot be told: what only one of the two may let in. */
  untold: Witness[];
}

/** Calls that are asked about first: their witnesses are more natural than the shortest one of all. */
export interface NaturalCalls {
  slice: Slice;
  witness(point: Point): Omit<Witness, "when">;
}

/** Permissions that a session's creation needs beside the assuming itself (IAM user guide, "Session tags"; STS reference). */
const besideAssuming = ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];

/** Compares two trusts by the calls that they let in, of every caller that either names. */
export function compareTrusts(
  before: TrustPolicy,
  after: TrustPolicy,
  { at, natural = [] }: { at: Date | null; natural?: readonly NaturalCalls[] },
): TrustChange {
  const callers = othersNamed([...before.Statement, ...after.Statement], null, at);
  const calls: NaturalCalls[] = callers.flatMap((caller) =>
    [caller.slice.action, ...besideAssuming].map((action) => {
      const slice = { ...caller.slice, action };
      return { slice, witness: (point: Point) => callerWitness({ ...caller, slice }, point) };
    }),
  );
  const all = [...natural, ...calls];
  const gained = all.map((one) => onlyIn(one, after, before));
  const lost = all.map((one) => onlyIn(one, before, after));
  const proven = (found: readonly OnlyIn[]) =>
    distinct(found.flatMap(({ is, witness }) => (is === "proven" ? witness : [])));
  const admits = proven(gained);
  const shutsOut = proven(lost);
  const open = [...gained, ...lost].filter(({ is }) => is === "possible");
  const same = admits.length + shutsOut.length > 0 ? false : open.length > 0 ? null : true;
  return { same, admits, shutsOut, untold: distinct(open.flatMap(({ witness }) => witness)) };
}

interface OnlyIn {
  is: "proven" | "possible" | "none";
  /** One, or none where the search was given up. */
  witness: Witness[];
}

/** A call that one trust lets in and the other does not. */
function onlyIn({ slice, witness }: NaturalCalls, trust: TrustPolicy, other: TrustPolicy): OnlyIn {
  const asked = { within: admissionOf(trust, slice), without: admissionOf(other, slice) };
  if (asked.within.allows.length === 0) return { is: "none", witness: [] };
  const told = (met: Meeting): Witness[] => [{ ...witness(met.point), when: whenWords(circumstancesOf(slice, met)) }];
  const sure = meet(slice, asked, "proven");
  if (typeof sure === "object") return { is: "proven", witness: told(sure) };
  const perhaps: Met = meet(slice, asked, "possible");
  if (perhaps === "none") return { is: "none", witness: [] };
  return { is: "possible", witness: perhaps === "over budget" ? [] : told(perhaps) };
}

/** One of each principal and action: the natural one, which is asked for first. */
function distinct(witnesses: readonly Witness[]): Witness[] {
  const keys = witnesses.map(({ principal, action }) => `${action} ${principal}`);
  return witnesses.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
