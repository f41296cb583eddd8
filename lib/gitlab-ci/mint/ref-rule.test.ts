import { describe, expect, it } from "vitest";
import { mintingProject } from "@/lib/testing/minting";
import type { ProtectedBranchRule } from "./project";
import { ruleFor } from "./ref-rule";

const who = (protectedBranches: ProtectedBranchRule[] | null, name: string) =>
  ruleFor(mintingProject({ protectedBranches }), name, "branch").who;

describe("who may push a branch", () => {
  it.each<[string, ProtectedBranchRule[], string]>([
    ["no rule", [], "any Developer of acme/shop"],
    ["a rule for another name", [{ name: "other", push: 40, merge: 40 }], "any Developer of acme/shop"],
    ["Maintainers", [{ name: "release/1", push: 40, merge: 40 }], "maintainers of acme/shop"],
    ["who may merge, may make it", [{ name: "release/*", push: 0, merge: 30 }], "any Developer of acme/shop"],
    ["administrators", [{ name: "release/*", push: 60, merge: 0 }], "administrators of the GitLab"],
    ["nobody", [{ name: "release/*", push: 0, merge: 0 }], "nobody, until a Maintainer of acme/shop changes the rule"],
    [
      "people by name",
      [{ name: "release/*", push: 0, merge: 0, named: ["rina", "the deploy key ci"] }],
      "rina and the deploy key ci",
    ],
    [
      "a role and people",
      [{ name: "release/*", push: 40, merge: 0, named: ["rina", "tom"] }],
      "maintainers of acme/shop, rina and tom",
    ],
    [
      "an exact rule does not override a wildcard",
      [
        { name: "release/1", push: 0, merge: 0 },
        { name: "release/*", push: 30, merge: 40 },
      ],
      "any Developer of acme/shop",
    ],
    [
      "a stricter wildcard takes nothing away",
      [
        { name: "release/1", push: 40, merge: 40 },
        { name: "*", push: 60, merge: 60 },
      ],
      "maintainers of acme/shop",
    ],
    [
      "people of one rule and the role of another",
      [
        { name: "release/1", push: 0, merge: 0, named: ["rina"] },
        { name: "release/*", push: 40, merge: 40 },
      ],
      "maintainers of acme/shop and rina",
    ],
    ["a level not known", [{ name: "release/*", push: null, merge: null }], "not known"],
    [
      "one of two levels not known",
      [{ name: "release/*", push: null, merge: 40 }],
      "maintainers of acme/shop; whether others too is not known",
    ],
    [
      "nothing is below Developers",
      [
        { name: "release/*", push: null, merge: null },
        { name: "release/1", push: 30, merge: 30 },
      ],
      "any Developer of acme/shop",
    ],
    [
      "a rule not known beside one that is",
      [
        { name: "release/*", push: null, merge: null },
        { name: "release/1", push: 40, merge: 40 },
      ],
      "maintainers of acme/shop; whether others too is not known",
    ],
    [
      "the same name twice",
      [
        { name: "release/1", push: 60, merge: 60 },
        { name: "release/1", push: 40, merge: 40 },
      ],
      "maintainers of acme/shop",
    ],
  ])("%s", (_, rules, expected) => {
    expect(who(rules, "release/1")).toBe(expected);
  });

  it("is not known where the rules are not", () => {
    expect(ruleFor(mintingProject({ protectedBranches: null }), "release/1", "branch")).toEqual({
      rule: "not known",
      who: "not known",
    });
  });
});

describe("who may create a tag", () => {
  it("is what the tags' rules say, not the branches'", () => {
    const project = mintingProject({ protectedTags: [{ name: "v*", create: 60 }] });
    expect(ruleFor(project, "v2", "tag")).toMatchObject({ who: "administrators of the GitLab" });
    expect(ruleFor(project, "main", "tag")).toEqual({ rule: null, who: "any Developer of acme/shop" });
    expect(ruleFor(mintingProject({ protectedTags: null }), "v2", "tag").who).toBe("not known");
  });
});
