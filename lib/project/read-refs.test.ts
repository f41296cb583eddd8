import { expect, it } from "vitest";
import { fixedClock } from "@/lib/clock";
import { TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { gitlabBranchSchema, gitlabTagSchema, protectedBranchSchema, protectedTagSchema } from "@/lib/gitlab/schema";
import { refsAsShownTo } from "./read-refs";

interface Answers {
  branches?: unknown[];
  tags?: unknown[];
  /** Null where GitLab hides them. */
  branchRules?: unknown[] | null;
  tagRules?: unknown[] | null;
}

const hidden = new TrustdeskError("forbidden", "GitLab does not let you see this.");

/** Who may push to each ref of a project of which GitLab answers this, by name. */
async function whoMayPush({ branches = [], tags = [], branchRules = [], tagRules = [] }: Answers) {
  const gitlab: Partial<GitlabClient> = {
    branches: () => Promise.resolve({ rows: branches.map((row) => gitlabBranchSchema.parse(row)), truncated: false }),
    tags: () => Promise.resolve({ rows: tags.map((row) => gitlabTagSchema.parse(row)), truncated: false }),
    protectedBranches: () =>
      branchRules
        ? Promise.resolve(branchRules.map((row) => protectedBranchSchema.parse(row)))
        : Promise.reject(hidden),
    protectedTags: () =>
      tagRules ? Promise.resolve(tagRules.map((row) => protectedTagSchema.parse(row))) : Promise.reject(hidden),
  };
  const { refs } = await refsAsShownTo(
    { gitlab: gitlab as GitlabClient, bot: null },
    { id: 7, empty_repo: false },
    fixedClock("2026-11-22T12:00:00Z"),
  );
  return Object.fromEntries((refs ?? []).map((ref) => [ref.name, ref.whoMayPush]));
}

it("names of branches and tags come as GitLab has them, whatever they hold", async () => {
  const names = ['hotfix/#12-50%-off&<i>"x"\'', "機能/ログイン", "🚀-v1", "a%2Fb", "${x}", "__proto__x"];
  const branches = names.map((name) => ({ name, protected: false }));
  expect(Object.keys(await whoMayPush({ branches }))).toEqual(names);
});

it("where the rules are hidden, a branch says itself whether Developers push to it", async () => {
  const branches = [
    { name: "main", protected: true, default: true, developers_can_push: false },
    { name: "next", protected: true, developers_can_push: true },
    { name: "wip", protected: false, developers_can_push: false },
  ];
  expect(await whoMayPush({ branches, branchRules: null })).toEqual({
    main: "maintainers",
    next: "developers",
    wip: "developers",
  });
});

it("where the rules are shown, they count and not what a branch says of itself", async () => {
  const branches = [{ name: "main", protected: true, developers_can_push: true }];
  const branchRules = [{ name: "main", push_access_levels: [{ access_level: 40, deploy_key_id: 3 }] }];
  expect(await whoMayPush({ branches, branchRules })).toEqual({ main: "a deploy key" });
});

it("of a protected tag whose rules are hidden it is not known", async () => {
  const tags = [
    { name: "v1", protected: true },
    { name: "nightly", protected: false },
  ];
  expect(await whoMayPush({ tags, tagRules: null })).toEqual({
    v1: "people whom GitLab does not show",
    nightly: "developers",
  });
  expect(
    await whoMayPush({ tags, tagRules: [{ name: "v*", create_access_levels: [{ access_level: null, user_id: 4 }] }] }),
  ).toEqual({ v1: "named people", nightly: "developers" });
});

it("an empty repository has no refs, and GitLab is not asked for any", async () => {
  const { refs, truncated } = await refsAsShownTo(
    {
      gitlab: {
        protectedBranches: () => Promise.resolve([]),
        protectedTags: () => Promise.resolve([]),
      } as unknown as GitlabClient,
      bot: null,
    },
    { id: 7, empty_repo: true },
    fixedClock("2026-11-22T12:00:00Z"),
  );
  expect([refs, truncated]).toEqual([[], false]);
});
