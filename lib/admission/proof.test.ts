import { describe, expect, it } from "vitest";
import { drawsOf } from "@/lib/testing/random-patterns";
import { counterexample } from "@/lib/testing/trust-proof";

const policies = 20_000;
const parts = 4;

/** The first of so many random policies about which the set and a look at every call say different things. */
function firstWrong(seed: number, count: number): unknown {
  for (let number = 0; number < count; number += 1) {
    const wrong = counterexample(drawsOf(seed + number), 1);
    if (wrong) return { seed: seed + number, ...wrong };
  }
  return null;
}

describe("the set of a random trust over a small world", () => {
  const seeds = Array.from({ length: parts }, (_, part) => 1 + (part * policies) / parts);
  it.each(seeds)("is what one finds who looks at every call (from seed %i on)", (seed) => {
    expect(firstWrong(seed, policies / parts)).toBeNull();
  });
});
