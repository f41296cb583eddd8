import { describe, expect, it } from "vitest";
import { createLog, currentRequestId, requestIdFrom, withLogContext, withoutTokens } from "./log";

describe("free text in a log line", () => {
  it.each([
    ["a JWT", "bad token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here", "bad token [jwt] here"],
    ["a GitLab token", "sent glpat-AbC_123-x to GitLab", "sent [gitlab token] to GitLab"],
    ["an OAuth token", `refresh ${"a1".repeat(32)} failed`, "refresh [secret] failed"],
    [
      "a database password",
      "cannot reach postgresql://web:p4ss@127.0.0.1/db",
      "cannot reach postgresql://web:[redacted]@127.0.0.1/db",
    ],
  ])("keeps no %s", (_what, text, shown) => {
    expect(withoutTokens(text)).toBe(shown);
  });

  it("keeps what is needed to find the cause", () => {
    expect(withoutTokens("CreateRole in 111122223333 failed: request d1a3700b-41d3-4002-b2db-c7cab78f5e34")).toBe(
      "CreateRole in 111122223333 failed: request d1a3700b-41d3-4002-b2db-c7cab78f5e34",
    );
  });
});

describe("a request's id", () => {
  it("is on every line of its work, across what is awaited, and on no other", async () => {
    const lines: Record<string, unknown>[] = [];
    const log = createLog({ write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
    await withLogContext({ requestId: "request-1" }, async () => {
      log.error("before");
      await Promise.resolve();
      log.error({ token: "secret" }, currentRequestId() ?? "none");
    });
    log.error("outside");
    expect(lines).toMatchObject([
      { msg: "before", requestId: "request-1" },
      { msg: "request-1", requestId: "request-1", token: "[redacted]" },
      { msg: "outside" },
    ]);
    expect(lines[2]).not.toHaveProperty("requestId");
  });

  it("is the caller's when it is well formed and no secret", () => {
    expect(requestIdFrom("01HZX-4.7_a")).toBe("01HZX-4.7_a");
    for (const given of [
      null,
      "",
      "short",
      "with space here",
      "line\nbreak-here",
      "x".repeat(65),
      "glpat-AbCdEf-123456",
      "a1".repeat(32),
    ]) {
      expect(requestIdFrom(given)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    }
  });
});
