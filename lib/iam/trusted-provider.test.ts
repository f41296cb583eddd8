import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import { admittedChange } from "@/lib/admission/admitted-change";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicyStatement, TrustPolicy } from "./policy-schema";
import {
  admittingStatements,
  asksForProtected,
  positiveConditions,
  refOfSubject,
  subjectsOf,
} from "./subject-conditions";
import { audienceFor, audiencesToTry, issuerOfProvider, trustedAudiences, trustedProviders } from "./trusted-provider";

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

  it("are asked for beside the usual one, a pattern by an example that it takes", () => {
    const trust = policy(aud("StringEquals", ["usual", "other*"]), aud("StringLike", "https://*.example.com/?"));
    expect(audiencesToTry(trust, provider, "usual")).toEqual(["usual", "other*", "https://x.example.com/x"]);
    expect(audiencesToTry(policy({}), provider, "usual")).toEqual(["usual"]);
  });

  it("decide what a job should ask for: the preferred one, unless only others are taken", () => {
    expect(audienceFor(policy(aud("StringEquals", ["a", "b"])), provider, "b")).toBe("b");
    expect(audienceFor(policy(aud("StringEquals", ["a", "b"])), provider, "c")).toBe("a");
    expect(audienceFor(policy({}), provider, "c")).toBe("c");
  });
});

/** AWS compares actions without case; a Principal other than Federated says nothing certain of web identities. */
describe("the statements that let an issuer's tokens in", () => {
  it.each<[string, Partial<PolicyStatement>, boolean]>([
    ["the usual one", {}, true],
    ["any action of STS", { Action: ["sts:TagSession", "STS:*"] }, true],
    ["any action", { Action: "*" }, true],
    ["all actions but one", { Action: undefined, NotAction: "sts:AssumeRole" }, true],
    ["another action", { Action: "sts:AssumeRole" }, false],
    ["an action that only begins alike", { Action: "sts:AssumeRoleWithWebIdentityToken" }, false],
    ["an action that only ends alike", { Action: "my-sts:*" }, false],
    ["no action, which is not evaluated", { Action: undefined }, true],
    ["a Deny", { Effect: "Deny" }, false],
    ["everybody", { Principal: "*" }, true],
    ["no principal", { Principal: undefined }, true],
    ["any provider", { Principal: { Federated: ["arn:other", "*"] } }, true],
    ["another provider", { Principal: { Federated: "arn:aws:iam::1:oidc-provider/gitlab.com.evil" } }, false],
    ["an account", { Principal: { AWS: "*" } }, false],
  ])("%s: %#", (_what, changes, expected) => {
    const one = policy(changes);
    expect(admittingStatements(one, gitlab)).toEqual(expected ? one.Statement : []);
  });

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
    expect(subjectsOf(statement({ Condition: conditions }), gitlab)).toEqual([
      { value: "a", wild: false },
      { value: "b*", wild: true },
      { value: "c", wild: true },
      { value: "D", wild: false },
    ]);
    expect(positiveConditions(statement({}), gitlab, "sub")).toEqual([]);
  });

  it.each<[string, PolicyStatement["Condition"], boolean]>([
    ["its key", { StringEquals: { "gitlab.com:ref_protected": "true" } }, true],
    ["its key with both values", { StringEquals: { "gitlab.com:ref_protected": ["true", "false"] } }, false],
    [
      "each subject",
      { StringLike: { "gitlab.com:sub": ["project_id:1:ref:a:ref_protected:true", "ref_protected:true:ref:*"] } },
      true,
    ],
    [
      "one subject of two",
      { StringLike: { "gitlab.com:sub": ["project_id:1:ref_protected:true", "project_id:1:ref:*"] } },
      false,
    ],
    [
      "a ref that looks like it",
      { StringEquals: { "gitlab.com:sub": "project_id:1:ref:my_ref_protected:truer" } },
      false,
    ],
    ["nothing", {}, false],
  ])("ask for a protected ref by %s: %#", (_what, Condition, expected) => {
    expect(asksForProtected(statement({ Condition }), gitlab)).toBe(expected);
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
