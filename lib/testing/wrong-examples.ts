import { many } from "@/lib/language/pattern";
import type { Constraint } from "@/lib/language/search";
import { example } from "@/lib/language/search";
import { drawsOf, naivelyMeets, naivelyTakes, randomChoice, randomPattern, textsUpTo } from "./random-patterns";

/** In the order of how natural they are. */
const characters = ["a", "b", ":", "A"];
const longest = 5;
const texts = textsUpTo(longest, characters);
const ofThese: Constraint = { pattern: many({ only: characters.join("") }), inside: true };

/** Answers about random combinations of 60 random patterns that are wrong, as sentences: all texts of up to five of four characters are tried. */
export function wrongExamples(seed: number, combinations: number): string[] {
  const draw = drawsOf(seed);
  const pool = Array.from({ length: 60 }, () => {
    const pattern = randomPattern(draw, characters);
    return { pattern, takes: texts.map((given) => naivelyTakes(pattern, given)) };
  });
  return Array.from({ length: combinations }, () => {
    const chosen = randomChoice(draw, pool.length).flatMap(({ index, inside }) => {
      const drawn = pool[index];
      return drawn ? [{ ...drawn, inside }] : [];
    });
    const constraints = chosen.map(({ pattern, inside }) => ({ pattern, inside }));
    const isBounded = draw(3) > 0;
    const fit = texts.find((_, at) => chosen.every(({ takes, inside }) => takes[at] === inside));
    const wrong = wrongAnswer(isBounded ? [...constraints, ofThese] : constraints, fit, isBounded);
    return wrong === null ? [] : [`${wrong}: ${JSON.stringify(constraints)}`];
  }).flat();
}

/** What is wrong with the answer, where `fit` is the first short text that fits; bounded: to the characters tried. */
function wrongAnswer(constraints: readonly Constraint[], fit: string | undefined, isBounded: boolean): string | null {
  const found = example(constraints);
  if (typeof found === "string") return found === "none" && fit === undefined ? null : `${found}, though "${fit}" fits`;
  if (!naivelyMeets(constraints, found.text)) return `"${found.text}" does not fit`;
  const length = Array.from(found.text).length;
  if (fit !== undefined && fit.length < length) return `"${found.text}", though "${fit}" is shorter`;
  if (isBounded && length <= longest && fit !== found.text) return `"${found.text}", though "${fit}" is more natural`;
  return null;
}
