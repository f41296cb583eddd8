import { describe, expect, it } from "vitest";
import { withoutTokens } from "./log";

describe("free text in a log line", () => {
  it.each([
    ["a JWT", "bad token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here", "bad token [jwt] here"],
    ["a GitLab token", "sent glpat-AbC_123-x to GitLab", "sent [gitlab token] to GitLab"],
    ["an OAuth token", `refresh ${"a1".repeat(32)} failed`, "refresh [secret] failed"],
    ["a database password", "cannot reach postgresql://web:p4ss@127.0.0.1/db", "cannot reach postgresql://web:[redacted]@127.0.0.1/db"],
  ])("keeps no %s", (_what, text, shown) => {
    expect(withoutTokens(text)).toBe(shown);
  });

  it("keeps what is needed to find the cause", () => {
    expect(withoutTokens("CreateRole in 111122223333 failed: request d1a3700b-41d3-4002-b2db-c7cab78f5e34")).toBe("CreateRole in 111122223333 failed: request d1a3700b-41d3-4002-b2db-c7cab78f5e34");
  });
});
