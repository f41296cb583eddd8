import { describe, expect, it } from "vitest";
import { isAtLeast } from "./version";

describe("a GitLab version", () => {
  it.each([
    ["19.4.1-ee", "18.2.2", true],
    ["18.2.2", "18.2.2", true],
    ["18.2.1-ee", "18.2.2", false],
    ["18.10.0", "18.2.2", true],
    ["17.11.9", "18.2.2", false],
    ["19.0.0-pre", "18.2.2", true],
    ["", "18.2.2", false],
    ["18.2.10", "18.2.2", true],
    ["19.1.0", "18.2.2", true],
    ["17.12.3", "18.2.2", false],
    ["gitlab-19.4.1", "18.2.2", false],
    ["19.4", "18.2.2", false],
    ["19.4.1", "newest", false],
  ])("%s is at least %s: %s", (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });
});
