import { describe, expect, it } from "vitest";
import { evaluatePermissions } from "../evaluate";
import { describePermissions, validatePermissionPolicy } from "../permission-policy";
import { templates } from "./table";
import type { PermissionTemplate } from "./template";

const place = { partition: "aws", accountId: "111122223333", region: "eu-central-1" };

/** A good filling of every template, calls that it is for, and calls next to them that it must not open. */
const cases: Record<string, { values: Record<string, string>; may: [string, string][]; mayNot: [string, string][] }> = {
  "s3-deploy": {
    values: { bucket: "acme-web", prefix: "site/" },
    may: [
      ["s3:PutObject", "arn:aws:s3:::acme-web/site/index.html"],
      ["s3:DeleteObject", "arn:aws:s3:::acme-web/site/old.html"],
      ["s3:GetBucketLocation", "arn:aws:s3:::acme-web"],
    ],
    mayNot: [
      ["s3:PutObject", "arn:aws:s3:::acme-web/other"],
      ["s3:PutObject", "arn:aws:s3:::acme-web2/site/x"],
      ["s3:DeleteBucket", "arn:aws:s3:::acme-web"],
      ["s3:PutBucketPolicy", "arn:aws:s3:::acme-web"],
    ],
  },
  "ecr-push": {
    values: { repository: "shop/web" },
    may: [
      ["ecr:GetAuthorizationToken", "*"],
      ["ecr:PutImage", "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web"],
      ["ecr:BatchGetImage", "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web"],
    ],
    mayNot: [
      ["ecr:PutImage", "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web2"],
      ["ecr:PutImage", "arn:aws:ecr:eu-west-1:111122223333:repository/shop/web"],
      ["ecr:BatchDeleteImage", "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web"],
      ["ecr:SetRepositoryPolicy", "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web"],
    ],
  },
  "lambda-deploy": {
    values: { function: "shop-api" },
    may: [
      ["lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:111122223333:function:shop-api"],
      ["lambda:UpdateAlias", "arn:aws:lambda:eu-central-1:111122223333:function:shop-api:live"],
    ],
    mayNot: [
      ["lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:111122223333:function:shop-api-admin"],
      ["lambda:AddPermission", "arn:aws:lambda:eu-central-1:111122223333:function:shop-api"],
      ["lambda:CreateFunction", "arn:aws:lambda:eu-central-1:111122223333:function:shop-api"],
      ["iam:PassRole", "arn:aws:iam::111122223333:role/admin"],
    ],
  },
  "terraform-state": {
    values: { bucket: "acme-state", key: "shop/web.tfstate" },
    may: [
      ["s3:PutObject", "arn:aws:s3:::acme-state/shop/web.tfstate"],
      ["s3:DeleteObject", "arn:aws:s3:::acme-state/shop/web.tfstate.tflock"],
    ],
    mayNot: [
      ["s3:DeleteObject", "arn:aws:s3:::acme-state/shop/web.tfstate"],
      ["s3:GetObject", "arn:aws:s3:::acme-state/shop/other.tfstate"],
      ["s3:ListBucket", "arn:aws:s3:::acme-state"],
    ],
  },
  "cloudfront-invalidation": {
    values: { distribution: "E2QWRUHAPOMQZL" },
    may: [["cloudfront:CreateInvalidation", "arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL"]],
    mayNot: [
      ["cloudfront:CreateInvalidation", "arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZM"],
      ["cloudfront:UpdateDistribution", "arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL"],
    ],
  },
};

/** What would make another resource of a parameter, or of the policy, if it were let through. */
const hostile = ["*", "a*", "?", "${aws:username}", "a b", "a\nb", "a\u0000b", "/other", "äöü", "x".repeat(600)];

function verdict(
  template: PermissionTemplate,
  values: Record<string, string>,
  [action, resource]: [string, string],
): string {
  return evaluatePermissions([template.build(values, place)], { action, resource, context: {} }).verdict;
}

it("has a case for every template", () => {
  expect(Object.keys(cases).sort()).toEqual(templates.map(({ id }) => id).sort());
});

describe.each([...templates])("$id", (template) => {
  const { values, may, mayNot } = cases[template.id] ?? { values: {}, may: [], mayNot: [] };

  it("opens what it is for, and nothing next to it", () => {
    for (const call of may) expect([call, verdict(template, values, call)]).toEqual([call, "allowed"]);
    for (const call of mayNot) expect([call, verdict(template, values, call)]).toEqual([call, "implicitDeny"]);
  });

  it("is a policy that IAM accepts, in any partition, and says in words what it permits", () => {
    const china = template.build(values, { partition: "aws-cn", accountId: "111122223333", region: "cn-north-1" });
    expect(JSON.stringify(china)).not.toContain("arn:aws:");
    expect(validatePermissionPolicy(JSON.stringify(template.build(values, place)))).toMatchObject({
      ok: true,
      warnings: [],
    });
    expect(describePermissions(template.build(values, place)).length).toBeGreaterThan(0);
    for (const value of Object.values(values)) expect(template.describe(values)).toContain(value);
  });

  it("takes its own example, and refuses what would mean more than it says", () => {
    for (const { placeholder, problem } of template.parameters) {
      expect(problem(placeholder)).toBeNull();
      for (const value of hostile) expect([value, problem(value)]).toEqual([value, expect.any(String)]);
    }
  });
});
