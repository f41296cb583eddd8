import { describe, expect, it } from "vitest";
import { relativeTime } from "./time-words";

const now = Date.parse("2026-11-22T12:00:00Z");

describe("relativeTime", () => {
  it.each([
    ["2026-11-22T11:59:40Z", "just now"],
    ["2026-11-22T11:49:00Z", "11 min ago"],
    ["2026-11-22T10:00:00Z", "2 h ago"],
    ["2026-11-19T12:00:00Z", "3 d ago"],
    ["2025-05-03T12:00:00Z", "3 May 2025"],
  ])("says %s as %s", (at, words) => {
    expect(relativeTime(now, at)).toBe(words);
  });
});
