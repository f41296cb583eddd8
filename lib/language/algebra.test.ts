import { describe, expect, it } from "vitest";
import { wrongExamples } from "@/lib/testing/wrong-examples";

describe("an example of a combination of patterns", () => {
  it.each([1, 2, 3, 4])("is what one finds who tries all short texts (seed %i)", (seed) => {
    expect(wrongExamples(seed, 1000)).toEqual([]);
  });
});
