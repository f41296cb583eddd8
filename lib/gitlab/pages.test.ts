import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/testing/canned-gitlab";
import { nextOfLink } from "./request";

const branch = (name: string) => ({ name, protected: false });

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

  it("go on by X-Next-Page where GitLab does not count the pages", async () => {
    const pages = ["2", "3", ""].map((next, index) => ({
      body: [branch(`b${index}`)],
      headers: { "x-next-page": next },
    }));
    const { client } = gitlab(...pages);
    expect(await client.branches(7, 5000)).toMatchObject({
      rows: [{ name: "b0" }, { name: "b1" }, { name: "b2" }],
      truncated: false,
    });
  });

  it.each(["0", "-3", "many", "1e9", "1"])("go on by X-Next-Page where X-Total-Pages says %s", async (total) => {
    const headers = { "x-next-page": "2", "x-total-pages": total };
    const { client } = gitlab({ body: [branch("a")], headers }, { body: [branch("b")] });
    expect((await client.branches(7, 5000)).rows.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("take the query of a link to another host, and not the host", async () => {
    const link = '<https://gitlab.internal:8443/api/v4/x?page=2&cursor=a%2Cb>; rel="next"';
    const { client, asked } = gitlab({ body: [branch("a")], headers: { link } }, { body: [branch("b")] });
    expect(await client.branches(7, 5000)).toMatchObject({ rows: [{ name: "a" }, { name: "b" }], truncated: false });
    expect(asked[1]).toMatch(/^\/projects\/7\/repository\/branches\?/);
    expect(new URLSearchParams(asked[1]?.split("?")[1])).toEqual(new URLSearchParams("cursor=a,b&page=2&per_page=100"));
  });

  it("go past a page from which GitLab has left everything out", async () => {
    const { client } = gitlab(
      { body: [branch("a")], headers: { "x-next-page": "2" } },
      { body: [], headers: { "x-next-page": "3" } },
      { body: [branch("c")] },
    );
    expect(await client.branches(7, 5000)).toMatchObject({ rows: [{ name: "a" }, { name: "c" }], truncated: false });
  });

  it("of protection rules are whole or not known, as the most permissive of all counts", async () => {
    const rule = (page: number) => ({
      body: [{ name: `r${page}`, push_access_levels: [] }],
      headers: { "x-next-page": page < 3 ? String(page + 1) : "" },
    });
    const { client } = gitlab(rule(1), rule(2), rule(3));
    expect((await client.protectedBranches(7)).map(({ name }) => name)).toEqual(["r1", "r2", "r3"]);
    const empty = (page: number) => ({ body: [], headers: { "x-next-page": String(page + 1) } });
    const endless = gitlab(...Array.from({ length: 99 }, (_, index) => empty(index + 1)));
    await expect(endless.client.protectedTags(7)).rejects.toMatchObject({ code: "upstream" });
  });

  it("that never end in anything are cut short, and say so", async () => {
    const empty = (page: number) => ({ body: [], headers: { "x-next-page": String(page) } });
    const { client, asked } = gitlab(...Array.from({ length: 500 }, (_, index) => empty(index + 2)));
    expect(await client.branches(7, 5000)).toEqual({ rows: [], truncated: true });
    expect(asked.length).toBeLessThan(50);
  });

  it.each([
    ["the first page", "1"],
    ["the page that it answers", "2"],
  ])("that name %s as their next are not taken for whole", async (_case, next) => {
    const { client, asked } = gitlab(
      { body: [branch("a")], headers: { "x-next-page": "2" } },
      ...Array.from({ length: 50 }, () => ({ body: [branch("a")], headers: { "x-next-page": next } })),
    );
    await expect(client.branches(7, 5000)).rejects.toMatchObject({ code: "upstream" });
    expect(asked).toHaveLength(2);
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

  it("of projects stay the person's own where GitLab numbers the pages", async () => {
    const { client, asked } = gitlab({ body: [], headers: { "x-next-page": "2" } }, { body: [] });
    const first = await client.memberProjects({ minAccessLevel: 40, after: null });
    await client.memberProjects({ minAccessLevel: 40, after: first.next });
    const query = new URLSearchParams(asked[1]?.split("?")[1]);
    expect(Object.fromEntries(query)).toMatchObject({ membership: "true", min_access_level: "40", page: "2" });
  });
});

it.each([
  ['<https://x/p?page=1>; rel="first", <https://x/p?page=3>; rel="next"', "?page=3"],
  ['<https://x/p?page=1>; rel="first"', null],
  ['<https://x/p?order_by=name,id&page=2>; title="a, b"; rel="last next"', "?order_by=name,id&page=2"],
  ["<https://x/p?page=2>;rel=next", "?page=2"],
  ["</p?page=2>; REL=Next", "?page=2"],
  ["<https://x/p>; rel=next", null],
  ['<https://x/p?page=2>; rel="nextish"', null],
  ["<https://[?page=2>; rel=next", null],
  [null, null],
])("of the Link header %s the next page is %s", (header, next) => {
  expect(nextOfLink(header)).toBe(next);
});
