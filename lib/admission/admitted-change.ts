import type { RefVerdict } from "./admitted";

/** Who gets in before and after a change of trust, by name and kind of ref. */
export interface AdmittedChange {
  lost: RefVerdict[];
  gained: RefVerdict[];
  kept: RefVerdict[];
}

/** Compares two lists of admitted refs. */
export function admittedChange(before: readonly RefVerdict[], after: readonly RefVerdict[]): AdmittedChange {
  const [was, is] = [before, after].map((verdicts) => new Set(verdicts.map(keyOf)));
  return {
    lost: before.filter((verdict) => !is?.has(keyOf(verdict))),
    gained: after.filter((verdict) => !was?.has(keyOf(verdict))),
    kept: after.filter((verdict) => was?.has(keyOf(verdict))),
  };
}

function keyOf({ ref }: RefVerdict): string {
  return `${ref.type}:${ref.name}`;
}
