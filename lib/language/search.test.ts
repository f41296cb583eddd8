import { describe, expect, it } from "vitest";
import type { Pattern } from "./pattern";
import { either, everything, many, nothing, one, optional, sequence, text } from "./pattern";
import { covers, example, takes } from "./search";

const usual = "abcdefghijklmnopqrstuvwxyz0123456789-_./:ABCDEFGHIJKLMNOPQRSTUVWXYZ";

describe("takes", () => {
  it.each([
    [text("main"), "main", true],
    [text("main"), "Main", false],
    [text("main", { fold: true }), "MAIN", true],
    [sequence(text("release/"), many()), "release/1/x", true],
    [sequence(text("release/"), many({ except: "/" })), "release/1/x", false],
    [sequence(text("v"), one({ only: "0123456789" })), "v1", true],
    [either(text("a"), text("b")), "b", true],
    [optional(text("a")), "", true],
    [nothing, "", false],
    [everything, "", true],
    [one(), "\u{1f680}", true],
    [one({ only: "\u{1f680}" }), "\ud83d", false],
    [sequence(one(), one()), "\ud83d\ud83d", true],
    [sequence(text("\ud83d"), text("\ude80")), "\u{1f680}", false],
    [text("\u00e9"), "e\u0301", false],
    [text("straße", { fold: true }), "STRASSE", false],
    [text("ΣΑΣ", { fold: true }), "σασ", true],
    [sequence(many(), text("ab"), many({ only: "x" })), "abababxx", true],
    [sequence(many(), text("ab"), many({ only: "x" })), "ababaxx", false],
  ])("%j of %j: %s", (pattern, given, expected) => {
    expect(takes(pattern, given)).toBe(expected);
  });
});

describe("example", () => {
  const inside = (...patterns: Pattern[]) => patterns.map((pattern) => ({ pattern, inside: true }));
  const outside = (...patterns: Pattern[]) => patterns.map((pattern) => ({ pattern, inside: false }));

  it.each([
    ["the empty text, of no constraints", [], ""],
    ["a letter, not a digit", [...inside(one({ except: "" }))], "a"],
    ["the first letter that is free", [...inside(one()), ...outside(one({ only: "abA" }))], "c"],
    [
      "a letter that only Unicode has",
      [...inside(text("k", { fold: true })), ...outside(text("k"), text("K"))],
      "\u212a",
    ],
    [
      "one that nobody names, where all usual ones are named",
      [...inside(one()), ...outside(one({ only: usual }))],
      "à",
    ],
    [
      "an astral character, as one",
      [...inside(sequence(one(), one()), many({ only: "\u{1f680}" }))],
      "\u{1f680}\u{1f680}",
    ],
    ["half of a pair", [...inside(many({ only: "\ud83d" }), one())], "\ud83d"],
    [
      "the most natural, though another is found before",
      [...inside(sequence(either(text("bab"), text("abb")), many()))],
      "abb",
    ],
    [
      "long",
      [...inside(sequence(many(), text("b".repeat(90)))), ...outside(text("b".repeat(90)))],
      `a${"b".repeat(90)}`,
    ],
  ])("is %s", (_, constraints, expected) => {
    expect(example(constraints)).toEqual({ text: expected });
    expect(example(constraints.toReversed())).toEqual({ text: expected });
  });

  it("does not put two halves together: that is another text", () => {
    const halves = [text("\ud83d"), text("\ude80")];
    expect(example(inside(sequence(...halves)))).toBe("none");
    expect(example(inside(sequence(one({ only: "\ud83d" }), many(), one({ only: "\ude80" }))))).toEqual({
      text: "\ud83da\ude80",
    });
  });

  it("is none where the same pattern must and must not", () => {
    expect(example([...inside(everything), ...outside(everything)])).toBe("none");
  });

  it("is within its budget where only a few states matter", () => {
    const branches = (project: string) => sequence(text(`project_path:${project}`), many(), text(":ref:"), many());
    const others = Array.from("bcdefghijk", (letter) => branches(`a/${letter}`));
    expect(example([...inside(branches("a/")), ...outside(...others)], 100)).toEqual({ text: "project_path:a/:ref:" });
  });

  it("is the shortest text that is in all and in none of the others", () => {
    const release = sequence(text("release/"), many());
    expect(example([{ pattern: release, inside: true }])).toEqual({ text: "release/" });
    expect(
      example([
        { pattern: release, inside: true },
        { pattern: text("release/"), inside: false },
      ]),
    ).toEqual({ text: "release/a" });
  });

  it("is none where the patterns do not meet", () => {
    expect(
      example([
        { pattern: text("main"), inside: true },
        { pattern: sequence(text("ma"), many()), inside: false },
      ]),
    ).toBe("none");
  });

  it("says so where it gives up", () => {
    const hard = () => sequence(many(), text("a"), ...Array.from({ length: 18 }, () => one()));
    const constraints = [
      { pattern: hard(), inside: false },
      { pattern: hard(), inside: true },
    ];
    expect(example(constraints, 500)).toBe("over budget");
  });
});

describe("covers", () => {
  const release = sequence(text("release/"), many());

  it.each([
    [release, text("release/1"), true],
    [release, nothing, true],
    [release, sequence(text("release"), many()), false],
    [either(text("a"), text("b")), one({ only: "ab" }), true],
  ])("%j %j: %s", (left, right, expected) => {
    expect(covers(left, right)).toBe(expected);
  });

  it("says so where it gives up", () => {
    const hard = () => sequence(many(), text("a"), ...Array.from({ length: 18 }, () => one()));
    expect(covers(hard(), hard(), 500)).toBe("over budget");
  });
});
