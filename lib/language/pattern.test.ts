import { describe, expect, it } from "vitest";
import { either, everything, many, nothing, one, onlyText, optional, sequence, text } from "./pattern";

describe("the only text of a pattern", () => {
  it.each([
    [text("main"), "main"],
    [text(""), ""],
    [text("main", { fold: true }), null],
    [text("12-3", { fold: true }), "12-3"],
    [sequence(text("a"), text("b")), "ab"],
    [sequence(), ""],
    [sequence(text("a"), nothing), null],
    [sequence(text("a"), many()), null],
    [one(), null],
    [one({ only: "x" }), "x"],
    [one({ only: "\u{1f680}" }), "\u{1f680}"],
    [one({ only: "xx" }), "x"],
    [one({ only: "xy" }), null],
    [one({ only: "" }), null],
    [many({ only: "" }), ""],
    [many({ only: "a" }), null],
    [many({ except: "a" }), null],
    [everything, null],
    [nothing, null],
    [either(text("a"), text("a")), "a"],
    [either(text("a"), nothing), "a"],
    [either(text("a"), text("b")), null],
    [optional(text("a")), null],
    [optional(text("")), ""],
  ])("%j: %j", (pattern, expected) => {
    expect(onlyText(pattern)).toBe(expected);
  });
});
