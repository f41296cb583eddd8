import { describe, expect, it } from "vitest";
import type { Widening, WideningFacts } from "./widening";
import { wideningOf } from "./widening";

const tight: WideningFacts = {
  version: "19.4.1-ee",
  visibility: "private",
  forks: 0,
  defaultBranch: "main",
  components: ["project_id", "ref_type", "ref", "ref_protected"],
  forksRunInParent: false,
  protectedBranches: [{ pattern: "*", leastLevel: 40 }],
  protectedTags: [{ pattern: "*", leastLevel: 40 }],
};

const byId = (changes: Partial<WideningFacts>, id: Widening["id"]): Widening | undefined =>
  wideningOf({ ...tight, ...changes }).find((one) => one.id === id);

describe("who can mint a token", () => {
  it("is narrow all over where everything is shut, with nothing to do", () => {
    for (const one of wideningOf(tight)) expect(one).toMatchObject({ state: "narrow", todo: "" });
  });

  it.each<[Widening["id"], Partial<WideningFacts>, string, string]>([
    ["subject", { components: ["project_path"] }, "same subject", "Add ref_type and ref"],
    ["subject", { components: ["project_path", "ref"] }, "tag with a branch's name", "Add ref_type to"],
    [
      "default-branch",
      { protectedBranches: [{ pattern: "release/*", leastLevel: 40 }] },
      "push to main",
      "Protect main in GitLab.",
    ],
    [
      "protected-branches",
      {
        protectedBranches: [
          { pattern: "main", leastLevel: 30 },
          { pattern: "prod", leastLevel: 40 },
        ],
      },
      "merge into main, and",
      "Let only Maintainers push and merge there.",
    ],
    [
      "unprotected-branches",
      { protectedBranches: [{ pattern: "main", leastLevel: 40 }] },
      "Any Developer",
      "pin ref_protected",
    ],
    ["tags", { protectedTags: [] }, "Any Developer may create a tag", "pin ref_protected"],
    [
      "tags",
      { protectedTags: [{ pattern: "v*", leastLevel: 40 }] },
      "tags like v* only Maintainers",
      "pin ref_protected",
    ],
    [
      "tags",
      {
        protectedTags: [
          { pattern: "*", leastLevel: 40 },
          { pattern: "v*", leastLevel: 30 },
        ],
      },
      "Developers may create tags like v*",
      "Let only Maintainers create them.",
    ],
    ["merge-requests", { components: ["project_path", "ref_type", "ref"] }, "source branch", "pin ref_protected"],
    ["forks", { version: "18.2.1-ee", forksRunInParent: true }, "older than 18.2.2", "Update GitLab"],
    [
      "visibility",
      { visibility: "public", forks: 3 },
      "public: anybody can read it, and fork it where forking is not restricted; whether it is, Trustdesk does not read. It has 3 forks.",
      "pin project_id",
    ],
    ["visibility", { visibility: "internal" }, "everybody with an account", "pin project_id"],
    [
      "reused-path",
      { version: "19.0.3", components: ["project_path", "ref_type", "ref"] },
      "takes over the path",
      "Pin project_id",
    ],
  ])("is widened by %s, and what to do is said (%j)", (id, changes, words, todo) => {
    expect(byId(changes, id)).toMatchObject({
      state: "widens",
      sentence: expect.stringContaining(words) as string,
      todo: expect.stringContaining(todo) as string,
    });
  });

  const onlyMaintainersSee = "GitLab shows the protection rules to Maintainers only, so ";
  it.each<[Widening["id"], Partial<WideningFacts>, string, string]>([
    ["subject", { components: null }, "which jobs share a subject", "Ask a Maintainer"],
    ["merge-requests", { components: null }, "says that it is not protected is not known", "Ask a Maintainer"],
    [
      "default-branch",
      { protectedBranches: null },
      `${onlyMaintainersSee}whether main is protected`,
      "Ask a Maintainer",
    ],
    ["default-branch", { defaultBranch: null }, "names no default branch", ""],
    [
      "protected-branches",
      { protectedBranches: null },
      `${onlyMaintainersSee}who may run pipelines on protected branches`,
      "Ask a Maintainer",
    ],
    [
      "unprotected-branches",
      { protectedBranches: null },
      `${onlyMaintainersSee}which branches any Developer may push`,
      "Ask a Maintainer",
    ],
    ["tags", { protectedTags: null }, `${onlyMaintainersSee}which tags any Developer may create`, "Ask a Maintainer"],
    [
      "forks",
      { version: "18.1.0", forksRunInParent: null },
      "GitLab 18.1.0 lets a fork's merge request run here",
      "Update GitLab to 18.2.2",
    ],
    ["forks", { version: null, forksRunInParent: true }, "does not say its version", "Update GitLab to 18.2.2"],
    ["forks", { version: "unreadable", forksRunInParent: true }, "does not say its version", "Update GitLab to 18.2.2"],
    ["reused-path", { version: null, components: ["project_path"] }, "does not say its version", "Pin project_id"],
    ["reused-path", { version: "new", components: ["project_path"] }, "does not say its version", "Pin project_id"],
    ["reused-path", { version: "18.9.0", components: null }, "Whether the subject names the path", "Ask a Maintainer"],
  ])("is not known, and not assumed, for %s where GitLab does not show it (%j)", (id, changes, words, todo) => {
    expect(byId(changes, id)).toMatchObject({
      state: "unknown",
      sentence: expect.stringContaining(words) as string,
      todo: todo === "" ? "" : (expect.stringContaining(todo) as string),
    });
  });

  it.each<[Widening["id"], Partial<WideningFacts>, string]>([
    ["subject", {}, "a subject of its own"],
    ["default-branch", {}, "The default branch main is protected."],
    [
      "default-branch",
      {
        protectedBranches: [
          { pattern: "release/*", leastLevel: 40 },
          { pattern: "ma*", leastLevel: 40 },
        ],
      },
      "main is protected",
    ],
    ["protected-branches", { protectedBranches: [] }, "No branch is protected"],
    ["protected-branches", { protectedBranches: [{ pattern: "main", leastLevel: 0 }] }, "push to or merge into main"],
    [
      "protected-branches",
      {
        protectedBranches: [
          { pattern: "main", leastLevel: 40 },
          { pattern: "prod", leastLevel: 60 },
        ],
      },
      "merge into main, prod and",
    ],
    ["unprotected-branches", {}, "A rule protects every branch."],
    [
      "unprotected-branches",
      {
        protectedBranches: [
          { pattern: "main", leastLevel: 40 },
          { pattern: "*", leastLevel: 40 },
        ],
      },
      "A rule protects every branch.",
    ],
    ["tags", {}, "A rule protects every tag."],
    ["tags", { protectedTags: [{ pattern: "*", leastLevel: 0 }] }, "A rule protects every tag."],
    [
      "tags",
      {
        protectedTags: [
          { pattern: "v*", leastLevel: 40 },
          { pattern: "*", leastLevel: 40 },
        ],
      },
      "A rule protects every tag.",
    ],
    ["merge-requests", {}, "says in its subject that its ref is not protected"],
    ["forks", {}, "runs in the fork, never here"],
    ["forks", { forksRunInParent: true }, "names the fork in its token"],
    ["visibility", {}, "The project is private: only its members can read it, and so fork it."],
    ["visibility", { forks: 1 }, "fork it. It has 1 fork."],
    ["reused-path", {}, "which no other project ever has"],
    ["reused-path", { version: "19.1.0", components: ["project_path"] }, "mints no token for a project at a path"],
    ["reused-path", { version: "19.1.0", components: null }, "mints no token for a project at a path"],
  ])("is narrow for %s (%j), and says why", (id, changes, words) => {
    const found = byId(changes, id);
    expect(found).toMatchObject({ state: "narrow", todo: "", sentence: expect.stringContaining(words) as string });
  });

  it("says how many forks there are only where there are some", () => {
    expect(byId({ forks: 0 }, "visibility")?.sentence).not.toContain("It has");
    expect(byId({ forks: null, visibility: "public" }, "visibility")?.sentence).toMatch(/does not read\.$/);
  });

  it("names of the protected tags only those that Developers may create", () => {
    const protectedTags = [
      { pattern: "v*", leastLevel: 30 },
      { pattern: "rc*", leastLevel: 40 },
      { pattern: "nobody*", leastLevel: 0 },
    ];
    expect(byId({ protectedTags }, "tags")?.sentence).toContain("tags like v*, and run");
    expect(byId({ protectedTags: [] }, "tags")?.sentence).toMatch(/that tag's subject\.$/);
  });

  it("does not depend on what cannot change it: since 18.2.2 a fork's token names the fork, whatever the setting", () => {
    expect(byId({ version: "18.2.2", forksRunInParent: true }, "forks")).toMatchObject({ state: "narrow" });
    expect(byId({ version: "18.2.2", forksRunInParent: null }, "forks")).toMatchObject({ state: "narrow" });
    expect(byId({ version: null, forksRunInParent: false }, "forks")).toMatchObject({ state: "narrow" });
  });

  it("begins with what widens it, then says what is not known", () => {
    const states = wideningOf({ ...tight, visibility: "public", protectedBranches: null }).map((one) => one.state);
    expect(states).toEqual([
      "widens",
      "unknown",
      "unknown",
      "unknown",
      "narrow",
      "narrow",
      "narrow",
      "narrow",
      "narrow",
    ]);
  });
});
