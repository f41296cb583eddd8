import { describe, expect, it } from "vitest";
import { drawsOf, naivelyTakes, randomPattern, textsUpTo } from "@/lib/testing/random-patterns";
import { compileTexts } from "./compiled";
import type { Pattern } from "./pattern";
import { either, everything, many, nothing, one, sequence, text } from "./pattern";
import { takes } from "./search";

/** `*` is any text, `?` any character. */
function glob(pattern: string): Pattern {
  return sequence(
    ...Array.from(pattern, (character) => (character === "*" ? many() : character === "?" ? one() : text(character))),
  );
}

/** Where the three disagree, as sentences. */
function disagreements(patterns: readonly Pattern[], texts: readonly string[]): string[] {
  const compiled = compileTexts(patterns);
  return texts.flatMap((given) => {
    const naive = patterns.findIndex((pattern) => naivelyTakes(pattern, given));
    const walked = patterns.findIndex((pattern) => takes(pattern, given));
    const isAgreed = naive === walked && naive === compiled.first(given) && compiled.matches(given) === naive >= 0;
    return isAgreed ? [] : [`${JSON.stringify(given)} of ${JSON.stringify(patterns)}: ${naive} ${walked}`];
  });
}

describe("compiled texts", () => {
  it.each([
    [["main", "main", "m*"], "main", 0],
    [["x", "m*", "main"], "main", 1],
    [["x"], "main", -1],
    [[], "", -1],
    [["a*b"], "ab", 0],
    [["ab*b"], "ab", -1],
    [["a*bc*c"], "abc", -1],
    [["a*bc*c"], "abcc", 0],
    [["a*ba*ab"], "abab", -1],
    [["**"], "", 0],
    [["*a*", "b*"], "ba", 0],
    [["b*", "*a*"], "ba", 0],
    [["bc*", "bd*", "b*"], "bx", 2],
    [["bcd*", "bc*x", "bce*"], "bcx", 1],
    [["abc*", "ab*c", "a*bc"], "abc", 0],
    [["a?c"], "a\u{1f680}c", 0],
    [["a??c"], "a\u{1f680}c", -1],
    [["\u{1f680}*", "\u{1f681}*"], "\u{1f681}!", 1],
  ])("%j take %j: %i", (patterns, given, expected) => {
    const compiled = compileTexts(patterns.map(glob));
    expect(compiled.first(given)).toBe(expected);
    expect(compiled.matches(given)).toBe(expected >= 0);
  });

  it("take a character of two halves as one", () => {
    const halves = [
      text("\ud83d"),
      sequence(text("\ud83d"), many()),
      sequence(many(), text("\ude80")),
      one({ only: "\u{1f680}" }),
    ];
    expect(compileTexts(halves).first("\u{1f680}")).toBe(3);
    expect(disagreements(halves, textsUpTo(3, ["\ud83d", "\ude80", "a"]))).toEqual([]);
  });

  it("may be nothing, or everything", () => {
    expect(compileTexts([nothing, either(), everything]).first("any")).toBe(2);
  });

  it("answer as each pattern alone does, and as one does who tries", () => {
    const texts = textsUpTo(4, ["a", "A", "\u{1f680}", "b"]);
    for (let seed = 1; seed <= 120; seed += 1) {
      const draw = drawsOf(seed);
      const patterns = Array.from({ length: 1 + draw(6) }, () => randomPattern(draw, ["a", "b", "\u{1f680}"], 2));
      expect(disagreements(patterns, texts)).toEqual([]);
    }
  });

  it("answer so for globs of every shape", () => {
    const texts = textsUpTo(6, ["a", "b"]);
    for (let seed = 1; seed <= 150; seed += 1) {
      const draw = drawsOf(seed);
      const word = () => Array.from({ length: draw(7) }, () => "aabb**?"[draw(7)] ?? "").join("");
      const patterns = Array.from({ length: 1 + draw(8) }, () => glob(word()));
      expect(disagreements(patterns, texts)).toEqual([]);
    }
  });
});
