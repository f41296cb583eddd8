import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../policy-schema";
import { listOf } from "../policy-schema";
import { templates } from "./table";

const frankfurt = { partition: "aws", accountId: "111122223333", region: "eu-central-1" };
const beijing = { partition: "aws-cn", accountId: "444455556666", region: "cn-north-1" };
const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";

function templateOf(id: string) {
  const template = templates.find((one) => one.id === id);
  if (!template) throw new Error(`No template ${id}`);
  return template;
}

/** The document without the names of its statements, lists in order of the alphabet. */
const plain = ({ Version, Statement }: PolicyDocument) => ({
  Version,
  Statement: Statement.map(({ Sid: _, Action, Resource, ...rest }) => ({
    ...rest,
    Action: listOf(Action).sort(),
    Resource: listOf(Resource).sort(),
  })),
});
const allow = (Action: string[], Resource: string[], more: object = {}) => ({
  Effect: "Allow",
  Action: Action.sort(),
  Resource: Resource.sort(),
  ...more,
});

describe("builds the document of the service's own guide", () => {
  it.each([
    [
      "ecr-push", // Amazon ECR user guide: image-push-iam
      { repository: "shop/web" },
      [
        allow(["ecr:GetAuthorizationToken"], ["*"]),
        allow(
          [
            "ecr:CompleteLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:InitiateLayerUpload",
            "ecr:BatchCheckLayerAvailability",
            "ecr:PutImage",
            "ecr:BatchGetImage",
          ],
          ["arn:aws:ecr:eu-central-1:111122223333:repository/shop/web"],
        ),
      ],
    ],
    [
      "lambda-deploy", // service authorization reference: AWS Lambda
      { function: "orders" },
      [
        allow(
          [
            "lambda:GetAlias",
            "lambda:GetFunction",
            "lambda:GetFunctionConfiguration",
            "lambda:PublishVersion",
            "lambda:UpdateAlias",
            "lambda:UpdateFunctionCode",
            "lambda:UpdateFunctionConfiguration",
          ],
          [
            "arn:aws:lambda:eu-central-1:111122223333:function:orders",
            "arn:aws:lambda:eu-central-1:111122223333:function:orders:*",
          ],
        ),
      ],
    ],
    [
      "cloudfront-invalidation", // service authorization reference: Amazon CloudFront
      { distribution: "EDFDVBD632BHDS5" },
      [
        allow(
          ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
          ["arn:aws:cloudfront::111122223333:distribution/EDFDVBD632BHDS5"],
        ),
      ],
    ],
    [
      "terraform-state", // developer.hashicorp.com/terraform/language/backend/s3: S3 Bucket Permissions
      { bucket: "mybucket", key: "path/to/my/key" },
      [
        allow(["s3:ListBucket"], ["arn:aws:s3:::mybucket"], {
          Condition: { StringLike: { "s3:prefix": ["env:/", "path/to/my/key", "path/to/my/key.tflock"] } },
        }),
        allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::mybucket/path/to/my/key"]),
        allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], ["arn:aws:s3:::mybucket/path/to/my/key.tflock"]),
      ],
    ],
    [
      "terraform-state", // the same, with named workspaces and a KMS key (S3 user guide: UsingKMSEncryption)
      { bucket: "mybucket", key: "k", workspaces: "spaces", kmsKey: keyId },
      [
        allow(["s3:ListBucket"], ["arn:aws:s3:::mybucket"], {
          Condition: { StringLike: { "s3:prefix": ["spaces/", "k", "spaces/*/k", "k.tflock", "spaces/*/k.tflock"] } },
        }),
        allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::mybucket/k", "arn:aws:s3:::mybucket/spaces/*/k"]),
        allow(
          ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          ["arn:aws:s3:::mybucket/k.tflock", "arn:aws:s3:::mybucket/spaces/*/k.tflock"],
        ),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], [`arn:aws:kms:eu-central-1:111122223333:key/${keyId}`]),
      ],
    ],
    [
      "s3-deploy", // service authorization reference: Amazon S3
      { bucket: "site", kmsKey: keyId },
      [
        allow(["s3:ListBucket"], ["arn:aws:s3:::site"]),
        allow(["s3:GetBucketLocation"], ["arn:aws:s3:::site"]),
        allow(["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], ["arn:aws:s3:::site/*"]),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], [`arn:aws:kms:eu-central-1:111122223333:key/${keyId}`]),
      ],
    ],
  ])("%s %j", (id, values: Record<string, string>, Statement) =>
    expect(plain(templateOf(id).build(values, frankfurt))).toEqual({ Version: "2012-10-17", Statement }),
  );

  it.each([
    ["ecr-push", { repository: "web" }, "arn:aws-cn:ecr:cn-north-1:444455556666:repository/web"],
    ["lambda-deploy", { function: "web" }, "arn:aws-cn:lambda:cn-north-1:444455556666:function:web"],
    [
      "cloudfront-invalidation",
      { distribution: "EDFDVBD632BHDS5" },
      "arn:aws-cn:cloudfront::444455556666:distribution/EDFDVBD632BHDS5",
    ],
    [
      "terraform-state",
      { bucket: "web", key: "k", kmsKey: keyId },
      `arn:aws-cn:kms:cn-north-1:444455556666:key/${keyId}`,
    ],
  ])("%s in the account's own partition, region and account", (id, values: Record<string, string>, arn) => {
    expect(
      templateOf(id)
        .build(values, beijing)
        .Statement.flatMap(({ Resource }) => listOf(Resource)),
    ).toContain(arn);
  });
});

describe("refuses in words what is no name of the role's own account", () => {
  it.each([
    [
      "ecr-push",
      "repository",
      [
        "",
        "web:latest",
        "web/",
        "a//b",
        "Web",
        "999988887777.dkr.ecr.eu-central-1.amazonaws.com/web",
        "arn:aws:ecr:eu-central-1:999988887777:repository/web",
      ],
    ],
    [
      "lambda-deploy",
      "function",
      [
        "",
        "orders:live",
        "orders/x",
        "999988887777:function:orders",
        "arn:aws:lambda:eu-central-1:999988887777:function:orders",
      ],
    ],
    [
      "cloudfront-invalidation",
      "distribution",
      [
        "",
        "d111111abcdef8.cloudfront.net",
        "EDFDVBD632BHDS5/x",
        "arn:aws:cloudfront::999988887777:distribution/EDFDVBD632BHDS5",
      ],
    ],
    ["terraform-state", "bucket", ["", "s3://state", "state/other", "arn:aws:s3:::state"]],
    ["terraform-state", "key", ["", "/state", "folder/", "state\n", "${aws:username}/state", "env:/*/state"]],
    ["terraform-state", "workspaces", ["env:/", "/env", "*", "${s3:prefix}"]],
    [
      "terraform-state",
      "kmsKey",
      ["*", "alias/state", `${keyId}\n`, `arn:aws:kms:eu-central-1:999988887777:key/${keyId}`],
    ],
    ["s3-deploy", "kmsKey", ["*", "alias/site", `arn:aws:kms:eu-central-1:999988887777:key/${keyId}`]],
  ])("%s %s", (id, name, values) => {
    const parameter = templateOf(id).parameters.find((one) => one.name === name);
    for (const value of values)
      expect([value, parameter?.problem(value)]).toEqual([value, expect.stringMatching(/^[a-zA-Z].*\.$/)]);
  });
});

it("grants every resource to the sign-in of ECR alone, and IAM to none", () => {
  const statements = templates.flatMap(
    (template) =>
      template.build(
        Object.fromEntries(template.parameters.map(({ name, placeholder }) => [name, placeholder])),
        frankfurt,
      ).Statement,
  );
  expect(
    statements.filter(({ Resource }) => listOf(Resource).includes("*")).flatMap(({ Action }) => listOf(Action)),
  ).toEqual(["ecr:GetAuthorizationToken"]);
  expect(statements.flatMap(({ Action }) => listOf(Action)).filter((action) => /\*|^(iam|sts):/.test(action))).toEqual(
    [],
  );
});
