import { describe, expect, it } from "vitest";
import { takes } from "@/lib/language/search";
import { patternMatches } from "../ref-pattern";
import { anyOf, canMatch, namesByCharacters, namesLike, wrongNames } from "./ref-name";

const isName = (name: string) => takes(namesByCharacters, name) && !takes(wrongNames, name);

describe("a name of a branch or tag", () => {
  it.each([
    "main",
    "feature/x",
    "v1.2.3",
    "a-",
    "@",
    "a@b",
    "x.locked",
    "HEAD/x",
    "head",
    "feature/日本語",
    "$" + "{x}",
    "refs/heads",
    "my/refs/heads/x",
    "a]b",
  ])("can be %s", (name) => {
    expect(isName(name)).toBe(true);
  });

  it.each([
    "",
    "HEAD",
    "-x",
    "/x",
    "x/",
    ".x",
    "a/.x",
    "a//b",
    "a..b",
    "a.",
    "a.lock",
    "a.lock/b",
    "a@{1}",
    "refs/heads/main",
    "refs/tags/v1",
    "refs/remotes/origin",
    "a b",
    "a:b",
    "a*",
    "a?",
    "a[",
    "a\\b",
    "a~1",
    "a^",
    "a\tb",
    "a\u007fb",
  ])("cannot be %j", (name) => {
    expect(isName(name)).toBe(false);
  });
});

describe("a protection rule", () => {
  it.each([
    ["release/*", "release/1", true],
    ["release/*", "release/1/x", true],
    ["release/*", "releases", false],
    ["*-stable", "1-stable", true],
    ["main", "main", true],
    ["main", "Main", false],
    ["a.c", "abc", false],
    ["*", "x", true],
  ])("%s matches %s: %s, as patternMatches says", (rule, name, expected) => {
    expect(takes(namesLike(rule), name)).toBe(expected);
    expect(patternMatches(rule, name)).toBe(expected);
  });

  it("with a character that no name holds matches none", () => {
    expect(canMatch("my branch")).toBe(false);
    expect(canMatch("")).toBe(false);
    expect(canMatch("release/*")).toBe(true);
  });
});

describe("any of some names", () => {
  const names = ["main", "main", "maint", "ma", "feature/x", "feature/y", "日本", "日曜"];
  it("takes each of them and nothing between", () => {
    expect(names.filter((name) => !takes(anyOf(names), name))).toEqual([]);
    expect(["m", "mai", "feature/", "feature/z", "日", "mainx"].filter((name) => takes(anyOf(names), name))).toEqual(
      [],
    );
  });

  it("takes nothing of none", () => {
    expect(takes(anyOf([]), "")).toBe(false);
  });
});
