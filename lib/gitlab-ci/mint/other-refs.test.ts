import { describe, expect, it } from "vitest";
import { classesOf, holds, mintedBy } from "@/lib/testing/minting";
import type { SubjectComponent } from "../components";
import { subjectFor } from "../subject";
import type { MintingProject } from "./project";

const branch = (name: string) => ({ sub: `project_path:acme/shop:ref_type:branch:ref:${name}` });
const tag = (name: string) => ({ sub: `project_path:acme/shop:ref_type:tag:ref:${name}` });
const developer = "any Developer of acme/shop";
const maintainers = "maintainers of acme/shop";

describe("a branch that does not exist yet", () => {
  it.each<[string, "true" | "false", string[]]>([
    ["hotfix", "false", [developer]],
    ["hotfix", "true", []],
    ["release/1", "true", [maintainers]],
    ["release/1", "false", []],
    ["main", "true", []],
    ["feature/x", "false", []],
    ["feature/xy", "false", [developer]],
    ["domain", "false", [developer]],
    ["refs/heads/main", "false", []],
    ["a..b", "false", []],
    ["", "false", []],
    ["x:deployment_tier:other", "false", []],
  ])("%j, protected %s, is made by %j", (name, ref_protected, who) => {
    expect(mintedBy("other-branch", { ...branch(name), ref_protected })).toEqual(who);
  });

  it("may have the name of one that does where GitLab does not show which do", () => {
    expect(mintedBy("other-branch", branch("feature/x"), { refs: null })).toEqual([developer]);
    expect(classesOf("other-branch", { refs: null }).map(({ words }) => words)).toEqual([
      "the branch main",
      "branches like release/*",
      "a branch that no rule protects",
    ]);
  });

  it("is said in words", () => {
    expect(classesOf("other-branch").map(({ words }) => words)).toEqual([
      "branches like release/* that do not exist yet",
      "a branch that does not exist yet and that no rule protects",
    ]);
    expect(classesOf("other-branch", { protectedBranches: [] }).map(({ words }) => words)).toEqual([
      "a branch that does not exist yet",
    ]);
    expect(
      classesOf("other-branch", { protectedBranches: [{ name: "next", push: 40, merge: 40 }] }).map(
        ({ words }) => words,
      ),
    ).toContain("the branch next, which does not exist yet");
  });

  it("has a class of its own by each rule that may let others in, the most permissive first", () => {
    const protectedBranches = [
      { name: "release/1", push: 0, merge: 0 },
      { name: "release/*", push: 40, merge: 40 },
      { name: "*/open", push: 30, merge: 30 },
      { name: "release/9*", push: 0, merge: 0, named: ["rina"] },
    ] as const;
    const by = (name: string) => mintedBy("other-branch", branch(name), { protectedBranches });
    expect(by("release/open")).toEqual([`${developer}; of release/9* also rina`]);
    expect(by("release/1")).toEqual([`${maintainers}; of release/9* also rina`]);
    expect(by("release/91")).toEqual([`${maintainers}; of release/9* also rina`]);
    expect(by("hotfix")).toEqual([developer]);
  });

  it("of a rule that nobody passes waits for the rule to change", () => {
    const protectedBranches = [{ name: "release/*", push: 0, merge: 0 }] as const;
    expect(mintedBy("other-branch", branch("release/1"), { protectedBranches })).toEqual([
      "nobody, until a Maintainer of acme/shop changes the rule",
    ]);
  });

  it("says of no other rule's people where no name is of both, and of nobody twice", () => {
    const rules = (named: string[]) => [
      { name: "release/*", push: 40, merge: 40, named: ["rina"] } as const,
      { name: "release/9*", push: 0, merge: 0, named } as const,
      { name: "hot*", push: 0, merge: 0, named: ["tom"] } as const,
    ];
    const by = (named: string[]) => mintedBy("other-branch", branch("release/9"), { protectedBranches: rules(named) });
    expect(by(["rina"])).toEqual([`${maintainers} and rina`]);
    expect(by(["rina", "ann"])).toEqual([`${maintainers} and rina; of release/9* also ann`]);
    const protectedBranches = rules([]);
    expect(mintedBy("other-branch", branch("hotfix"), { protectedBranches })).toEqual(["tom"]);
  });

  it("is taken by the rule that may let in most: Developers, who is not known, then the rest", () => {
    const all = [
      { name: "a*", push: 0, merge: 0 },
      { name: "b*", push: 0, merge: 0, named: ["rina"] },
      { name: "c*", push: 60, merge: 60 },
      { name: "d*", push: 40, merge: 40 },
      { name: "e*", push: null, merge: null },
      { name: "f*", push: 30, merge: null },
    ] as const;
    expect(classesOf("other-branch", { protectedBranches: all }).map(({ who }) => who)).toEqual([
      developer,
      "not known",
      maintainers,
      "administrators of the GitLab",
      "rina",
      "nobody, until a Maintainer of acme/shop changes the rule",
      developer,
    ]);
  });

  it("has no class by a rule that no name can match, nor by one whose only branch exists", () => {
    const protectedBranches = [
      { name: "my branch", push: 40, merge: 40 },
      { name: "main", push: 40, merge: 40 },
    ] as const;
    expect(mintedBy("other-branch", {}, { protectedBranches })).toEqual([developer]);
  });

  it.each(["*", "**"])("is always protected where the rule %s protects all", (name) => {
    const protectedBranches = [{ name, push: 40, merge: 40 }] as const;
    expect(classesOf("other-branch", { protectedBranches })).toHaveLength(1);
    expect(mintedBy("other-branch", { ...branch("x"), ref_protected: "false" }, { protectedBranches })).toEqual([]);
  });

  it("may be protected or not where the rules are not known, and who may make it is not known", () => {
    const made = classesOf("other-branch", { protectedBranches: null });
    expect(made.map(({ who, words }) => ({ who, words }))).toEqual([
      { who: "not known", words: "a branch that does not exist yet" },
    ]);
    expect(made.every((each) => holds(each, { ...branch("release/1"), ref_protected: "true" }))).toBe(true);
    expect(made.every((each) => holds(each, { ...branch("release/1"), ref_protected: "false" }))).toBe(true);
    expect(made.some((each) => holds(each, branch("main")))).toBe(false);
  });

  it("says the same of its protection in subject and claim", () => {
    const differs = { protectedBranches: null, components: ["project_path", "ref", "ref_protected"] as const };
    const sub = "project_path:acme/shop:ref:x:ref_protected:true";
    expect(mintedBy("other-branch", { sub, ref_protected: "true" }, differs)).toEqual(["not known"]);
    expect(mintedBy("other-branch", { sub, ref_protected: "false" }, differs)).toEqual([]);
  });

  it("has this project's ids and no merge request's pipeline", () => {
    const token = branch("hotfix");
    expect(mintedBy("other-branch", { ...token, project_id: "20", namespace_id: "55" })).toEqual([developer]);
    expect(mintedBy("other-branch", { ...token, project_id: "21" })).toEqual([]);
    expect(mintedBy("other-branch", { ...token, pipeline_source: "merge_request_event" })).toEqual([]);
  });
});

describe("a tag that does not exist yet", () => {
  it.each<[Record<string, string>, string[]]>([
    [{ ...tag("v2"), ref_protected: "true" }, [maintainers]],
    [{ ...tag("nightly"), ref_protected: "false" }, [developer]],
    [tag("v1"), []],
    [tag("main"), [developer]],
    [branch("nightly"), []],
  ])("%j is made by %j", (token, who) => {
    expect(mintedBy("other-tag", token)).toEqual(who);
  });

  it("is said in words", () => {
    expect(classesOf("other-tag").map(({ words }) => words)).toEqual([
      "tags like v* that do not exist yet",
      "a tag that does not exist yet and that no rule protects",
    ]);
  });

  it("with a branch's name has the branch's subject where that does not say the type", () => {
    const token = { sub: "project_path:acme/shop:ref:main" };
    expect(mintedBy("other-tag", token, { components: ["project_path", "ref"] })).toEqual([developer]);
  });
});

describe("the subject of other components", () => {
  it.each<[SubjectComponent[]]>([
    [["project_id", "ref_type", "ref"]],
    [["project_path", "ref_protected", "ref"]],
    [["project_path", "ref", "environment_protected", "deployment_tier"]],
    [["project_path"]],
    [["project_id", "project_path", "ref_type"]],
  ])("%j is as GitLab joins it", (components) => {
    const claims = {
      project_path: "acme/shop",
      project_id: "20",
      ref_type: "branch",
      ref: "x",
      ref_protected: "false",
    };
    const environment = { environment_protected: "false", deployment_tier: "staging" };
    const subjects = [subjectFor(components, claims), subjectFor(components, { ...claims, ...environment })];
    for (const sub of subjects) expect(mintedBy("other-branch", { sub }, { components })).toContain(developer);
    expect(mintedBy("other-branch", branch("x"), { components })).toEqual([]);
  });

  it("never has half of an environment", () => {
    const components = ["project_path", "environment_protected", "deployment_tier"] as const;
    expect(mintedBy("other-branch", { sub: "project_path:acme/shop:deployment_tier:other" }, { components })).toEqual(
      [],
    );
  });

  it("can be of any where they are not known, by the id only since 19.1", () => {
    const by = (sub: string, gitlabVersion: string | null) =>
      mintedBy(
        "other-branch",
        { sub, ref_protected: "false" },
        { components: null, issuer: "https://git.acme.test", gitlabVersion },
      );
    expect(by("project_path:acme/shop:ref:x", null)).toEqual([developer]);
    expect(by("project_path:acme/shop:ref_protected:false", null)).toEqual([developer]);
    expect(by("project_path:acme/shop:ref_protected:true", null)).toEqual([]);
    expect(by("project_path:acme/shop:ref_type:branch:ref:feature/x", null)).toEqual([]);
    expect(by("project_id:20:ref:x", null)).toEqual([developer]);
    expect(by("project_id:20:ref:x", "19.1.0-ee")).toEqual([developer]);
    expect(by("project_id:20:ref:x", "19.0.3-ee")).toEqual([]);
  });
});

describe("a merge request's pipeline", () => {
  const who = `${developer}, or of a protected source branch whoever may push there`;
  const token = { ...branch("main"), pipeline_source: "merge_request_event" };
  const selfManaged = { issuer: "https://git.acme.test" };

  it("has the subject of its source branch, existing or not", () => {
    const [made] = classesOf("merge-request");
    expect(made).toMatchObject({ words: "merge requests of acme/shop", claims: { sub: { chosen: true } } });
    expect(made && holds(made, { user_access_level: "guest" })).toBe(false);
    expect(mintedBy("merge-request", token)).toEqual([who]);
    expect(mintedBy("merge-request", { ...token, ...branch("hotfix") })).toEqual([who]);
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
    expect(mintedBy("merge-request", { ...token, ref_protected: "true" }, differs)).toEqual(expected ? [who] : []);
    expect(mintedBy("merge-request", { ...token, ref_protected: "false" }, differs)).toEqual([who]);
  });
});

describe("a fork's merge request", () => {
  const token = { ...branch("main"), project_id: "20" };
  const here = (differs: Partial<MintingProject>) =>
    classesOf("fork", { issuer: "https://git.acme.test", ...differs }).filter((each) => holds(each, token));

  it.each<[string | null, boolean | null, string[]]>([
    ["18.2.1-ee", true, ["merge requests of forks of acme/shop, with any branch name"]],
    ["18.2.1-ee", false, []],
    ["18.2.2-ee", true, []],
    [null, false, []],
    [
      null,
      null,
      [
        "merge requests of forks of acme/shop, with any branch name, if GitLab is older than 18.2.2 and the project lets them run here: not known",
      ],
    ],
    [
      null,
      true,
      ["merge requests of forks of acme/shop, with any branch name, if GitLab is older than 18.2.2: not known"],
    ],
    [
      "18.0.0",
      null,
      ["merge requests of forks of acme/shop, with any branch name, if the project lets them run here: not known"],
    ],
  ])("of GitLab %s, run here %s, names this project: %j", (gitlabVersion, forksRunInParent, words) => {
    expect(here({ gitlabVersion, forksRunInParent }).map((each) => each.words)).toEqual(words);
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
