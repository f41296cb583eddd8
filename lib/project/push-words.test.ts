import { describe, expect, it } from "vitest";
import { protectedBranchSchema } from "@/lib/gitlab/schema";
import { pushWords } from "./push-words";

const rule = (pattern: string, ...levels: (number | null)[]) => ({
  pattern,
  levels: levels.map((access_level) => ({ access_level })),
});

it.each([
  ["no rule matches", [rule("main", 40)], "develop", null],
  ["the rules are hidden", null, "main", null],
  ["one level", [rule("main", 40)], "main", "maintainers"],
  ["nobody", [rule("main", 0)], "main", "nobody"],
  ["a rule that lets in nobody at all", [rule("main")], "main", "nobody"],
  ["owners", [rule("main", 50)], "main", "owners"],
  ["a level that has no name", [rule("main", 45)], "main", "level 45"],
  ["a wildcard across slashes", [rule("release/*", 40)], "release/2026/11", "maintainers"],
  [
    "several rules: the most permissive counts",
    [rule("release/*", 40), rule("release/hot", 30)],
    "release/hot",
    "developers",
  ],
  ["a narrower rule does not close a wider one", [rule("*", 30), rule("main", 40)], "main", "developers"],
  ["no one in one rule does not close the other", [rule("*", 0), rule("main", 40)], "main", "maintainers"],
  ["no one beside a role", [rule("main", 0, 40)], "main", "maintainers"],
  ["named people beside a level", [rule("main", 40, null)], "main", "maintainers and named people"],
  ["named people only", [rule("main", null)], "main", "named people"],
])("%s", (_case, rules, ref, words) => {
  expect(pushWords(rules, ref)).toBe(words);
});

describe("a rule as GitLab answers it", () => {
  // docs.gitlab.com/api/protected_branches: the level beside an id is null, and 40 for a deploy key.
  const role = { id: 1, access_level: 40, access_level_description: "Maintainers", user_id: null, group_id: null };
  const user = { id: 2, access_level: null, access_level_description: "Rina", user_id: 77, group_id: null };
  const group = { id: 3, access_level: null, access_level_description: "Release crew", user_id: null, group_id: 12 };
  const key = { id: 4, access_level: 40, access_level_description: "Deploy key", deploy_key_id: 5 };
  const noOne = { id: 5, access_level: 0, access_level_description: "No one", deploy_key_id: null };

  it.each([
    [[role], "maintainers"],
    [[user], "named people"],
    [[group], "named people"],
    [[user, group], "named people"],
    [[{ ...user, access_level: 40 }], "named people"],
    [[key], "a deploy key"],
    [[key, { ...key, deploy_key_id: 6 }], "deploy keys"],
    [[noOne, key], "a deploy key"],
    [[noOne, user], "named people"],
    [[role, user], "maintainers and named people"],
    [[role, key], "maintainers and a deploy key"],
    [[role, group, key], "maintainers, named people and a deploy key"],
    [[noOne], "nobody"],
    [[], "nobody"],
  ])("%j is said as %s", (levels, words) => {
    const { name, push_access_levels } = protectedBranchSchema.parse({ name: "main", push_access_levels: levels });
    expect(pushWords([{ pattern: name, levels: push_access_levels }], "main")).toBe(words);
  });
});
