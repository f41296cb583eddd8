import { describe, expect, it } from "vitest";
import { folded, spellings } from "./letter-case";

describe("letter case", () => {
  it.each([
    ["a", ["a", "A"]],
    ["K", ["k", "K", "\u212a"]],
    ["ß", ["ß", "ẞ"]],
    ["ς", ["ς"]],
    ["Σ", ["σ", "Σ"]],
    ["İ", ["İ"]],
    ["ı", ["ı"]],
    ["ǅ", ["ǆ", "Ǆ", "ǅ"]],
    ["\u{10400}", ["\u{10428}", "\u{10400}"]],
    ["1", ["1"]],
    ["\ud83d", ["\ud83d"]],
  ])("of %j does not count in %j", (character, expected) => {
    expect(spellings(character)).toEqual(expected);
  });

  it("knows all spellings that Unicode has", () => {
    const missed: string[] = [];
    for (let code = 0; code < 0x20000; code += 1) {
      const character = String.fromCodePoint(code);
      const lower = folded(character);
      if (lower !== character && !spellings(lower).includes(character)) missed.push(character);
    }
    expect(missed).toEqual([]);
  });
});
