import { describe, expect, it } from "vitest";
import { fixedClock } from "@/lib/clock";
import { gitlabClient } from "./client";
import { nextOfLink } from "./request";

interface Canned {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A client whose GitLab answers `answers` in turn; `asked` holds the paths, `waited` the pauses in seconds, `bearers` the tokens. */
function gitlab(...answers: (Canned | Error)[]) {
  const bearers: (string | null)[] = [];
  const asked: string[] = [];
  const waited: number[] = [];
  const client = gitlabClient({
    baseUrl: "https://gitlab.example.com/root",
    token: (rejected) => Promise.resolve(rejected === "old" ? "renewed" : "old"),
    clock: fixedClock("2026-11-22T12:00:00Z"),
    sleep: (milliseconds) => {
      waited.push(milliseconds / 1000);
      return Promise.resolve();
    },
    fetch: (input, init) => {
      bearers.push(new Headers(init?.headers).get("authorization"));
      asked.push(String(input).replace("https://gitlab.example.com/root/api/v4", ""));
      const answer = answers.shift() ?? new Error("asked too often");
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve(
        new Response(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body), {
          status: answer.status ?? 200,
          headers: answer.headers ?? {},
        }),
      );
    },
  });
  return { client, asked, waited, bearers };
}

const user = { id: 11, username: "pia", name: "Pia", state: "active", avatar_url: null, web_url: "https://x" };
const branch = (name: string) => ({ name, protected: false });

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

  it("gives up rather than wait longer than ten seconds in all, and says when to come again", async () => {
    const throttled = { status: 429, body: "Retry later\n", headers: { "retry-after": "7" } };
    const { client, waited } = gitlab(throttled, throttled);
    await expect(client.user()).rejects.toMatchObject({ code: "too-many", details: { retryAfter: 7 } });
    expect(waited).toEqual([7]);
  });
});

describe("lists", () => {
  it("follow X-Next-Page to the end", async () => {
    const { client, asked } = gitlab(
      { body: [branch("a")], headers: { "x-next-page": "2" } },
      { body: [branch("b")], headers: { "x-next-page": "" } },
    );
    expect(await client.branches(7, 5000)).toMatchObject({ rows: [{ name: "a" }, { name: "b" }], truncated: false });
    expect(asked).toEqual([
      "/projects/7/repository/branches?per_page=100",
      "/projects/7/repository/branches?page=2&per_page=100",
    ]);
  });

  it("stop at the most that was asked for, and say so", async () => {
    const { client } = gitlab({ body: [branch("a"), branch("b")], headers: { "x-next-page": "2" } });
    expect(await client.branches(7, 2)).toMatchObject({ rows: [{ name: "a" }, { name: "b" }], truncated: true });
  });

  it("of a known length are read side by side, and come in GitLab's order", async () => {
    const pages = ["a", "b", "c"].map((name) => ({
      body: [branch(name)],
      headers: { "x-next-page": "9", "x-total-pages": "3" },
    }));
    const { client, asked } = gitlab(...pages);
    expect(await client.branches(7, 5000)).toMatchObject({
      rows: [{ name: "a" }, { name: "b" }, { name: "c" }],
      truncated: false,
    });
    expect(asked.map((path) => new URLSearchParams(path.split("?")[1]).get("page"))).toEqual([null, "2", "3"]);
  });

  it("of a known length ask for no page beyond the most, and say that there is more", async () => {
    const full = Array.from({ length: 100 }, (_, index) => branch(`b${index}`));
    const { client, asked } = gitlab({ body: full, headers: { "x-total-pages": "3" } });
    expect(await client.branches(7, 100)).toMatchObject({ truncated: true });
    expect(asked).toHaveLength(1);
  });

  it("of projects go by keyset, with GitLab's own link", async () => {
    const link =
      '<https://gitlab.example.com/root/api/v4/projects?id_after=42&per_page=100&membership=true>; rel="next"';
    const { client, asked } = gitlab({ body: [], headers: { link } }, { body: [] });
    const first = await client.memberProjects({ minAccessLevel: 40, after: null });
    expect(new URLSearchParams(asked[0]?.split("?")[1])).toEqual(
      new URLSearchParams("membership=true&pagination=keyset&order_by=id&sort=asc&per_page=100&min_access_level=40"),
    );
    expect((await client.memberProjects({ minAccessLevel: 40, after: first.next })).next).toBeNull();
    expect(asked[1]).toContain("id_after=42");
  });
});

describe("a moved project", () => {
  const project = {
    id: 7,
    name: "x",
    path_with_namespace: "new/x",
    visibility: "private",
    web_url: "https://x",
    namespace: { id: 1, full_path: "new" },
  };

  it("is followed on GitLab's own origin", async () => {
    const { client } = gitlab(
      { status: 301, body: "moved", headers: { location: "https://gitlab.example.com/root/api/v4/projects/7" } },
      { body: project },
    );
    expect((await client.project("old/x")).path_with_namespace).toBe("new/x");
  });

  it("never takes the person's token to another origin", async () => {
    const { client, asked } = gitlab(
      { status: 301, body: "moved", headers: { location: "https://evil.example/api/v4/projects/7" } },
      { body: project },
    );
    await expect(client.project("old/x")).rejects.toMatchObject({ code: "upstream" });
    expect(asked).toHaveLength(1);
  });
});

it("reads the next page out of a Link header with several relations", () => {
  expect(nextOfLink('<https://x/p?page=1>; rel="first", <https://x/p?page=3>; rel="next"')).toBe("?page=3");
  expect(nextOfLink('<https://x/p?page=1>; rel="first"')).toBeNull();
});
