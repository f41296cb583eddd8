import { describe, expect, it } from "vitest";
import type { Canned } from "@/lib/testing/canned-gitlab";
import { gitlab, user } from "@/lib/testing/canned-gitlab";

describe("a refusal by GitLab", () => {
  // Forms: docs.gitlab.com/api/rest "Status codes", docs.gitlab.com/api/oauth2.
  it.each<[string, Canned, string, RegExp]>([
    ["401 with a message", { status: 401, body: { message: "401 Unauthorized" } }, "not-signed-in", /sign in again/i],
    [
      "401 of an expired token",
      { status: 401, body: { error: "invalid_token", error_description: "Token is expired." } },
      "not-signed-in",
      /sign in again/i,
    ],
    ["403 with its reason", { status: 403, body: { message: "403 Forbidden - too low" } }, "forbidden", /too low/],
    [
      "403 of a blocked account",
      { status: 403, body: { message: "403 Forbidden - Your account has been blocked." } },
      "not-signed-in",
      /blocked/,
    ],
    ["403 of a scope", { status: 403, body: { error: "insufficient_scope", scope: "api" } }, "forbidden", /scope/],
    [
      "404 of something hidden",
      { status: 404, body: { message: "404 Project Not Found" } },
      "not-found",
      /may not see it/,
    ],
    [
      "400 with fields",
      { status: 400, body: { message: { key: ["has already been taken"] } } },
      "upstream",
      /key has already been taken/,
    ],
    [
      "400 of a parameter",
      { status: 400, body: { error: "key is missing, value is missing" } },
      "upstream",
      /key is missing/,
    ],
    ["502 in HTML", { status: 502, body: "<html>502</html>" }, "unavailable", /of its own \(502\)/],
    [
      "503 with the time of its end",
      { status: 503, body: "<html>maintenance</html>", headers: { "retry-after": "600" } },
      "unavailable",
      /in 10 minutes/,
    ],
    ["a sign-in page", { status: 200, body: "<!DOCTYPE html><title>Sign in</title>" }, "upstream", /GITLAB_URL/],
    ["404 in HTML, which hides nothing", { status: 404, body: "<html>nginx</html>" }, "upstream", /relative root/],
    ["401 of a proxy", { status: 401, body: "<html>who are you</html>" }, "upstream", /a proxy before GitLab/],
    ["403 of a firewall", { status: 403, body: "\ufeff\n<html>blocked</html>" }, "upstream", /a proxy before GitLab/],
    ["plain text with 200", { status: 200, body: "It works!" }, "upstream", /something else than GitLab's API/],
    ["half a document", { status: 200, body: '{"id": 11, "usern' }, "unavailable", /broke off/],
    ["an empty answer", { status: 200, body: "" }, "unavailable", /broke off/],
    ["an answer of another form", { status: 200, body: { id: "eleven" } }, "upstream", /too old/],
  ])("%s becomes a sentence", async (_form, answer, code, words) => {
    const { client } = gitlab(answer, answer);
    await expect(client.user()).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  });

  it("of a token that was renewed meanwhile is answered with the new one, once", async () => {
    const refused = {
      status: 401,
      body: { error: "invalid_token", error_description: "Token was revoked. You have to re-authorize from the user." },
    };
    const { client, bearers } = gitlab(refused, { body: user });
    expect((await client.user()).username).toBe("pia");
    expect(bearers).toEqual(["Bearer old", "Bearer renewed"]);
    await expect(gitlab(refused, refused).client.user()).rejects.toMatchObject({ code: "not-signed-in" });
  });

  it("says that GitLab cannot be reached when nothing answers", async () => {
    await expect(gitlab(new TypeError("fetch failed")).client.user()).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("too many requests", () => {
  it("waits as long as Retry-After says, then asks again", async () => {
    const { client, waited } = gitlab(
      { status: 429, body: "Retry later\n", headers: { "retry-after": "3" } },
      { body: user },
    );
    expect((await client.user()).username).toBe("pia");
    expect(waited).toEqual([3]);
  });

  it("knows the form without headers", async () => {
    const { client, waited } = gitlab(
      {
        status: 429,
        body: { message: { error: "This endpoint has been requested too many times. Try again later." } },
      },
      { body: user },
    );
    expect((await client.user()).username).toBe("pia");
    expect(waited).toEqual([1]);
  });

  it("waits until RateLimit-Reset where Retry-After is absent", async () => {
    const reset = String(Date.parse("2026-11-22T12:00:04Z") / 1000);
    const { client, waited } = gitlab(
      { status: 429, body: "Retry later\n", headers: { "ratelimit-reset": reset } },
      { body: user },
    );
    expect((await client.user()).username).toBe("pia");
    expect(waited).toEqual([4]);
  });

  it.each<[string, Record<string, string>, number]>([
    ["a page for people and no header", {}, 1],
    ["a date", { "retry-after": "Sun, 22 Nov 2026 12:00:06 GMT" }, 6],
    ["a date that is past", { "retry-after": "Sun, 22 Nov 2026 11:00:00 GMT" }, 1],
    ["a pause below nothing", { "retry-after": "-5" }, 1],
    ["no pause at all", { "retry-after": "0" }, 1],
    ["half a second", { "retry-after": "0.5" }, 1],
    ["words", { "retry-after": "soon" }, 1],
    ["a pause below nothing beside a reset", { "retry-after": "-5", "ratelimit-reset": "1795348803" }, 3],
    ["a reset that is past", { "ratelimit-reset": "1795348700" }, 1],
    ["a reset in seconds from now", { "ratelimit-reset": "5" }, 5],
  ])("is waited out once when it comes with %s", async (_case, headers, seconds) => {
    const { client, waited } = gitlab({ status: 429, body: "<html>Too Many Requests</html>", headers }, { body: user });
    expect((await client.user()).username).toBe("pia");
    expect(waited).toEqual([seconds]);
  });

  it("asks ever less often while nothing says how long to wait, and gives up within ten seconds", async () => {
    const throttled = { status: 429, body: { message: { error: "This endpoint has been requested too many times." } } };
    const { client, waited, asked } = gitlab(...Array.from({ length: 50 }, () => throttled));
    await expect(client.user()).rejects.toMatchObject({
      code: "too-many",
      message: "GitLab asks us to slow down. Try again in a moment.",
    });
    expect(waited).toEqual([1, 2, 4]);
    expect(asked).toHaveLength(4);
  });

  it.each([
    ["1800", 1800, "in 30 minutes"],
    ["7200", 7200, "in 2 hours"],
    ["99999999999999", 86_400, "in 24 hours"],
    ["Mon, 23 Nov 2026 00:00:00 GMT", 43_200, "in 12 hours"],
  ])("does not wait for Retry-After %s, and says when to come again", async (header, retryAfter, words) => {
    const { client, waited } = gitlab({ status: 429, body: "Retry later\n", headers: { "retry-after": header } });
    await expect(client.user()).rejects.toMatchObject({
      code: "too-many",
      details: { retryAfter },
      message: expect.stringContaining(words) as string,
    });
    expect(waited).toEqual([]);
  });

  it("gives up rather than wait longer than ten seconds in all, and says when to come again", async () => {
    const throttled = { status: 429, body: "Retry later\n", headers: { "retry-after": "7" } };
    const { client, waited } = gitlab(throttled, throttled);
    await expect(client.user()).rejects.toMatchObject({ code: "too-many", details: { retryAfter: 7 } });
    expect(waited).toEqual([7]);
  });
});
