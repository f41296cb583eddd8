import { describe, expect, it } from "vitest";
import { classesOf, holds, mintedBy } from "@/lib/testing/minting";
import type { SubjectComponent } from "../components";
import { subjectFor } from "../subject";

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
    const more = [...rules(["ann"]), { name: "*/9", push: 0, merge: 0, named: ["bo"] } as const];
    expect(mintedBy("other-branch", branch("release/1"), { protectedBranches: more })).toEqual([
      `${maintainers} and rina; of release/9* also ann; of */9 also bo`,
    ]);
    const wider = [{ name: "*-x", push: 30, merge: 30, named: ["tom"] } as const, ...rules(["rina"])];
    expect(mintedBy("other-branch", branch("release/1"), { protectedBranches: wider })).toEqual([
      `${maintainers} and rina`,
    ]);
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
    expect(classesOf("other-branch", { protectedBranches: all }).map(({ onlyIf }) => onlyIf)).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined],
      "a Maintainer of acme/shop changes the rule",
      undefined,
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
    const free = "project_path:acme/shop:ref:x:ref_protected:false";
    expect(mintedBy("other-branch", { sub: free, ref_protected: "false" }, differs)).toEqual(["not known"]);
    expect(mintedBy("other-branch", { sub: free, ref_protected: "true" }, differs)).toEqual([]);
  });

  it("has this project's ids and no merge request's pipeline", () => {
    const token = branch("hotfix");
    expect(mintedBy("other-branch", { ...token, project_id: "20", namespace_id: "55" })).toEqual([developer]);
    expect(mintedBy("other-branch", { ...token, project_id: "21" })).toEqual([]);
    expect(mintedBy("other-branch", { ...token, user_access_level: "developer" })).toEqual([developer]);
    expect(mintedBy("other-branch", { ...token, user_access_level: "reporter" })).toEqual([]);
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
