import { describe, expect, it } from "vitest";
import { classesOf, holds, mintedBy } from "@/lib/testing/minting";
import type { MintingProject } from "./project";

const branch = (name: string) => ({ sub: `project_path:acme/shop:ref_type:branch:ref:${name}` });
const tag = (name: string) => ({ sub: `project_path:acme/shop:ref_type:tag:ref:${name}` });
const developer = "any Developer of acme/shop";

describe("a merge request's pipeline", () => {
  const who = `${developer}, or of a protected source branch whoever may push there`;
  const token = { ...branch("hotfix"), pipeline_source: "merge_request_event" };
  const selfManaged = { issuer: "https://git.acme.test" };

  it("has the subject of its source branch; that of one that exists is in the branch's own class", () => {
    const [made] = classesOf("merge-request");
    expect(made).toMatchObject({ words: "merge requests of acme/shop", claims: { sub: { chosen: true } } });
    expect(made && holds(made, { user_access_level: "guest" })).toBe(false);
    expect(mintedBy("merge-request", token)).toEqual([who]);
    expect(mintedBy("merge-request", { ...token, ...branch("main") })).toEqual([]);
    expect(mintedBy("merge-request", { ...token, ...tag("v1") })).toEqual([]);
    expect(mintedBy("merge-request", { ...token, pipeline_source: "push" })).toEqual([]);
    expect(mintedBy("merge-request", { sub: "project_path:acme/shop:ref:refs/merge-requests/1/head" })).toEqual([]);
  });

  it.each<[string | null, boolean]>([
    ["18.0.6", false],
    ["18.1.0", true],
    ["19.4.1", true],
    [null, true],
  ])("of GitLab %s may count as protected: %s", (gitlabVersion, expected) => {
    const differs = { ...selfManaged, gitlabVersion };
    const ruled = { ...token, ...branch("release/x") };
    expect(mintedBy("merge-request", { ...ruled, ref_protected: "true" }, differs)).toEqual(expected ? [who] : []);
    expect(mintedBy("merge-request", { ...ruled, ref_protected: "false" }, differs)).toEqual([who]);
    expect(mintedBy("merge-request", { ...token, ref_protected: "true" }, differs)).toEqual([]);
    expect(mintedBy("merge-request", { ...token, ref_protected: "false" }, differs)).toEqual([who]);
    const unruled = { ...differs, protectedBranches: null };
    expect(mintedBy("merge-request", { ...token, ref_protected: "true" }, unruled)).toEqual(expected ? [who] : []);
  });
});

describe("a merge request's pipeline whose subject says its protection", () => {
  const by = (said: string, gitlabVersion: string) =>
    mintedBy(
      "merge-request",
      { sub: `project_path:acme/shop:ref_protected:${said}`, ref_protected: said },
      { components: ["project_path", "ref_protected"], gitlabVersion },
    );

  it("is never protected before 18.1, and either since", () => {
    expect(by("true", "18.0.6")).toEqual([]);
    expect(by("false", "18.0.6")).toHaveLength(1);
    expect(by("true", "18.1.0")).toHaveLength(1);
    expect(by("false", "18.1.0").length).toBeGreaterThan(0);
  });
});

describe("a fork's merge request", () => {
  const token = { ...branch("main"), project_id: "20" };
  const here = (differs: Partial<MintingProject>) =>
    classesOf("fork", { issuer: "https://git.acme.test", ...differs }).filter((each) => holds(each, token));

  const said = "merge requests of forks of acme/shop, with any branch name";

  it.each<[string | null, boolean | null, string[]]>([
    ["18.2.1-ee", true, ["merge requests of forks of acme/shop, with any branch name"]],
    ["18.2.1-ee", false, []],
    ["18.2.2-ee", true, []],
    [null, false, []],
    [
      null,
      null,
      [
        "merge requests of forks of acme/shop, with any branch name, if GitLab, whose version is not known, is older than 18.2.2 and the project, whose setting is not known, lets them run here",
      ],
    ],
    [
      null,
      true,
      [
        "merge requests of forks of acme/shop, with any branch name, if GitLab, whose version is not known, is older than 18.2.2",
      ],
    ],
    [
      "18.0.0",
      null,
      [
        "merge requests of forks of acme/shop, with any branch name, if the project, whose setting is not known, lets them run here",
      ],
    ],
  ])("of GitLab %s, run here %s, names this project: %j", (gitlabVersion, forksRunInParent, words) => {
    const made = here({ gitlabVersion, forksRunInParent });
    expect(made.map((each) => each.words)).toEqual(words);
    for (const each of made) expect(each.words).toBe(`${said}${each.onlyIf ? `, if ${each.onlyIf}` : ""}`);
  });

  it("cannot name this project on gitlab.com, whose version is the newest", () => {
    expect(here({ issuer: "https://gitlab.com", gitlabVersion: null })).toEqual([]);
  });

  it("by its own path and id is said so", () => {
    expect(classesOf("fork").map(({ words }) => words)).toEqual(["a fork of acme/shop, by its own path and id"]);
  });

  it.each([
    ["private", "members of acme/shop who may fork it"],
    ["internal", "everybody with an account who may fork acme/shop"],
    ["public", "anybody who may fork acme/shop"],
    [null, "anybody who may fork acme/shop"],
  ] as const)("of a project that is %s comes from %s", (visibility, who) => {
    const fork = { sub: "project_path:mallory/shop:ref_type:branch:ref:main", project_id: "99" };
    expect(mintedBy("fork", fork, { visibility })).toEqual([who]);
    expect(here({ gitlabVersion: "18.0.0", visibility }).map((each) => each.who)).toEqual([
      `${who}, and the Developer of acme/shop who runs the pipeline`,
    ]);
  });
});
