import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import { admittedChange } from "@/lib/admission/admitted-change";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicyStatement, TrustPolicy } from "./policy-schema";
import { positiveConditions, refOfSubject } from "./subject-conditions";
import { audienceFor, issuerOfProvider, trustedAudiences, trustedProviders } from "./trusted-provider";

const gitlab = "https://gitlab.com";
const provider = "arn:aws:iam::1:oidc-provider/gitlab.com";
const statement = (changes: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: "Allow",
  Principal: { Federated: provider },
  Action: "sts:AssumeRoleWithWebIdentity",
  ...changes,
});
const policy = (...statements: Partial<PolicyStatement>[]): TrustPolicy => ({
  Version: "2012-10-17",
  Statement: statements.map(statement),
});
const aud = (operator: string, value: string | string[]) => ({
  Condition: { [operator]: { "gitlab.com:aud": value } },
});

describe("the providers that a trust names", () => {
  it("are those of its Allow statements, each once", () => {
    const other = "arn:aws:iam::1:oidc-provider/gitlab.example.com";
    const trust = policy(
      {},
      { Principal: { Federated: [provider, other] } },
      { Effect: "Deny", Principal: { Federated: "arn:denied" } },
      { Principal: "*" },
      { Principal: { AWS: "arn:aws:iam::1:root" } },
    );
    expect(trustedProviders(trust)).toEqual([provider, other]);
  });

  it.each([
    [provider, "https://gitlab.com"],
    ["arn:aws:iam::1:oidc-provider/gitlab.example.com/git", "https://gitlab.example.com/git"],
    ["arn:aws:iam::1:oidc-provider/", null],
    ["arn:aws:iam::1:saml-provider/company", null],
    ["*", null],
  ])("%s is the issuer %s", (arn, issuer) => expect(issuerOfProvider(arn)).toBe(issuer));
});

describe("the audiences that a trust names", () => {
  it.each<[string, TrustPolicy, string[]]>([
    ["one", policy(aud("StringEquals", "a")), ["a"]],
    [
      "several, each once",
      policy(aud("StringEquals", ["a", "b"]), aud("ForAnyValue:StringLike", ["b", "c*"])),
      ["a", "b", "c*"],
    ],
    ["none", policy({}), []],
    [
      "none that it holds a token to",
      policy(aud("StringEqualsIfExists", "a"), aud("ForAllValues:StringEquals", "b")),
      [],
    ],
    ["none by a Deny", policy({ Effect: "Deny", ...aud("StringEquals", "a") }), []],
    ["none of another issuer", policy({ Condition: { StringEquals: { "gitlab.example.com:aud": "a" } } }), []],
  ])("are %s", (_what, trust, audiences) => expect(trustedAudiences(trust, provider)).toEqual(audiences));

  it("are none for what is no provider", () =>
    expect(trustedAudiences(policy(aud("StringEquals", "a")), "arn:aws:iam::1:saml-provider/x")).toEqual([]));

  it("decide what a job should ask for: the preferred one, unless only others are taken", () => {
    expect(audienceFor(policy(aud("StringEquals", ["a", "b"])), provider, "b")).toBe("b");
    expect(audienceFor(policy(aud("StringEquals", ["a", "b"])), provider, "c")).toBe("a");
    expect(audienceFor(policy({}), provider, "c")).toBe("c");
  });
});

describe("a statement's conditions on a key of the issuer", () => {
  it("are held to a value by what a missing claim does not pass", () => {
    const conditions = {
      StringEquals: { "GitLab.com:SUB": "a", "gitlab.com:aud": "x" },
      "ForAnyValue:StringLike": { "gitlab.com:sub": ["b*", "c"] },
      StringEqualsIgnoreCase: { "gitlab.com:sub": "D" },
      StringLikeIfExists: { "gitlab.com:sub": "no" },
      "ForAllValues:StringEquals": { "gitlab.com:sub": "no" },
      StringNotEquals: { "gitlab.com:sub": "no" },
      Null: { "gitlab.com:sub": "false" },
    };
    expect(positiveConditions(statement({ Condition: conditions }), gitlab, "sub")).toEqual([
      { operator: "StringEquals", key: "GitLab.com:SUB", values: ["a"] },
      { operator: "ForAnyValue:StringLike", key: "gitlab.com:sub", values: ["b*", "c"] },
      { operator: "StringEqualsIgnoreCase", key: "gitlab.com:sub", values: ["D"] },
    ]);
    expect(positiveConditions(statement({}), gitlab, "sub")).toEqual([]);
  });

  it.each([
    ["project_path:acme/api:ref_type:branch:ref:main", "main"],
    ["project_path:acme/api:ref:release/*:ref_protected:true", "release/*"],
    ["ref:main:project_id:1", "main"],
    ["project_path:acme/api:ref:", ""],
    ["project_path:acme/api:ref_type:branch", null],
    ["project_path:acme/xref:main", null],
  ])("%s names the ref %j", (subject, ref) => expect(refOfSubject(subject)).toBe(ref));
});

it("who gets in before and after is told by name and kind of ref", () => {
  const verdict = (name: string, type: GitRef["type"] = "branch"): RefVerdict => ({
    ref: { name, type, protected: true, default: false, pushedAt: null, whoMayPush: "maintainers" },
    verdict: "in",
    by: "exact",
    because: "",
  });
  const change = admittedChange([verdict("main"), verdict("v1")], [verdict("main"), verdict("v1", "tag")]);
  expect(change).toEqual({ lost: [verdict("v1")], gained: [verdict("v1", "tag")], kept: [verdict("main")] });
});
