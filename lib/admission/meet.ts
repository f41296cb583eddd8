import type { Admission, Box } from "./box";
import type { Assumption } from "./literal";
import type { Slice } from "./slice";
import type { Goal, Point, Search } from "./solve";
import { solve } from "./solve";

/** A call of a slice that one set holds and another does not, with the statement that lets it in. */
export interface Meeting {
  point: Point;
  /** The Allow statement; null where nothing was asked to let it in. */
  by: Box | null;
}

export type Met = Meeting | "none" | "over budget";

/** What is asked of the calls: to be in `within` (null: any call will do), and not to be in `without` (null: nothing). */
export interface Asked {
  within: Admission | null;
  without: Admission | null;
}

/**
 * A call of the slice in one set and not in the other. Possible: as far as anybody can tell. Proven: whatever is true of
 * what nobody can tell.
 * @param given what is taken for so, of what nobody can tell
 */
export function meet(
  slice: Slice,
  { within, without }: Asked,
  mode: Search["mode"],
  given: readonly Assumption[] = [],
): Met {
  const domainOf = slice.domainOf.bind(slice);
  let isCut = false;
  for (const { by, goals } of waysIn(within)) {
    for (const out of waysOut(without)) {
      const solution = solve([...goals, ...out], { domainOf, mode, given });
      if (typeof solution === "object") return { point: solution.point, by };
      isCut ||= solution === "over budget";
    }
  }
  return isCut ? "over budget" : "none";
}

function waysIn(within: Admission | null): { by: Box | null; goals: readonly Goal[] }[] {
  if (!within) return [{ by: null, goals: [] }];
  const escapes = within.denies.map(({ fails }) => fails);
  return within.allows.map((by) => ({ by, goals: [...by.holds, ...escapes] }));
}

/** Nothing allows it, or one statement denies it. */
function waysOut(without: Admission | null): (readonly Goal[])[] {
  if (!without) return [[]];
  return [without.allows.map(({ fails }) => fails), ...without.denies.map(({ holds }) => holds)];
}
