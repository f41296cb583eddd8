import { expect, it } from "vitest";
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
  ["a wildcard across slashes", [rule("release/*", 40)], "release/2026/11", "maintainers"],
  [
    "several rules: the most permissive counts",
    [rule("release/*", 40), rule("release/hot", 30)],
    "release/hot",
    "developers",
  ],
  ["no one in one rule does not close the other", [rule("*", 0), rule("main", 40)], "main", "maintainers"],
  ["named people beside a level", [rule("main", 40, null)], "main", "maintainers and named people"],
  ["named people only", [rule("main", null)], "main", "named people"],
])("%s", (_case, rules, ref, words) => {
  expect(pushWords(rules, ref)).toBe(words);
});
