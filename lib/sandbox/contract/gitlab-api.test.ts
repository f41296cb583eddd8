import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../start";
import { startSandbox } from "../start";
import { api, apiJson, control } from "./gitlab-client";

type Item = Record<string, unknown>;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ services: 10_200 });
});
beforeEach(() => control(sandbox, "/reset", {}));
afterAll(() => sandbox.stop());

const path = (project: string): string => `/projects/${encodeURIComponent(project)}`;

describe("projects", () => {
  it("pages by offset with lower-case headers and links [docs.gitlab.com/api/rest, pagination]", async () => {
    const answer = await api(sandbox, "oleg", "/projects?membership=true&per_page=5&page=2");
    expect(await answer.json()).toHaveLength(5);
    expect(answer.headers.get("x-page")).toBe("2");
    expect(answer.headers.get("x-per-page")).toBe("5");
    expect(answer.headers.get("x-prev-page")).toBe("1");
    expect(Number(answer.headers.get("x-total"))).toBeGreaterThan(10);
    expect(answer.headers.get("link")).toMatch(/rel="prev".*rel="next".*rel="first".*rel="last"/);
  });

  it("gives at most 100 a page [docs.gitlab.com/api/rest, pagination]", async () => {
    expect(await apiJson(sandbox, "pia", "/projects?per_page=500&simple=true")).toHaveLength(100);
  });

  it("withholds totals above 10,000 [docs.gitlab.com/api/rest, pagination response headers]", async () => {
    const answer = await api(sandbox, "pia", "/projects?membership=true&simple=true");
    expect(answer.headers.get("x-total")).toBeNull();
    expect(answer.headers.get("x-total-pages")).toBeNull();
    expect(answer.headers.get("x-next-page")).toBe("2");
    expect(answer.headers.get("link")).not.toContain('rel="last"');
  });

  it("pages by keyset through the Link header alone [docs.gitlab.com/api/rest, keyset pagination]", async () => {
    let next: string | null =
      "/projects?membership=true&simple=true&pagination=keyset&order_by=id&sort=asc&per_page=10";
    const ids: number[] = [];
    while (next) {
      const answer: Response = await api(sandbox, "oleg", next);
      expect(answer.headers.get("x-page")).toBeNull();
      ids.push(...((await answer.json()) as Item[]).map((one) => Number(one.id)));
      next = /<[^>]*\/api\/v4([^>]*)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(ids).toEqual([...new Set(ids)].sort((left, right) => left - right));
    expect(ids.length).toBe(Number((await api(sandbox, "oleg", "/projects?membership=true")).headers.get("x-total")));
  });

  it("searches names, and full paths with search_namespaces [docs.gitlab.com/api/projects]", async () => {
    const names = async (query: string): Promise<unknown[]> =>
      (await apiJson<Item[]>(sandbox, "oleg", `/projects?${query}`)).map((one) => one.path_with_namespace);
    expect(await names("search=checkout&membership=true")).toEqual(["acme/shop/checkout-api"]);
    expect(await names("search=shop%2Fweb&membership=true")).toEqual([]);
    expect(await names("search=shop%2Fweb&search_namespaces=true&membership=true")).toEqual(["acme/shop/web"]);
  });

  it("min_access_level keeps what one has that level in [docs.gitlab.com/api/projects]", async () => {
    const paths = (await apiJson<Item[]>(sandbox, "mona", "/projects?min_access_level=40"))
      .map((one) => one.path_with_namespace)
      .sort();
    expect(paths).toEqual(["acme/data/pipelines", "mona/pipelines"]);
  });

  it("refuses unknown values of a parameter [docs.gitlab.com/api/rest, status codes]", async () => {
    const answer = await api(sandbox, "pia", "/projects?order_by=colour");
    expect([answer.status, await answer.json()]).toEqual([400, { error: "order_by does not have a valid value" }]);
  });

  it("leaves CI settings out below Maintainer: absent, not null [lib/api/entities/project.rb]", async () => {
    expect(await apiJson(sandbox, "oleg", path("acme/shop/payments"))).toMatchObject({
      ci_id_token_sub_claim_components: ["project_path"],
      build_timeout: 3600,
    });
    expect(await apiJson(sandbox, "dora", path("acme/shop/payments"))).not.toHaveProperty(
      "ci_id_token_sub_claim_components",
    );
  });

  it("keeps the case of a path and finds it in any [app/models/route.rb]", async () => {
    expect(await apiJson(sandbox, "pia", path("acme/mobile/ios-app"))).toMatchObject({
      path_with_namespace: "acme/Mobile/iOS-App",
      name_with_namespace: "Acme / Mobile / iOS-App",
    });
  });

  it("answers 301 with the numeric address for a moved project [docs.gitlab.com/api/rest, redirects]", async () => {
    const answer = await api(sandbox, "oleg", path("acme/shop/refunds"));
    expect(answer.status).toBe(301);
    expect(answer.headers.get("location")).toBe(`${sandbox.gitlabUrl}/api/v4/projects/90211`);
    await control(sandbox, "/projects", { project: "acme/shop/web", path: "acme/platform/web" });
    expect((await api(sandbox, "oleg", path("acme/shop/web"))).status).toBe(404);
    expect((await api(sandbox, "pia", path("acme/shop/web"))).status).toBe(301);
    expect(await apiJson(sandbox, "pia", path("acme/platform/web"))).toMatchObject({
      namespace: { full_path: "acme/platform" },
    });
  });

  it("hides what one may not see behind the same 404 as what is not there [docs.gitlab.com/api/rest, status codes]", async () => {
    const hidden = await api(sandbox, "nils", path("acme/shop/web"));
    const absent = await api(sandbox, "nils", path("acme/shop/nothing"));
    expect([hidden.status, await hidden.json()]).toEqual([404, { message: "404 Project Not Found" }]);
    expect([absent.status, await absent.json()]).toEqual([404, { message: "404 Project Not Found" }]);
    expect(JSON.stringify(await apiJson(sandbox, "nils", "/projects"))).not.toContain("private");
  });
});

describe("refs", () => {
  it("lists branches with protection by wildcard, default and can_push [docs.gitlab.com/api/branches]", async () => {
    const branches = await apiJson<Item[]>(sandbox, "dora", `${path("acme/shop/web")}/repository/branches`);
    const named = (name: string): Item | undefined => branches.find((one) => one.name === name);
    expect(named("main")).toMatchObject({ protected: true, default: true, can_push: false });
    expect(named("release/2.3")).toMatchObject({ protected: true, can_push: false });
    expect(named("feature/login")).toMatchObject({ protected: false, can_push: true });
  });

  it("finds one branch by its encoded name, and says which is missing [docs.gitlab.com/api/branches]", async () => {
    expect(
      await apiJson(sandbox, "dora", `${path("acme/shop/web")}/repository/branches/feature%2Flogin`),
    ).toMatchObject({ name: "feature/login" });
    expect(await apiJson(sandbox, "dora", `${path("acme/shop/web")}/repository/branches/nope`)).toEqual({
      message: "404 Branch Not Found",
    });
  });

  it("searches branches with anchors and pages them after a name [docs.gitlab.com/api/branches]", async () => {
    const names = async (query: string): Promise<unknown[]> =>
      (await apiJson<Item[]>(sandbox, "dora", `${path("acme/shop/web")}/repository/branches?${query}`)).map(
        (one) => one.name,
      );
    expect(await names("search=%5Efeature")).toEqual(["feature/dark-mode", "feature/login"]);
    expect(await names("search=login%24")).toEqual(["feature/login"]);
    expect(await names("pagination=keyset&per_page=2&page_token=feature%2Flogin")).toEqual([
      "hotfix/cart-total",
      "main",
    ]);
  });

  it("shows protected branches, wildcards as written, to Maintainers only [docs.gitlab.com/api/protected_branches]", async () => {
    const rules = await apiJson<Item[]>(sandbox, "oleg", `${path("acme/shop/web")}/protected_branches`);
    expect(rules.map((one) => one.name)).toEqual(["main", "release/*"]);
    expect(rules[0]).toMatchObject({
      push_access_levels: [{ access_level: 40, access_level_description: "Maintainers" }],
    });
    const refused = await api(sandbox, "dora", `${path("acme/shop/web")}/protected_branches`);
    expect([refused.status, await refused.json()]).toEqual([403, { message: "403 Forbidden" }]);
  });

  it("lists tags and their protection [docs.gitlab.com/api/tags, docs.gitlab.com/api/protected_tags]", async () => {
    const tags = await apiJson<Item[]>(sandbox, "oleg", `${path("acme/shop/checkout-api")}/repository/tags`);
    expect(Object.fromEntries(tags.map((one) => [one.name, one.protected]))).toEqual({
      "v5.1.0": true,
      "v5.2.0": true,
      nightly: false,
    });
    expect(await apiJson(sandbox, "oleg", `${path("acme/shop/checkout-api")}/protected_tags`)).toMatchObject([
      { name: "v*" },
    ]);
  });

  it("an empty repository has no branches [docs.gitlab.com/api/branches]", async () => {
    expect(await apiJson(sandbox, "pia", `${path("acme/internal/new-start")}/repository/branches`)).toEqual([]);
  });
});

describe("members and groups", () => {
  it("gives the inherited level of one member, or 404 [docs.gitlab.com/api/members]", async () => {
    expect(await apiJson(sandbox, "pia", `${path("acme/shop/web")}/members/all/12`)).toMatchObject({
      username: "oleg",
      access_level: 40,
      state: "active",
      expires_at: null,
    });
    expect((await api(sandbox, "pia", `${path("acme/shop/web")}/members/all/17`)).status).toBe(404);
  });

  it("an expired membership shows its date and gives no access [docs.gitlab.com/user/project/members]", async () => {
    expect(await apiJson(sandbox, "pia", `${path("acme/shop/web")}/members/all/18`)).toMatchObject({
      access_level: 40,
      expires_at: "2026-06-30",
    });
    expect((await api(sandbox, "erik", path("acme/shop/web"))).status).toBe(404);
  });

  it("a blocked member is listed with that state [docs.gitlab.com/api/members]", async () => {
    expect(await apiJson(sandbox, "pia", `${path("acme/shop/web")}/members/all/16`)).toMatchObject({
      state: "blocked",
    });
  });

  it("hides private groups from strangers and counts inherited members [docs.gitlab.com/api/groups, docs.gitlab.com/api/members]", async () => {
    const group = `/groups/${encodeURIComponent("acme/platform-engineers")}`;
    expect(await apiJson(sandbox, "dora", group)).toEqual({ message: "404 Group Not Found" });
    expect(await apiJson(sandbox, "pia", `${group}/members/all/11`)).toMatchObject({ username: "pia" });
    expect((await apiJson<Item[]>(sandbox, "pia", `${group}/members/all`)).map((one) => one.username)).toEqual([
      "pia",
      "trustdesk-bot",
    ]);
  });

  it("membership changes count at once [docs.gitlab.com/api/members]", async () => {
    await control(sandbox, "/memberships", { username: "nils", source: "acme/shop/web", accessLevel: 30 });
    expect((await api(sandbox, "nils", path("acme/shop/web"))).status).toBe(200);
    await control(sandbox, "/memberships", { username: "nils", source: "acme/shop/web", accessLevel: 0 });
    expect((await api(sandbox, "nils", path("acme/shop/web"))).status).toBe(404);
  });
});

describe("refusals", () => {
  it("asks for a credential [lib/api/api_guard.rb]", async () => {
    const answer = await fetch(`${sandbox.gitlabUrl}/api/v4/user`);
    expect([answer.status, await answer.json()]).toEqual([401, { message: "401 Unauthorized" }]);
  });

  it("does not know other routes [docs.gitlab.com/api/rest]", async () => {
    const answer = await api(sandbox, "pia", "/snippets");
    expect([answer.status, await answer.json()]).toEqual([404, { error: "404 Not Found" }]);
  });

  it("throttles in plain text with Retry-After, or as an application limit in JSON [docs.gitlab.com/security/rate_limits]", async () => {
    await control(sandbox, "/faults", { target: "gitlab", kind: "throttle-plain", match: "/api/v4", count: 1 });
    const plain = await api(sandbox, "pia", "/user");
    expect([plain.status, plain.headers.get("retry-after"), (await plain.text()).trim()]).toEqual([
      429,
      "2",
      "Retry later",
    ]);
    await control(sandbox, "/faults", { target: "gitlab", kind: "throttle-app", match: "/api/v4", count: 1 });
    const limited = await api(sandbox, "pia", "/user");
    expect([limited.status, limited.headers.get("ratelimit-remaining"), await limited.json()]).toEqual([
      429,
      null,
      { message: { error: "This endpoint has been requested too many times. Try again later." } },
    ]);
    expect((await api(sandbox, "pia", "/user")).status).toBe(200);
  });
});
