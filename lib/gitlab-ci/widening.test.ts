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

  it.each<[Widening["id"], Partial<WideningFacts>, string]>([
    ["subject", { components: ["project_path"] }, "same subject"],
    ["subject", { components: ["project_path", "ref"] }, "tag with a branch's name"],
    ["default-branch", { protectedBranches: [{ pattern: "release/*", leastLevel: 40 }] }, "push to main"],
    [
      "protected-branches",
      {
        protectedBranches: [
          { pattern: "main", leastLevel: 30 },
          { pattern: "prod", leastLevel: 40 },
        ],
      },
      "merge into main, and",
    ],
    ["unprotected-branches", { protectedBranches: [{ pattern: "main", leastLevel: 40 }] }, "Any Developer"],
    ["tags", { protectedTags: [] }, "Any Developer may create a tag"],
    ["tags", { protectedTags: [{ pattern: "v*", leastLevel: 40 }] }, "tags like v* only Maintainers"],
    [
      "tags",
      {
        protectedTags: [
          { pattern: "*", leastLevel: 40 },
          { pattern: "v*", leastLevel: 30 },
        ],
      },
      "Developers may create tags like v*",
    ],
    ["merge-requests", { components: ["project_path", "ref_type", "ref"] }, "source branch"],
    ["forks", { version: "18.2.1-ee", forksRunInParent: true }, "older than 18.2.2"],
    ["visibility", { visibility: "public", forks: 3 }, "3 forks"],
    ["visibility", { visibility: "internal" }, "everybody with an account"],
    ["reused-path", { version: "19.0.3", components: ["project_path", "ref_type", "ref"] }, "takes over the path"],
  ])("is widened by %s, and what to do is said (%j)", (id, changes, words) => {
    const found = byId(changes, id);
    expect(found).toMatchObject({ state: "widens", sentence: expect.stringContaining(words) });
    expect(found?.todo).not.toBe("");
  });

  it.each<[Widening["id"], Partial<WideningFacts>]>([
    ["subject", { components: null }],
    ["merge-requests", { components: null }],
    ["default-branch", { protectedBranches: null }],
    ["default-branch", { defaultBranch: null }],
    ["protected-branches", { protectedBranches: null }],
    ["unprotected-branches", { protectedBranches: null }],
    ["tags", { protectedTags: null }],
    ["forks", { version: "18.1.0", forksRunInParent: null }],
    ["forks", { version: null, forksRunInParent: true }],
    ["forks", { version: "unreadable", forksRunInParent: true }],
    ["reused-path", { version: null, components: ["project_path"] }],
    ["reused-path", { version: "18.9.0", components: null }],
  ])("is not known, and not assumed, for %s where GitLab does not show it (%j)", (id, changes) => {
    expect(byId(changes, id)).toMatchObject({ state: "unknown" });
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
