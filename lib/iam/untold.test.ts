import { describe, expect, it } from "vitest";
import { admitting, found, only, ours, trust } from "@/lib/testing/findings";
import { keysOfTheJob } from "./job-keys";
import type { PolicyStatement, RawPolicy, RawStatement } from "./policy-schema";
import { readPolicy, samePolicy } from "./policy-schema";
import { buildTrustPolicy } from "./trust-policy";

const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const main = { refs: ["branch main (protected)"] };

describe("a ref is untold", () => {
  it("where one of the audiences that a job may ask for leaves it open, though the usual one keeps it out", () => {
    const personal = trust({ StringEquals: { ...ours, "gitlab.com:aud": "other", "gitlab.com:user_login": "rina" } });
    const { untold, out } = admitting(personal, main);
    expect(untold).toMatchObject([{ ref: { name: "main" }, verdict: "untold" }]);
    expect(out).toEqual([]);
  });

  it("and never by anything of a ref that stays out", () => {
    const { out } = admitting(trust({ StringEquals: { "gitlab.com:sub": "x" } }), main);
    expect(out).toMatchObject([{ verdict: "out", by: "" }]);
    const nobody = { ...trust({}), Statement: [{ Effect: "Deny" as const, Principal: "*" as const, Action: "*" }] };
    expect(admitting(nobody, main).out).toMatchObject([{ verdict: "out", by: "" }]);
    const other = { ...trust({}), Statement: [{ Effect: "Allow" as const, Principal: { AWS: "1" }, Action: "*" }] };
    expect(admitting(other, main).out).toMatchObject([{ verdict: "out", by: "" }]);
    const unread = trust({ StringEquals: { ...ours, "gitlab.com:project_id": "1" } });
    expect(admitting(unread, main).out).toMatchObject([{ verdict: "out", by: "" }]);
  });

  it("depends on what of gitlab.com's keys only the job has", () => {
    expect(keysOfTheJob("https://gitlab.example.com")).toEqual([]);
    expect(keysOfTheJob("https://gitlab.com").sort()).toEqual([
      "gitlab.com:pipeline_source",
      "gitlab.com:runner_environment",
      "gitlab.com:user_access_level",
      "gitlab.com:user_email",
      "gitlab.com:user_id",
      "gitlab.com:user_login",
    ]);
  });
});

describe("an element that is not evaluated is named", () => {
  const [usual] = trust({ StringEquals: ours }).Statement;
  const why = (changes: Partial<PolicyStatement>) => {
    const { Action: _action, Principal: _principal, ...rest } = usual ?? { Effect: "Allow" };
    const kept = {
      ...("NotAction" in changes ? {} : { Action: "sts:AssumeRoleWithWebIdentity" }),
      ...("NotPrincipal" in changes ? {} : { Principal: { Federated: provider } }),
    };
    const policy = { Version: "2012-10-17", Statement: [{ ...rest, ...kept, ...changes }] };
    return only("cannot-be-told", found(policy))?.why;
  };

  it.each<[Partial<PolicyStatement>, string | undefined]>([
    [{ NotAction: "s3:*" }, undefined],
    [{ NotPrincipal: { AWS: "1" } }, "depends on NotPrincipal."],
    [{ Resource: "*" }, "depends on Resource."],
    [{ NotResource: "*" }, "depends on Resource."],
    [{ Principal: "*" }, "depends on Principal."],
    [{}, undefined],
    [
      {
        Action: "sts:AssumeRole",
        Principal: { AWS: "1" },
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
      undefined,
    ],
  ])("%j: %s", (changes, words) => {
    if (words === undefined) expect(why(changes)).toBeUndefined();
    else expect(why(changes)).toContain(words);
  });
});

/** IAM user guide, "IAM JSON policy elements": a value that may be a list may stand alone. */
describe("policies that say the same", () => {
  const base: RawStatement = { Effect: "Allow", Action: "a:b", Resource: "*" };
  const policyOf = (changes: Partial<RawStatement>): RawPolicy => ({
    Version: "2012-10-17",
    Statement: { ...base, ...changes },
  });

  it.each<[string, Partial<RawStatement>, Partial<RawStatement>, Partial<RawStatement>]>([
    ["actions", { Action: "a:b" }, { Action: ["a:b"] }, { Action: ["a:b", "a:c"] }],
    ["excepted actions", { NotAction: "a:b" }, { NotAction: ["a:b"] }, { NotAction: "a:c" }],
    ["resources", { Resource: "r" }, { Resource: ["r"] }, { Resource: "s" }],
    ["excepted resources", { NotResource: "r" }, { NotResource: ["r"] }, { NotResource: "s" }],
    ["principals", { Principal: { AWS: "1" } }, { Principal: { AWS: ["1"] } }, { Principal: { AWS: "2" } }],
    [
      "kinds of principals",
      { Principal: { AWS: "1" } },
      { Principal: { AWS: ["1"] } },
      { Principal: { Federated: "1" } },
    ],
    ["excepted principals", { NotPrincipal: { AWS: "1" } }, { NotPrincipal: { AWS: ["1"] } }, { NotPrincipal: "*" }],
    [
      "conditions",
      { Condition: { Bool: { k: true } } },
      { Condition: { Bool: { k: ["true"] } } },
      { Condition: { Bool: { k: false } } },
    ],
    [
      "conditions' keys",
      { Condition: { Bool: { k: true } } },
      { Condition: { Bool: { k: "true" } } },
      { Condition: { Bool: { l: true } } },
    ],
  ])("may write their %s alone or as a list, and differ in nothing else", (_what, one, same, other) => {
    expect(samePolicy(policyOf(one), policyOf(same))).toBe(true);
    expect(samePolicy(policyOf(one), policyOf(other))).toBe(false);
    expect(samePolicy(policyOf(one), policyOf({}))).toBe("Action" in one);
  });

  it("keep what they are called", () => {
    expect(samePolicy({ ...policyOf({}), Id: "a" }, { ...policyOf({}), Id: "b" })).toBe(false);
    expect(readPolicy(policyOf({}))).not.toHaveProperty("Id");
    expect(readPolicy({ ...policyOf({}), Id: "a" })).toHaveProperty("Id", "a");
  });
});

it("asks for protected refs in each subject where the subject tells", () => {
  const policy = buildTrustPolicy({
    ...{ issuer: "https://gitlab.com", providerArn: provider, audience: "aws" },
    ...{ projectId: "42", projectPath: "acme/api", namespaceId: "7" },
    components: ["project_id", "ref", "ref_protected"],
    refs: [{ name: "main", type: "branch" }],
    patterns: [],
    pins: { projectId: false, namespaceId: false, refProtected: true },
  });
  expect(policy.Statement[0]?.Condition?.["StringEquals"]?.["gitlab.com:sub"]).toBe(
    "project_id:42:ref:main:ref_protected:true",
  );
});
