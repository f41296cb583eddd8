import { describe, expect, it } from "vitest";
import { parseArn, providerArn, roleArn } from "./arn";
import { budgets } from "./budget";
import { descriptionProblem, policyNameProblem, roleNameProblem, rolePathProblem, tagValue } from "./names";

/** Bounds and letters: IAM API reference, CreateRole, PutRolePolicy and Tag. */
describe("what IAM refuses of a name is said in words", () => {
  it.each<[string, (text: string) => string | null, string, string | null]>([
    ["a role without a name", roleNameProblem, "", "A role's name is missing."],
    ["64 letters", roleNameProblem, "a".repeat(64), null],
    ["65 letters", roleNameProblem, "a".repeat(65), "A role's name has at most 64 characters; this one has 65."],
    ["every sign that is allowed", roleNameProblem, "aZ09_+=,.@-", null],
    ["a slash", roleNameProblem, "a/b", 'A role\'s name holds letters, digits and _+=,.@- only, not "/".'],
    ["a rocket", roleNameProblem, "go🚀", 'A role\'s name holds letters, digits and _+=,.@- only, not "🚀".'],
    ["a space", roleNameProblem, "a b", "A role's name holds letters, digits and _+=,.@- only, not spaces."],
    ["a policy without a name", policyNameProblem, "", "A policy's name is missing."],
    ["a policy of 128 letters", policyNameProblem, "a".repeat(128), null],
    [
      "a policy of 129 letters",
      policyNameProblem,
      "a".repeat(129),
      "A policy's name has at most 128 characters; this one has 129.",
    ],
    ["the root path", rolePathProblem, "/", null],
    ["a deep path", rolePathProblem, "/gitlab/ci/", null],
    [
      "a path that does not begin",
      rolePathProblem,
      "gitlab/",
      "A path begins and ends with a slash, e.g. / or /gitlab/.",
    ],
    [
      "a path that does not end",
      rolePathProblem,
      "/gitlab",
      "A path begins and ends with a slash, e.g. / or /gitlab/.",
    ],
    ["a path with a space", rolePathProblem, "/a b/", "A path holds visible ASCII characters only, and no spaces."],
    ["a path with an umlaut", rolePathProblem, "/ö/", "A path holds visible ASCII characters only, and no spaces."],
    ["a path of 512", rolePathProblem, `/${"a".repeat(510)}/`, null],
    ["a path of 513", rolePathProblem, `/${"a".repeat(511)}/`, "A path has at most 512 characters; this one has 513."],
    ["no description", descriptionProblem, "", null],
    ["Latin letters, lines and tabs", descriptionProblem, "Größe:\t1\r\n~ÿ¡", null],
    ["1,000 letters", descriptionProblem, "a".repeat(1000), null],
    [
      "1,001 letters",
      descriptionProblem,
      "a".repeat(1001),
      "A description has at most 1,000 characters; this one has 1001.",
    ],
    ["a euro", descriptionProblem, "1 €", 'IAM takes Latin letters and signs in a description, not "€".'],
    [
      "a space that does not break",
      descriptionProblem,
      "1\u00A0EUR",
      "IAM takes Latin letters and signs in a description, not this kind of space.",
    ],
  ])("%s", (_what, problem, text, reason) => {
    expect(problem(text)).toBe(reason);
  });

  it.each([
    ["feature/login_1.0:a=b+c-d@e", true],
    ["Größe 1", true],
    ["", true],
    ["x".repeat(256), true],
    ["x".repeat(257), false],
    ["feature#1", false],
    ["a*", false],
  ])("a tag's value may be %s: %s", (text, fine) => expect(tagValue(text)).toBe(fine ? text : null));
});

describe("an ARN", () => {
  it("is put together as IAM writes it", () => {
    const place = { partition: "aws-cn", accountId: "111122223333" };
    expect(roleArn({ ...place, path: "/ci/", name: "deploy" })).toBe("arn:aws-cn:iam::111122223333:role/ci/deploy");
    expect(providerArn({ ...place, issuer: "https://gitlab.example.com/git" })).toBe(
      "arn:aws-cn:iam::111122223333:oidc-provider/gitlab.example.com/git",
    );
  });

  it.each<[string, unknown]>([
    [
      "arn:aws:iam::111122223333:role/ci/deploy",
      { partition: "aws", service: "iam", region: "", accountId: "111122223333", resource: "role/ci/deploy" },
    ],
    [
      "arn:aws:lambda:eu-central-1:1:function:a:b",
      { partition: "aws", service: "lambda", region: "eu-central-1", accountId: "1", resource: "function:a:b" },
    ],
    ["arn:aws:s3:::site", { partition: "aws", service: "s3", region: "", accountId: "", resource: "site" }],
    ["arn:aws:s3:::", null],
    ["arn:aws::::site", null],
    ["arn::s3:::site", null],
    ["arn:aws:iam:1:role/a", null],
    ["arn:aws:s3:::si te", null],
    ["arn:a b:s3:::site", null],
    ["arn:aws:s 3:::site", null],
    ["arn:aws:s3:eu 1::site", null],
    ["arn:aws:s3::1 1:site", null],
    ["see arn:aws:s3:::site", null],
    ["site", null],
  ])("%s has its parts", (text, parts) => expect(parseArn(text)).toEqual(parts));
});

it("a document's share of the quota is told, and whether it fits", () => {
  const policy = { Version: "2012-10-17", Statement: [] };
  const size = '{"Version":"2012-10-17","Statement":[]}'.length;
  expect(
    budgets(
      { trustPolicy: policy, inlinePolicies: [policy, policy] },
      { trustPolicy: size, inlinePolicies: 2 * size - 1 },
    ),
  ).toEqual([
    { label: "Trust policy", used: size, limit: size, ok: true },
    { label: "Inline policies", used: 2 * size, limit: 2 * size - 1, ok: false },
  ]);
  const [trust, inline] = budgets(
    { trustPolicy: policy, inlinePolicies: [policy] },
    { trustPolicy: size - 1, inlinePolicies: size },
  );
  expect([trust?.ok, inline?.ok]).toEqual([false, true]);
  expect(budgets({ trustPolicy: null, inlinePolicies: [] }, { trustPolicy: 1, inlinePolicies: 1 })).toMatchObject([
    { used: 0, ok: true },
    { used: 0, ok: true },
  ]);
});
