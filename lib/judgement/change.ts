import type { RefVerdict } from "@/lib/admission/admitted";
import type { AdmittedChange } from "@/lib/admission/admitted-change";
import { admittedChange } from "@/lib/admission/admitted-change";
import type { WhoGetsIn } from "./judgement";

/** Who gets in before and after, by name, with in, out and untold as three answers on both sides; who is out on both is left away. */
export interface WhoChanged extends AdmittedChange {
  /** Perhaps in before, out now. */
  perhapsLost: RefVerdict[];
  /** Out before, perhaps in now. */
  perhapsGained: RefVerdict[];
  /** Perhaps in before, surely in now. */
  settled: RefVerdict[];
  /** Surely in before, perhaps in now. */
  unsettled: RefVerdict[];
  /** Perhaps in, before and now. */
  open: RefVerdict[];
}

/** What a change does to who gets in; null where one of the two is not told as a whole. */
export function whoChanged(before: WhoGetsIn, after: WhoGetsIn): WhoChanged | null {
  if (before.kind === "untold" || after.kind === "untold") return null;
  const [was, is] = [answered(before), answered(after)];
  const surely = admittedChange(was.in, is.in);
  const perhaps = admittedChange(was.untold, is.untold);
  return {
    lost: without(surely.lost, is.untold),
    gained: without(surely.gained, was.untold),
    kept: surely.kept,
    perhapsLost: without(perhaps.lost, is.in),
    perhapsGained: without(perhaps.gained, was.in),
    settled: among(surely.gained, was.untold),
    unsettled: among(perhaps.gained, was.in),
    open: perhaps.kept,
  };
}

/** Whether surely the same refs get in as before: whoever is untold on one of the sides may not be the same. */
export function isSameAsBefore({ kept: _kept, ...others }: WhoChanged): boolean {
  return Object.values(others).every((verdicts: RefVerdict[]) => verdicts.length === 0);
}

const nobody = { in: [], untold: [] };

function answered(who: Exclude<WhoGetsIn, { kind: "untold" }>): { in: RefVerdict[]; untold: RefVerdict[] } {
  return who.kind === "refs" ? who : nobody;
}

function among(verdicts: readonly RefVerdict[], others: readonly RefVerdict[]): RefVerdict[] {
  return admittedChange(others, verdicts).kept;
}

function without(verdicts: readonly RefVerdict[], others: readonly RefVerdict[]): RefVerdict[] {
  return admittedChange(others, verdicts).gained;
}
