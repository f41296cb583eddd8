import { describe, expect, it } from "vitest";
import {
  drawsOf,
  naivelyMeets,
  naivelyTakes,
  randomChoice,
  randomPattern,
  textsUpTo,
} from "@/lib/testing/random-patterns";
import { many } from "./pattern";
import type { Constraint } from "./search";
import { example } from "./search";

/** In the order of how natural they are. */
const characters = ["a", "b", ":", "A"];
const longest = 5;
const texts = textsUpTo(longest, characters);
const overTheseOnly: Constraint = { pattern: many({ only: characters.join("") }), inside: true };

/** What is wrong with the answer, by looking at all texts up to the longest. */
function wrong(constraints: readonly Constraint[], isFit: (index: number) => boolean): string | null {
  const found = example(constraints);
  const fit = texts.find((_, index) => isFit(index));
  if (typeof found === "string") return found === "none" && fit === undefined ? null : `${found}, though ${fit} fits`;
  if (!naivelyMeets(constraints, found.text)) return `${found.text} does not fit`;
  const length = Array.from(found.text).length;
  if (fit !== undefined && fit.length < length) return `${found.text}, though ${fit} is shorter`;
  if (constraints.includes(overTheseOnly) && length <= longest && fit !== found.text)
    return `${found.text}, though ${fit} is more natural`;
  return null;
}

describe("an example of a combination of patterns", () => {
  it.each([1, 2, 3, 4])("is what one finds who looks at all short texts (seed %i)", (seed) => {
    const draw = drawsOf(seed);
    const pool = Array.from({ length: 60 }, () => randomPattern(draw, characters));
    const takenBy = pool.map((pattern) => texts.map((given) => naivelyTakes(pattern, given)));
    for (let count = 0; count < 1000; count += 1) {
      const choice = randomChoice(draw, pool.length);
      const constraints = choice.flatMap(({ index, inside }) => {
        const pattern = pool[index];
        return pattern ? [{ pattern, inside }] : [];
      });
      const all = draw(3) === 0 ? constraints : [...constraints, overTheseOnly];
      const isFit = (at: number) => choice.every(({ index, inside }) => takenBy[index]?.[at] === inside);
      expect(wrong(all, isFit), JSON.stringify(all)).toBeNull();
    }
  });
});
