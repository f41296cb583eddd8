import { describe, expect, it } from "vitest";
import { sameOriginPath } from "./paths";

describe("the way back after sign-in", () => {
  it.each(["/projects/7", "/roles/abc?tab=history#v2", "/audit?action=apply-finished"])("keeps %s", (path) => {
    expect(sameOriginPath(path)).toBe(path);
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "",
    null,
    "/..//evil.example",
    "/api/auth/signout",
  ])("refuses %j", (path) => {
    expect(sameOriginPath(path)).toBe("/");
  });
});
