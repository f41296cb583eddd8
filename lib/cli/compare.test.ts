import { describe, expect, it } from "vitest";
import type { Comparison } from "@/lib/judgement/compare";
import { runOver } from "@/lib/testing/policy-files";
import { trustPairs } from "@/lib/testing/trust-pairs";

const codes = new Map<boolean | null, number>([
  [true, 0],
  [false, 1],
  [null, 4],
]);

async function compared(before: unknown, after: unknown) {
  const files = { "before.json": JSON.stringify(before), "after.json": JSON.stringify(after) };
  const { out, code } = await runOver(files, "compare", "--before", "before.json", "--after", "after.json");
  return { code, ...(JSON.parse(out) as Comparison) };
}

describe("compare", () => {
  it.each(trustPairs)("says of $what: $same, with its exit code", async ({ before, after, same }) => {
    const found = await compared(before, after);
    expect([found.same, found.code]).toEqual([same, codes.get(same)]);
    expect(found.admits.length + found.shutsOut.length > 0).toBe(same === false);
  });

  it.each(trustPairs.filter(({ same }) => same === null))("says what of $what cannot be told", async (pair) => {
    const { notes } = await compared(pair.before, pair.after);
    expect(notes.join(" ")).toMatch(/cannot be told/);
  });

  const [first, untold, second] = [true, null, false].map((same) => trustPairs.find((pair) => pair.same === same));

  it("answers of many pairs in their order, and exits with the worst", async () => {
    const pairs = [first, untold, second].flatMap((pair) => pair ?? []);
    const files = Object.fromEntries(
      pairs.flatMap(({ before, after }, at) => [
        [`b${at}`, JSON.stringify(before)],
        [`a${at}`, JSON.stringify(after)],
      ]),
    );
    const args = (of: number[]) => of.flatMap((at) => ["--before", `b${at}`, "--after", `a${at}`]);
    const { out, code } = await runOver(files, "compare", ...args([0, 1, 2]));
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as Comparison).same)).toEqual([true, null, false]);
    expect(code).toBe(1);
    expect((await runOver(files, "compare", ...args([0, 1]))).code).toBe(4);
    expect((await runOver({ ...files, b2: "{" }, "compare", ...args([0, 2]))).code).toBe(2);
  });

  it("refuses what it cannot pair, with a sentence", async () => {
    for (const args of [[], ["--before", "a"], ["--before", "a", "--after", "b", "--after", "c"]]) {
      const { out, complaints, code } = await runOver({}, "compare", ...args);
      expect([out, code, complaints.length]).toEqual(["", 2, 1]);
    }
  });
});
