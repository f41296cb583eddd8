import { describe, expect, it } from "vitest";
import { refNameProblem, refPatternProblem } from "./ref-name";

const fine = [
  "main",
  "release/2026.11",
  "v1.0.0",
  'fix/#12-50%-off&<i>"x"\'',
  "機能/ログイン",
  "🚀-v1",
  "feature/${x}",
  "a@b",
  "@",
  "{x}",
  "dev$x",
  "(old)",
  "refs",
  "myrefs/heads/x",
  "docs/refs/heads/x",
  "head",
  "a.locked",
  "a-",
];

it.each(fine)("the name %s can be one", (name) => {
  expect(refNameProblem(name)).toBeNull();
});

it.each(["origin/main", "upstream/main", "main|next", "refs/x"])(
  "the odd name %s is taken, as a branch may have it",
  (name) => {
    expect(refNameProblem(name)).toBeNull();
  },
);

it.each([
  ["", /is empty/],
  ["HEAD", /no branch/],
  ["refs/heads/main", /without refs\/heads\/ or refs\/tags\/: write main instead of refs\/heads\/main\.$/],
  ["refs/tags/v1", /write v1 instead/],
  ["refs/remotes/origin/main", /matches no branch or tag of GitLab/],
  ["release/*", /is a pattern/],
  ["v?", /is a pattern/],
  ["a b", /a space/],
  ["a\tb", /a control character/],
  ["a\u007fb", /a control character/],
  ["a~1", /one of ~/],
  ["a^", /one of ~/],
  ["a:b", /one of ~/],
  ["a[0]", /one of ~/],
  ["a\\b", /one of ~/],
  ["a..b", /two dots/],
  ["a//b", /a slash/],
  ["/a", /a slash/],
  ["a/", /a slash/],
  ["a@{1}", /@\{/],
  [".a", /begins with a dot/],
  ["a/.b", /begins with a dot/],
  ["a.", /a dot at its end/],
  ["a.lock", /\.lock/],
  ["a.lock/b", /\.lock/],
])("the name %j can be none, and it is said why", (name, words) => {
  expect(refNameProblem(name)).toMatch(words);
});

describe("a pattern", () => {
  it.each([
    ...fine,
    "*",
    "**",
    "release/*",
    "release/**",
    "v?.*",
    "*-rc",
    "v1.*",
    "feature/${*}*",
    "*/*",
    "renovate/*",
    "*refs/heads/*",
    "origin",
    "originals/*",
    "a.lock*",
    "a.?",
    "@*",
  ])("like %s can match", (pattern) => {
    expect(refPatternProblem(pattern)).toBeNull();
  });

  it.each([
    ["  ", /is empty/],
    ["refs/heads/*", /matches no branch or tag of GitLab.*: write \* instead of refs\/heads\/\*\.$/],
    ["refs/heads/release/*", /write release\/\* instead/],
    ["refs/tags/v*", /write v\* instead/],
    ["refs/heads/", /matches no branch or tag of GitLab, .*refs\/tags\/\.$/],
    ["refs/*", /matches no branch or tag of GitLab, .*refs\/tags\/\.$/],
    ["refs/*/main", /matches no branch or tag of GitLab/],
    ["refs/merge-requests/*/head", /matches no branch or tag of GitLab/],
    ["origin/*", /tokens say \*\. Write that\.$/],
    ["upstream/release/*", /tokens say release\/\*/],
    ["remotes/origin/main", /tokens say main/],
    ["remotes/fork/x*", /tokens say x\*/],
    ["^main$", /regular expression/],
    ["^main", /regular expression/],
    ["main$", /regular expression/],
    ["/^release-.*$/", /regular expression/],
    ["/main/", /regular expression/],
    ["/main/i", /regular expression/],
    ["main|develop", /regular expression/],
    ["v[0-9]*", /regular expression/],
    ["v\\d+", /regular expression/],
    ["release-.+", /regular expression/],
    ["(?!main)*", /regular expression/],
    ["release *", /a space/],
    [" main", /a space/],
    ["release//*", /a slash/],
    ["/release*", /a slash/],
    ["release*/", /a slash/],
    ["release/.*", /begins with a dot/],
    [".*", /begins with a dot/],
    ["*..*", /two dots/],
    ["*.", /a dot at its end/],
    ["*.lock", /\.lock/],
    ["*:*", /one of ~/],
  ])("like %j matches nothing, or is meant otherwise, and it is said why", (pattern, words) => {
    expect(refPatternProblem(pattern)).toMatch(words);
  });
});
