import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import { subjectFor } from "@/lib/gitlab-ci/subject";
import { evaluateTrust } from "./evaluate";
import type { TrustChoice } from "./trust-policy";
import { buildTrustPolicy, parsePolicy } from "./trust-policy";

const choice: TrustChoice = {
  issuer: "https://gitlab.com",
  providerArn: "arn:aws:iam::777788889999:oidc-provider/gitlab.com",
  audience: "https://sts.amazonaws.com",
  components: [...defaultComponents],
  projectId: "90210",
  projectPath: "acme/shop/web",
  namespaceId: "4411",
  refs: [],
  patterns: [],
  pins: { projectId: false, namespaceId: false, refProtected: false },
};

const conditionOf = (changes: Partial<TrustChoice>) =>
  buildTrustPolicy({ ...choice, ...changes }).Statement[0]?.Condition;

describe("the trust policy of a choice", () => {
  it("is the article's, to the letter", () => {
    const policy = buildTrustPolicy({
      ...choice,
      projectPath: "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth",
      patterns: [{ pattern: "*", type: "branch" }],
    });
    expect(policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::777788889999:oidc-provider/gitlab.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com" },
            StringLike: {
              "gitlab.com:sub":
                "project_path:gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth:ref_type:branch:ref:*",
            },
          },
        },
      ],
    });
  });

  it("holds exact refs and pins under StringEquals", () => {
    expect(
      conditionOf({
        refs: [{ name: "main", type: "branch" }],
        pins: { projectId: true, namespaceId: true, refProtected: true },
      }),
    ).toEqual({
      StringEquals: {
        "gitlab.com:aud": "https://sts.amazonaws.com",
        "gitlab.com:project_id": "90210",
        "gitlab.com:namespace_id": "4411",
        "gitlab.com:ref_protected": "true",
        "gitlab.com:sub": "project_path:acme/shop/web:ref_type:branch:ref:main",
      },
    });
  });

  it("puts all subjects under StringLike when one is a pattern", () => {
    expect(
      conditionOf({ refs: [{ name: "main", type: "branch" }], patterns: [{ pattern: "v*", type: "tag" }] })?.[
        "StringLike"
      ],
    ).toEqual({
      "gitlab.com:sub": [
        "project_path:acme/shop/web:ref_type:branch:ref:main",
        "project_path:acme/shop/web:ref_type:tag:ref:v*",
      ],
    });
  });

  it("uses no provider-specific key for another GitLab", () => {
    expect(
      conditionOf({
        issuer: "https://gitlab.example.com",
        refs: [{ name: "main", type: "branch" }],
        pins: { projectId: true, namespaceId: true, refProtected: true },
      }),
    ).toEqual({
      StringEquals: {
        "gitlab.example.com:aud": "https://sts.amazonaws.com",
        "gitlab.example.com:sub": "project_path:acme/shop/web:ref_type:branch:ref:main",
      },
    });
  });

  it("of an exact ref admits that ref and no other", () => {
    const ref = fc.string({
      unit: fc.constantFrom("a", "B", "/", "-", ".", "$", "{", "}", "1"),
      minLength: 1,
      maxLength: 14,
    });
    const admits = (trusted: string, presented: string) => {
      const policy = buildTrustPolicy({ ...choice, refs: [{ name: trusted, type: "branch" }] });
      const sub = subjectFor(choice.components, {
        project_path: choice.projectPath,
        ref_type: "branch",
        ref: presented,
      });
      return evaluateTrust(policy, {
        providerArn: choice.providerArn,
        issuer: choice.issuer,
        claims: { aud: choice.audience, sub },
      }).verdict;
    };
    fc.assert(
      fc.property(ref, ref, (a, b) => admits(a, a) === "allowed" && admits(a, b) === (a === b ? "allowed" : "denied")),
    );
  });
});

describe("parsePolicy", () => {
  it("reads a single statement and JSON booleans as IAM does", () => {
    const parsed = parsePolicy(
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Null":{"aws:TokenIssueTime":true}}}}',
    );
    expect(parsed).toMatchObject({
      ok: true,
      policy: { Statement: [{ Condition: { Null: { "aws:TokenIssueTime": "true" } } }] },
    });
  });

  it("says which part IAM would refuse", () => {
    expect(parsePolicy('{"Version":"2012-10-17","Statement":[{"Effect":"Maybe","Action":"s3:*"}]}')).toEqual({
      ok: false,
      reason: "Statement[0].Effect is missing or not what IAM expects there.",
    });
    expect(parsePolicy('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Actions":"s3:*"}]}')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('"Actions"') as string,
    });
  });

  it.each([
    ['{\n  "Version": "2012-10-17",\n  "Statement": [', 3],
    ['{\n  "Version": "2012-10-17"\n  "Statement": []\n}', 3],
    ['{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": Allow\n  }]\n}', 4],
    ['{\n  "Version": }\n\n\n', 2],
  ])("names the line where JSON breaks: %j", (text, line) =>
    expect(parsePolicy(text)).toMatchObject({ ok: false, line }),
  );
});
