import { spellings } from "./letter-case";
import type { Characters, Pattern } from "./pattern";

/** Which characters a step takes: those named, or with `others` all but those. */
export interface Taken {
  characters: readonly string[];
  others: boolean;
}

/** A pattern as places that a text passes, several at once: where steps lead, and where one gets without a character. */
export interface Places {
  first: number;
  last: number;
  steps: readonly (readonly { taken: Taken; to: number }[])[];
  free: readonly (readonly number[])[];
  /** Places where any text may follow. Who is at `at` gains nothing by being at one of `from` up to it as well. */
  stars: readonly { from: number; at: number }[];
}

/** Lays a pattern out; there are as many places as the pattern is long. */
export function placesOf(pattern: Pattern): Places {
  const steps: { taken: Taken; to: number }[][] = [];
  const free: number[][] = [];
  const stars: { from: number; at: number }[] = [];
  const place = () => {
    free.push([]);
    return steps.push([]) - 1;
  };
  const step = (from: number, taken: Taken, to = place()) => {
    if (taken.others || taken.characters.length > 0) steps[from]?.push({ taken, to });
    return to;
  };
  /** Adds a piece behind a place and says where it ends; `begin` is the first place of the branch that it is in. */
  const add = (from: number, piece: Pattern, begin: number): number => {
    switch (piece.kind) {
      case "text": {
        const spelled = (character: string) => (piece.fold ? spellings(character) : [character]);
        return Array.from(piece.text).reduce(
          (at, character) => step(at, { characters: spelled(character), others: false }),
          from,
        );
      }
      case "one":
        return step(from, takenBy(piece.of));
      case "many": {
        const loop = place();
        free[from]?.push(loop);
        const taken = takenBy(piece.of);
        if (taken.others && taken.characters.length === 0) stars.push({ from: begin, at: loop });
        return step(loop, taken, loop);
      }
      case "sequence":
        return piece.parts.reduce((at, part) => add(at, part, begin), from);
      case "either": {
        const end = place();
        for (const option of piece.options) {
          const branch = place();
          free[from]?.push(branch);
          free[add(branch, option, branch)]?.push(end);
        }
        return end;
      }
    }
  };
  const first = place();
  return { first, last: add(first, pattern, first), steps, free, stars };
}

/** By code point: half of a surrogate pair is not in a set that holds the pair. */
function takenBy(of: Characters): Taken {
  return "only" in of
    ? { characters: [...new Set(of.only)], others: false }
    : { characters: [...new Set(of.except)], others: true };
}

/** How many characters must follow at each place before the end, at least; infinite where none leads there. */
export function distancesOf({ last, steps, free }: Places): number[] {
  const freelyBefore: number[][] = steps.map(() => []);
  const before: number[][] = steps.map(() => []);
  steps.forEach((out, from) => {
    for (const { to } of out) before[to]?.push(from);
    for (const to of free[from] ?? []) freelyBefore[to]?.push(from);
  });
  const distances = steps.map(() => Number.POSITIVE_INFINITY);
  let layer = [last];
  for (let distance = 0; layer.length > 0; distance += 1) {
    const found = reached(layer, freelyBefore).filter((place) => distances[place] === Number.POSITIVE_INFINITY);
    for (const place of found) distances[place] = distance;
    layer = found.flatMap((place) => before[place] ?? []);
  }
  return distances;
}

/** These places and those that the edges lead to from there. */
export function reached(from: readonly number[], edges: readonly (readonly number[])[]): number[] {
  const found = new Set(from);
  for (const at of found) for (const next of edges[at] ?? []) found.add(next);
  return [...found];
}
