import { describe, expect, it } from "vitest";
import { inlineLength } from "./budget";
import { evaluatePermissions } from "./evaluate";
import { descriptionProblem, policyNameProblem, roleNameProblem, rolePathProblem, tagValue } from "./names";
import { describePermissions, validatePermissionPolicy } from "./permission-policy";
import { s3Deploy } from "./templates/s3-deploy";

const place = { partition: "aws", accountId: "111122223333", region: "eu-central-1" };
const document = (statement: unknown, version = "2012-10-17") =>
  JSON.stringify({ Version: version, Statement: [statement] });

const asking = (operator: string, key: string) =>
  document({ Effect: "Allow", Action: "s3:*", Resource: "*", Condition: { [operator]: { [key]: "true" } } });

describe("validatePermissionPolicy", () => {
  it("takes the article's policy", () => {
    const checked = validatePermissionPolicy(document({ Effect: "Allow", Action: ["s3:*"], Resource: "*" }));
    expect(checked).toMatchObject({ ok: true, warnings: [] });
    if (checked.ok) expect(describePermissions(checked.policy)).toEqual(["May do every s3 action on every resource."]);
  });

  it.each([
    ["", "empty"],
    ["{", "not JSON"],
    [document({ Effect: "Allow", Action: "s3:*", Resource: "*" }, "2008-10-17"), "2012-10-17"],
    [document({ Effect: "Allow", Action: "s3:*" }), "no resource"],
    [document({ Effect: "Allow", Resource: "*" }), "no action"],
    [document({ Effect: "Allow", Action: "PutObject", Resource: "*" }), '"PutObject" is not an action'],
    [document({ Effect: "Allow", Action: "s3:*", Resource: "my-bucket" }), "neither an ARN"],
    [document({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }), "Principal"],
    [
      document({ Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam:111122223333:user/a" }),
      "arn:aws:iam:111122223333:user/a",
    ],
    [asking("StringMatches", "aws:RequestedRegion"), '"StringMatches"'],
    [asking("stringequals", "aws:RequestedRegion"), '"stringequals"'],
    [asking("StringEquals", "https://gitlab.com:sub"), '"https://gitlab.com:sub" is no condition key'],
    [asking("StringEquals", "region"), '"region" is no condition key'],
    [asking("StringEquals", "a:b:c"), '"a:b:c" is no condition key'],
    [
      document({ Effect: "Allow", Action: "s3:*", Resource: "*" }).replace('"Effect"', '"Effect":"Deny","Effect"'),
      "/Statement/0/Effect stands twice",
    ],
  ])("refuses %s", (text, reason) =>
    expect(validatePermissionPolicy(text)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    }),
  );

  it.each([
    ["StringEquals", "aws:RequestedRegion"],
    ["ForAllValues:StringLikeIfExists", "aws:TagKeys"],
    ["Null", "aws:RequestTag/team:cost"],
    ["StringEquals", "kms:EncryptionContext:app"],
    ["ArnNotLike", "git.test/gitlab:sub"],
  ])("takes %s of %s", (operator, key) =>
    expect(validatePermissionPolicy(asking(operator, key))).toMatchObject({ ok: true, warnings: [] }),
  );

  it("takes one without a version, as AWS does, and says what that means", () =>
    expect(
      validatePermissionPolicy('  {"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}\n\n'),
    ).toMatchObject({ ok: true, warnings: [expect.stringContaining("2008")] }));

  it("warns of IAM actions", () =>
    expect(
      validatePermissionPolicy(document({ Effect: "Allow", Action: "iam:PassRole", Resource: "*" })),
    ).toMatchObject({ ok: true, warnings: [expect.stringContaining("IAM actions")] }));
});

describe("the S3 template", () => {
  const policies = [s3Deploy.build({ bucket: "site", prefix: "web/" }, place)];
  const verdict = (action: string, resource: string, context = {}) =>
    evaluatePermissions(policies, { action, resource, context }).verdict;

  it("permits a deployment under the prefix and nothing beside it", () => {
    expect(verdict("s3:PutObject", "arn:aws:s3:::site/web/index.html")).toBe("allowed");
    expect(verdict("s3:ListBucket", "arn:aws:s3:::site", { "s3:prefix": "web/" })).toBe("allowed");
    expect(verdict("s3:PutObject", "arn:aws:s3:::site/other")).toBe("implicitDeny");
    expect(verdict("s3:ListBucket", "arn:aws:s3:::site", { "s3:prefix": "" })).toBe("implicitDeny");
    expect(verdict("s3:PutObject", "arn:aws:s3:::site2/web/index.html")).toBe("implicitDeny");
    expect(verdict("s3:PutBucketPolicy", "arn:aws:s3:::site")).toBe("implicitDeny");
  });

  it("builds what its own check takes", () =>
    expect(validatePermissionPolicy(JSON.stringify(policies[0]))).toMatchObject({ ok: true, warnings: [] }));

  it.each([
    ["bucket", "*"],
    ["bucket", "Site"],
    ["bucket", "ab"],
    ["prefix", "/web"],
    ["prefix", "*"],
    ["prefix", "${aws:username}"],
  ])("refuses the %s %s", (name, value) => {
    expect(s3Deploy.parameters.find((parameter) => parameter.name === name)?.problem(value)).toEqual(
      expect.any(String),
    );
  });
});

it("white space does not count against the budget", () => {
  expect(
    inlineLength([
      { Version: "2012-10-17", Statement: [{ Sid: "a b", Effect: "Allow", Action: "s3:*", Resource: "*" }] },
    ]),
  ).toBe('{"Version":"2012-10-17","Statement":[{"Sid":"ab","Effect":"Allow","Action":"s3:*","Resource":"*"}]}'.length);
});

describe("names, as IAM takes them", () => {
  it.each([
    [roleNameProblem, "gitlab-oidc-role-s3-readwrite", true],
    [roleNameProblem, "", false],
    [roleNameProblem, "a".repeat(65), false],
    [roleNameProblem, "a/b", false],
    [policyNameProblem, "a".repeat(128), true],
    [policyNameProblem, "a b", false],
    [rolePathProblem, "/", true],
    [rolePathProblem, "/gitlab/ci/", true],
    [rolePathProblem, "/gitlab", false],
    [rolePathProblem, "/a b/", false],
    [descriptionProblem, "Größe, 1 €".replace("€", "EUR"), true],
    [descriptionProblem, "🚀", false],
    [descriptionProblem, "a".repeat(1001), false],
  ])("%o of %s", (check, text, fine) => expect(check(text) === null).toBe(fine));

  it("a tag's value is the text, or none", () => {
    expect(tagValue("pia.okafor")).toBe("pia.okafor");
    expect(tagValue("feature#1")).toBeNull();
  });
});
