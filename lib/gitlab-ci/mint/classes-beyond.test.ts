import { describe, expect, it } from "vitest";
import { many, sequence, text } from "@/lib/language/pattern";
import { example } from "@/lib/language/search";
import { classesOf, holds, mintedBy } from "@/lib/testing/minting";
import type { MintingProject } from "./project";
import type { MentionedProject } from "./token-class";

describe("a later holder of the path", () => {
  const token = { sub: "project_path:acme/shop:ref_type:branch:ref:main", project_id: "99", namespace_id: "55" };
  const words = (differs: Partial<MintingProject>) =>
    classesOf("later-holder", differs)
      .filter((each) => holds(each, token))
      .map((each) => each.words);
  const left = "another project at acme/shop, once this one has left the path";
  const issuer = "https://git.acme.test";

  it.each<[Partial<MintingProject>, string[]]>([
    [{ issuer, gitlabVersion: "19.0.9" }, [left]],
    [{ issuer, gitlabVersion: "19.1.0" }, [`${left}, if an administrator lets GitLab mint for reused paths`]],
    [
      { issuer, gitlabVersion: null },
      [
        `${left}, if GitLab, whose version is not known, is older than 19.1, or an administrator lets GitLab mint for reused paths`,
      ],
    ],
    [{ gitlabVersion: "19.4.1" }, [`${left}, if gitlab.com mints for reused paths again`]],
    [{ gitlabVersion: null }, [`${left}, if gitlab.com mints for reused paths again`]],
  ])("of %j: %j", (differs, expected) => {
    expect(words(differs)).toEqual(expected);
    const conditions = classesOf("later-holder", differs).map(
      ({ onlyIf }) => `${left}${onlyIf ? `, if ${onlyIf}` : ""}`,
    );
    expect(conditions).toEqual(expected);
  });

  it("never has this project's id, nor another path", () => {
    const differs = { issuer, gitlabVersion: null };
    expect(mintedBy("later-holder", token, differs)).toEqual(["whoever takes over the path acme/shop"]);
    expect(mintedBy("later-holder", { ...token, project_id: "20" }, differs)).toEqual([]);
    expect(mintedBy("later-holder", { sub: "project_id:20:project_path:acme/shop" }, differs)).toEqual([]);
    expect(mintedBy("later-holder", { sub: "project_path:acme/shop2:ref_type:branch:ref:main" }, differs)).toEqual([]);
  });
});

describe("another project", () => {
  it.each([
    "project_path:acme/shop-evil:ref_type:branch:ref:main",
    "project_path:acme/shop/sub:ref_type:branch:ref:main",
    "project_path:acme/sho",
    "project_path:zeta/x:deployment_tier:production",
    "project_path:zeta/x:ref:main:ref_type:branch:ref_protected:true:environment_protected:true:deployment_tier:other:project_id:7",
    "project_id:7:project_path:zeta/x",
    "project_id:200:ref:main",
    "project_path:zeta/x:ref_type:tag:ref:v1",
    "project_path:zeta/x:ref_protected:false",
  ])("can have the subject %s", (sub) => {
    expect(mintedBy("other-project", { sub, project_id: "7" })).not.toEqual([]);
  });

  it.each([
    "project_path:acme/shop:ref_type:branch:ref:main",
    "project_path:ACME/Shop:ref_type:branch:ref:main",
    "project_id:20:ref:main",
    "project_path:zeta/x:project_id:20",
    "project_id:7:project_path:Acme/shop",
    "project_path:a/b:environment:production",
    "northwind/api:ref_type:branch:ref:main",
    "project_path:a/b:ref_type:branch:ref:refs/heads/main",
    "project_path:a/b:ref_type:mr:ref:main",
    "project_path:a/b:ref_type:branch:ref:",
    "project_path:a/b:ref_protected:yes",
    "project_path:a/b:deployment_tier:prod",
    "project_path:a:ref_type:branch:ref:main",
    "project_path:a/b.git:ref:main",
    "project_path:a/b:",
    `project_path:a/b${":ref_type:tag".repeat(7)}`,
    "project_path:a/*:ref:main",
    "repo:a/b:ref:refs/heads/main",
    "ref:main:project_path:a/b",
    "7",
    "",
  ])("cannot have the subject %j", (sub) => {
    expect(mintedBy("other-project", { sub })).toEqual([]);
  });

  it("has another id, and any namespace", () => {
    const sub = "project_path:acme/other:ref_type:branch:ref:main";
    expect(mintedBy("other-project", { sub, project_id: "20" })).toEqual([]);
    expect(mintedBy("other-project", { sub, project_id: "21", namespace_id: "55" })).not.toEqual([]);
  });

  it("is in words, and run by people of any role", () => {
    const others = classesOf("other-project");
    expect(others.map(({ words }) => words)).toEqual([
      "another project of the same GitLab",
      "another project of the same GitLab, with subject components of its own",
    ]);
    for (const other of others) {
      expect(other.who).toBe("anybody who runs pipelines in another project of the same GitLab, or can make one");
      expect(other.claims["sub"]?.chosen).toBe(true);
      for (const said of ["push", "merge_request_event"]) expect(holds(other, { pipeline_source: said })).toBe(true);
      expect(holds(other, { user_access_level: "guest", ref_protected: "true" })).toBe(true);
    }
  });

  it("has a usual subject as the first example", () => {
    const group = sequence(text("project_path:acme/"), many());
    const first = classesOf("other-project")[0]?.claims["sub"]?.values ?? [];
    expect(example([...first, { pattern: group, inside: true }])).toEqual({
      text: "project_path:acme/a:ref_type:branch:ref:a",
    });
  });
});

describe("a project that the trust names", () => {
  const named = (...mentioned: MentionedProject[]) => classesOf("other-project", {}, mentioned).slice(0, -2);

  it("has a class of its own, before all others", () => {
    const [by = undefined] = named({ path: "acme/other", id: null });
    expect(by).toMatchObject({
      words: "acme/other",
      who: "whoever may run pipelines in acme/other, or can make it where there is none",
    });
    expect(by && holds(by, { sub: "project_path:acme/other:ref:x", project_id: "7" })).toBe(true);
    expect(by && holds(by, { sub: "project_path:acme/others:ref:x" })).toBe(false);
  });

  it("has the id that is known", () => {
    const [both, only] = named({ path: "acme/other", id: "7" }, { path: null, id: "8" });
    expect(both).toMatchObject({
      words: "acme/other, the project with id 7",
      who: "whoever may run pipelines in acme/other",
    });
    expect(both && holds(both, { project_id: "7" })).toBe(true);
    expect(both && holds(both, { project_id: "8" })).toBe(false);
    expect(only).toMatchObject({ words: "the project with id 8" });
    expect(only && holds(only, { sub: "project_path:x/y:ref:z", project_id: "8" })).toBe(true);
    expect(only && holds(only, { sub: "project_path:x/y:project_id:9" })).toBe(false);
  });

  it("is no other where it is this one, nor where no project can be it", () => {
    expect(
      named(
        { path: "ACME/shop", id: null },
        { path: null, id: "20" },
        { path: "acme", id: null },
        { path: "acme/*", id: null },
        { path: null, id: "x" },
        { path: null, id: null },
      ),
    ).toEqual([]);
  });
});

describe("a person who signs in", () => {
  it("has a token with a number, an application and perhaps an address", () => {
    const [login] = classesOf("login");
    const token = { sub: "77", aud: "0af".padEnd(64, "0"), email: "rina@example.com" };
    expect(login && holds(login, token)).toBe(true);
    expect(login && holds(login, { sub: "rina" })).toBe(false);
    expect(login && holds(login, { aud: "https://gitlab.com" })).toBe(false);
    expect(login && holds(login, { project_id: "20" })).toBe(false);
    expect(login && holds(login, { email: "rina" })).toBe(false);
    expect(login?.claims["email"]?.mayLack).toBe(true);
    expect(login).toMatchObject({
      words: "a person who signs in to an application with GitLab",
      who: "whoever signs in to an application of the same GitLab",
    });
  });
});
