import { describe, expect, it } from "vitest";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { templates } from "@/lib/iam/templates/table";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import type { Stage } from "@/lib/testing/findings";
import { allowing, found, like, only, onOwn, ourSubject, ours, own, statements, trust } from "@/lib/testing/findings";
import type { Finding } from "./finding";

const withSub = (sub: string) => trust({ StringEquals: { ...ours, "gitlab.com:sub": sub } });
const idsOf = (list: readonly Finding[]) => list.map(({ id }) => id);

const choice = {
  ...{ issuer: "https://gitlab.com", providerArn: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
  ...{ audience: "https://sts.amazonaws.com", components: [...defaultComponents], projectPath: "acme/api" },
  ...{ projectId: "42", namespaceId: "7", refs: [{ name: "main", type: "branch" as const }], patterns: [] },
  pins: { projectId: true, namespaceId: false, refProtected: true },
};

describe("none cries wolf", () => {
  it.each<[string, TrustPolicy, Stage]>([
    ["the safe default", buildTrustPolicy(choice), {}],
    [
      "the same without protection in the trust",
      buildTrustPolicy({ ...choice, pins: { ...choice.pins, refProtected: false } }),
      {},
    ],
    ["a protected tag", buildTrustPolicy({ ...choice, refs: [{ name: "v1", type: "tag" }] }), {}],
    [
      "the same where rules and version are not known",
      buildTrustPolicy(choice),
      { protectedBranches: null, protectedTags: null, gitlabVersion: null, visibility: null, forksRunInParent: null },
    ],
    [
      "an own GitLab with the id in the subject",
      onOwn("project_id:42:ref_type:branch:ref:main"),
      { ...own, components: ["project_id", "ref_type", "ref"] },
    ],
    [
      "protection in the subject",
      onOwn("project_id:42:ref_protected:true:ref_type:branch:ref:main"),
      { ...own, components: ["project_id", "ref_protected", "ref_type", "ref"] },
    ],
    [
      "keys in another letter case",
      trust({ StringEquals: { "GitLab.COM:Project_Id": "42", "GITLAB.com:SUB": ourSubject } }),
      {},
    ],
    [
      "the usual Deny of calls without TLS",
      statements(allowing({ StringEquals: ours }), {
        ...{ Effect: "Deny", Principal: "*", Action: "*" },
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
      {},
    ],
    [
      "a Deny that keeps out what the Allow takes in",
      statements(
        allowing({
          StringEquals: { "gitlab.com:project_id": "42" },
          StringLike: { "gitlab.com:sub": "project_path:acme/api:*" },
        }),
        {
          ...allowing({ StringNotEquals: { "gitlab.com:sub": ourSubject } }),
          Effect: "Deny",
        },
      ),
      {},
    ],
    [
      "several statements for protected refs",
      statements(allowing({ StringEquals: ours }), allowing({ StringEquals: ours })),
      {},
    ],
  ])("on %s", (_what, policy, stage) => expect(found(policy, stage)).toEqual([]));

  const values: Record<string, string> = {
    ...{
      bucket: "site-prod",
      prefix: "web",
      distribution: "E2ABCDEFGHIJKL",
      repository: "shop/web",
      function: "deploy",
    },
    ...{ key: "shop/terraform.tfstate", table: "", kmsKey: "", alias: "" },
  };

  it.each(templates.map((template) => [template.id, template] as const))("on the template %s", (_id, template) => {
    const place = { partition: "aws", accountId: "111122223333", region: "eu-central-1" };
    const given = Object.fromEntries(
      template.parameters.map(({ name, placeholder }) => [name, values[name] ?? placeholder]),
    );
    expect(found(buildTrustPolicy(choice), { inlinePolicies: [template.build(given, place)] })).toEqual([]);
  });
});

describe("a pattern of branches that do not exist is judged by the rules that protect them", () => {
  const release = like("project_path:acme/api:ref_type:branch:ref:release/*");
  const exact = withSub("project_path:acme/api:ref_type:branch:ref:release/1");
  const main = { name: "main", push: 40, merge: 40 } as const;
  const why = (policy: TrustPolicy, protectedBranches: Stage["protectedBranches"]) =>
    only("ref-to-come", found(policy, { protectedBranches: protectedBranches ?? null }))?.why;

  it.each<[string, TrustPolicy, Stage["protectedBranches"], string | undefined]>([
    ["only Maintainers", release, [main, { name: "release/*", push: 40, merge: 40 }], undefined],
    ["nobody", release, [main, { name: "release/*", push: 0, merge: 0 }], undefined],
    [
      "Developers",
      release,
      [main, { name: "release/*", push: 30, merge: 40 }],
      "any Developer of acme/api may create it",
    ],
    [
      "Developers by merging",
      release,
      [main, { name: "release/*", push: 0, merge: 30 }],
      "any Developer of acme/api may create it",
    ],
    ["no rule", release, [main], "any Developer of acme/api may create it"],
    ["no rules at all", release, [], "any Developer of acme/api may create it"],
    ["rules that are not known", release, null, "who may create it is not known"],
    [
      "a rule whose levels are not known",
      release,
      [{ name: "release/*", push: null, merge: null }],
      "who may create it is not known",
    ],
    [
      "a rule that matches some of them",
      release,
      [{ name: "release/1*", push: 40, merge: 40 }],
      "any Developer of acme/api may create it",
    ],
    [
      "an exact rule beside a more permissive wildcard",
      exact,
      [
        { name: "release/1", push: 40, merge: 40 },
        { name: "release/*", push: 30, merge: 30 },
      ],
      "any Developer of acme/api may create it",
    ],
    [
      "an exact rule beside a stricter wildcard",
      exact,
      [
        { name: "release/1", push: 40, merge: 40 },
        { name: "release/*", push: 0, merge: 0 },
      ],
      undefined,
    ],
  ])("%s", (_what, policy, rules, words) => {
    if (words === undefined) expect(found(policy, { protectedBranches: rules ?? null })).toEqual([]);
    else expect(why(policy, rules)).toContain(words);
  });
});

describe("a project whose subject says less", () => {
  it("lets a tag in by a branch's name where its subject has no ref_type", () => {
    const stage = { components: ["project_path", "ref"] as const };
    const list = found(withSub("project_path:acme/api:ref:main"), stage);
    expect(idsOf(list)).toEqual(["ref-to-come", "tag-with-branch-name"]);
    expect(
      found(withSub("project_path:acme/api:ref:main"), { ...stage, protectedTags: [{ name: "*", create: 40 }] }),
    ).toEqual([]);
  });

  it("lets any ref in where its subject has no ref", () => {
    expect(idsOf(found(withSub("project_path:acme/api"), { components: ["project_path"] }))).toContain("any-ref");
  });
});
