import { describe, expect, it } from "vitest";
import { takes } from "@/lib/language/search";
import { ids, idsBut, pathsBut, pathsByCharacters, wrongPaths } from "./project-path";

const isPath = (path: string) => takes(pathsByCharacters, path) && !takes(wrongPaths, path);

describe("a project's full path", () => {
  it.each([
    ["acme/shop", true],
    ["acme/platform/team/shop.js", true],
    ["_a/b-", true],
    ["acme", false],
    ["acme/", false],
    ["/shop", false],
    ["acme//shop", false],
    ["-acme/shop", false],
    ["acme/-shop", false],
    ["acme./shop", false],
    ["acme/shop.git", false],
    ["acme.atom/shop", false],
    ["acme/sh op", false],
    ["acme/*", false],
    ["acme/shop:x", false],
  ])("%s: %s", (path, expected) => {
    expect(isPath(path)).toBe(expected);
  });
});

describe("another path", () => {
  it.each([
    ["acme/shop", false],
    ["ACME/Shop", false],
    ["acme/sho", true],
    ["acme/shop-evil", true],
    ["acme/shoq", true],
    ["bcme/shop", true],
    ["Acme/evil", true],
    ["acmE/evil", true],
    ["a", true],
    ["", false],
  ])("than acme/shop can be %j: %s", (path, expected) => {
    expect(takes(pathsBut("acme/shop"), path)).toBe(expected);
  });
});

describe("an id", () => {
  it.each([
    ["20", true, false],
    ["2", true, true],
    ["200", true, true],
    ["21", true, true],
    ["0", false, false],
    ["020", false, false],
    ["", false, false],
    ["2a", false, false],
  ])("can be %j: %s; other than 20: %s", (id, isId, isOther) => {
    expect(takes(ids, id)).toBe(isId);
    expect(takes(idsBut("20"), id)).toBe(isOther);
  });
});
