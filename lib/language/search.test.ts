import { describe, expect, it } from "vitest";
import { either, everything, many, nothing, one, optional, sequence, text } from "./pattern";
import { example, takes } from "./search";

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
  ])("%j of %j: %s", (pattern, given, expected) => {
    expect(takes(pattern, given)).toBe(expected);
  });
});

describe("example", () => {
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
