import { describe, expect, it } from "vitest";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { templates } from "@/lib/iam/templates/table";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import type { Stage } from "@/lib/testing/findings";
import {
  allowing,
  beside,
  found,
  like,
  only,
  onOwn,
  ourSubject,
  ours,
  own,
  statements,
  trust,
} from "@/lib/testing/findings";
import type { Finding, FindingId } from "./finding";
import { findingSchema } from "./schema";
import { gradeOf, kinds } from "./table";

/** A trust that has the finding, what is said of it, and its near neighbour that has it not. */
interface Row {
  id: FindingId;
  of: TrustPolicy;
  in?: Stage;
  is: Pick<Finding, "severity" | "names" | "path" | "mendId"> & { why: string };
  near: TrustPolicy;
  /** Missing: the same. */
  nearIn?: Stage;
}

const safe = trust({ StringEquals: ours });
const withSub = (sub: string) => trust({ StringEquals: { ...ours, "gitlab.com:sub": sub } });
const subPath = "/Statement/0/Condition/StringEquals/gitlab.com:sub";
const guarded = { "gitlab.com:project_id": "42", "gitlab.com:ref_protected": "true" };
const account = "arn:aws:iam::999988887777:root";
const first = "/Statement/0";
const second = "/Statement/1";

const rows: Row[] = [
  {
    id: "nobody",
    of: withSub("project_path:acme/api:ref_type:branch:ref:refs/heads/main"),
    is: {
      severity: "caution",
      path: subPath,
      mendId: "choose-refs",
      why: "No pipeline of acme/api, nor any other caller",
    },
    near: safe,
  },
  {
    id: "nobody",
    of: statements(allowing({ StringEquals: ours }), { Sid: "Stop", Effect: "Deny", Principal: "*", Action: "*" }),
    is: { severity: "caution", mendId: "choose-refs", why: "What it allows, Stop denies." },
    near: statements(allowing({ StringEquals: ours }), { Effect: "Deny", Principal: "*", Action: "s3:*" }),
  },
  {
    id: "anybody",
    of: beside({ Principal: { AWS: "*" } }),
    is: {
      severity: "danger",
      names: ["everybody"],
      path: `${second}/Principal`,
      mendId: null,
      why: "Every AWS account may",
    },
    near: beside({ Effect: "Deny", Principal: { AWS: "*" } }),
  },
  {
    id: "other-account",
    of: beside({ Principal: { AWS: [account] } }),
    is: {
      severity: "danger",
      names: ["every principal of account 999988887777 that the account itself allows"],
      path: `${second}/Principal`,
      mendId: null,
      why: "also lets in every principal of account 999988887777",
    },
    near: beside({ Principal: { AWS: account }, Condition: { StringEquals: { "gitlab.com:sub": ourSubject } } }),
  },
  {
    id: "other-account",
    of: beside({
      Principal: { AWS: account },
      Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::999988887777:role/ops" } },
    }),
    is: {
      severity: "danger",
      names: ["arn:aws:iam::999988887777:role/ops"],
      path: `${second}/Principal`,
      mendId: null,
      why: "also lets in arn:aws:iam::999988887777:role/ops.",
    },
    near: beside({
      Principal: { AWS: account },
      Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ops" } },
    }),
  },
  {
    id: "other-principal",
    of: beside({ Principal: { Service: "ec2.amazonaws.com" } }),
    is: {
      severity: "danger",
      names: ["the AWS service ec2.amazonaws.com"],
      path: `${second}/Principal`,
      mendId: null,
      why: "also lets in the AWS service ec2.amazonaws.com",
    },
    near: beside({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRoleWithWebIdentity" }),
  },
  {
    id: "saml-provider",
    of: beside({
      Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/Corp" },
      Action: "sts:AssumeRoleWithSAML",
    }),
    is: {
      severity: "danger",
      names: ["whoever signs in through arn:aws:iam::111122223333:saml-provider/Corp"],
      path: `${second}/Principal`,
      mendId: null,
      why: "saml-provider/Corp",
    },
    near: beside({
      Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/Corp" },
      Action: "sts:AssumeRole",
    }),
  },
  {
    id: "other-provider",
    of: statements(allowing({ StringEquals: ours }), allowing(undefined, "gitlab.example.com")),
    is: {
      severity: "danger",
      names: ["whoever gets a token from arn:aws:iam::111122223333:oidc-provider/gitlab.example.com"],
      path: `${second}/Principal`,
      mendId: null,
      why: "oidc-provider/gitlab.example.com",
    },
    near: statements(allowing({ StringEquals: ours }), allowing({ StringEquals: ours }, "gitlab.example.com")),
  },
  {
    id: "subject-missing-or-star",
    of: trust({ StringEquals: { "gitlab.com:aud": "sts.amazonaws.com" } }),
    is: {
      severity: "danger",
      names: ["every project"],
      path: first,
      mendId: "choose-refs",
      why: "projects that you do not know",
    },
    near: like("*"),
  },
  {
    id: "other-project",
    of: trust({ StringEquals: { "gitlab.com:sub": "project_path:evil/x:ref_type:branch:ref:main" } }),
    is: {
      severity: "danger",
      names: ["evil/x"],
      path: first,
      mendId: "choose-refs",
      why: "names evil/x, which is not acme/api (42)",
    },
    near: withSub("project_path:evil/x:ref_type:branch:ref:main"),
  },
  {
    id: "other-project",
    of: like("project_id:99:*", {}),
    is: {
      severity: "danger",
      names: ["project 99"],
      path: first,
      mendId: "choose-refs",
      why: "names project 99, which is not acme/api (42)",
    },
    near: like("project_id:42:*", {}),
  },
  {
    id: "group-wildcard",
    of: like("project_path:acme/*:ref_type:branch:ref:main", {}),
    is: { severity: "danger", names: ["other projects"], path: first, mendId: "choose-refs", why: "for example acme/" },
    near: like("project_path:acme/*:ref_type:branch:ref:main"),
  },
  {
    id: "login-tokens",
    of: trust({ StringNotLike: { "gitlab.com:sub": "project_*" } }),
    is: {
      severity: "danger",
      names: ["login tokens"],
      path: first,
      mendId: "choose-refs",
      why: "a person who signs in",
    },
    near: trust({ StringNotLike: { "gitlab.com:sub": "*" } }),
  },
  {
    id: "portal-audience",
    of: trust({ StringEquals: { ...ours, "gitlab.com:aud": "portal-client" } }),
    in: { portalAudience: "portal-client" },
    is: { severity: "caution", names: ["portal-client"], path: first, mendId: null, why: "Trustdesk's own sign-in" },
    near: trust({ StringEquals: { ...ours, "gitlab.com:aud": "sts.amazonaws.com" } }),
  },
  {
    id: "any-ref",
    of: like("project_path:acme/api:ref_type:branch:ref:*"),
    is: {
      severity: "danger",
      names: ["any ref"],
      path: first,
      mendId: "pin-ref-protected",
      why: "Whoever may push a branch",
    },
    near: like("project_path:acme/api:ref_type:branch:ref:*-stable"),
  },
  {
    id: "any-protected-ref",
    of: like("project_path:acme/api:*", guarded),
    is: {
      severity: "caution",
      names: ["any protected ref"],
      path: first,
      mendId: null,
      why: "Every protected ref gets in",
    },
    near: like("project_path:acme/api:ref_type:branch:ref:main", guarded),
  },
  {
    id: "unprotected-ref",
    of: withSub("project_path:acme/api:ref_type:branch:ref:dev"),
    is: {
      severity: "caution",
      names: ["dev"],
      path: first,
      mendId: "pin-ref-protected",
      why: "dev: without protection",
    },
    near: safe,
  },
  {
    id: "ref-to-come",
    of: like("project_path:acme/api:ref_type:branch:ref:release/*"),
    is: {
      severity: "caution",
      names: ["a branch that does not exist yet and that no rule protects"],
      path: first,
      mendId: "pin-ref-protected",
      why: "A branch release/a gets in as soon as it exists: any Developer of acme/api may create it.",
    },
    near: like("project_path:acme/api:ref_type:branch:ref:release/*", guarded),
  },
  {
    id: "tag-with-branch-name",
    of: like("project_path:acme/api:ref_type:*:ref:main"),
    is: {
      severity: "caution",
      names: ["a tag that does not exist yet and that no rule protects"],
      path: first,
      mendId: null,
      why: "any Developer of acme/api may create it",
    },
    near: like("project_path:acme/api:ref_type:branch:ref:main"),
  },
  {
    id: "developers-may-push",
    of: safe,
    in: { protectedBranches: [{ name: "main", push: 0, merge: 30 }] },
    is: {
      severity: "caution",
      names: ["main"],
      path: undefined,
      mendId: null,
      why: "main: the protection rules let Developers",
    },
    near: safe,
    nearIn: { protectedBranches: [{ name: "main", push: 40, merge: 40 }] },
  },
  {
    id: "merge-requests",
    of: like("project_path:acme/api:ref_type:branch:ref:feature/*"),
    is: { severity: "caution", names: ["merge requests"], path: first, mendId: null, why: "any Developer of acme/api" },
    near: like("project_path:acme/api:ref_type:branch:ref:feature/*", {
      "gitlab.com:project_id": "42",
      "gitlab.com:pipeline_source": "push",
    }),
  },
  {
    id: "forks-here",
    of: onOwn("project_id:42:ref_type:branch:ref:main"),
    in: { ...own, components: ["project_id", "ref_type", "ref"], gitlabVersion: "18.2.1-ee", forksRunInParent: true },
    is: {
      severity: "caution",
      names: ["forks"],
      path: first,
      mendId: null,
      why: "members of acme/api who may fork it",
    },
    near: onOwn("project_id:42:ref_type:branch:ref:main"),
    nearIn: {
      ...own,
      components: ["project_id", "ref_type", "ref"],
      gitlabVersion: "18.2.2-ee",
      forksRunInParent: true,
    },
  },
  {
    id: "unseen-refs",
    of: safe,
    in: { refs: null },
    is: {
      severity: "caution",
      path: undefined,
      mendId: null,
      why: "nobody can tell which of its branches and tags get in",
    },
    near: safe,
    nearIn: {},
  },
  {
    id: "unseen-refs",
    of: safe,
    in: { refsComplete: false },
    is: { severity: "caution", path: undefined, mendId: null, why: "only the first 5,000 of each were asked about" },
    near: safe,
    nearIn: {},
  },
  {
    id: "cannot-be-told",
    of: trust({ StringEquals: ours, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
    is: {
      severity: "caution",
      names: ["IpAddress on aws:SourceIp"],
      path: undefined,
      mendId: null,
      why: "IpAddress on aws:SourceIp",
    },
    near: trust({ StringEquals: ours, Bool: { "aws:SecureTransport": "true" } }),
  },
  {
    id: "no-immutable-pin",
    of: trust({ StringEquals: { "gitlab.com:sub": ourSubject } }),
    is: {
      severity: "caution",
      names: ["acme/api"],
      path: first,
      mendId: "pin-project-id",
      why: "somebody else may take the path",
    },
    near: safe,
  },
  {
    id: "no-immutable-pin",
    of: onOwn(ourSubject),
    in: own,
    is: {
      severity: "caution",
      names: ["acme/api"],
      path: first,
      mendId: null,
      why: "ci_id_token_sub_claim_components to start with project_id",
    },
    near: onOwn("project_id:42:ref_type:branch:ref:main"),
    nearIn: { ...own, components: ["project_id", "ref_type", "ref"] },
  },
  {
    id: "mutable-user-claim",
    of: trust({ StringEquals: { ...ours, "gitlab.com:user_login": "rina" } }),
    is: {
      severity: "caution",
      names: ["gitlab.com:user_login"],
      path: "/Statement/0/Condition/StringEquals/gitlab.com:user_login",
      mendId: null,
      why: "holds people to gitlab.com:user_login",
    },
    near: trust({ StringEquals: { ...ours, "gitlab.com:user_id": "5" } }),
  },
  {
    id: "guard-slips",
    of: trust({ StringEquals: ours, BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }),
    is: {
      severity: "caution",
      names: ["BoolIfExists on aws:MultiFactorAuthPresent"],
      path: "/Statement/0/Condition/BoolIfExists/aws:MultiFactorAuthPresent",
      mendId: null,
      why: "holds for every pipeline",
    },
    near: trust({ StringEquals: ours, StringEqualsIfExists: { "gitlab.com:ref_protected": "true" } }),
  },
  {
    id: "deny-without-effect",
    of: statements(allowing({ StringEquals: ours }), {
      ...allowing({ StringLike: { "gitlab.com:sub": "*:ref:refs/heads/dev" } }),
      ...{ Sid: "NoDev", Effect: "Deny" },
    }),
    is: { severity: "caution", names: ["NoDev"], path: second, mendId: null, why: "NoDev denies, but no token" },
    near: statements(allowing({ StringEquals: ours }), {
      ...allowing({ StringLike: { "gitlab.com:sub": "*:ref:dev" } }),
      Effect: "Deny",
    }),
  },
  {
    id: "foreign-provider",
    of: statements({
      ...allowing({ StringEquals: ours }),
      Principal: { Federated: "arn:aws:iam::999988887777:oidc-provider/gitlab.com" },
    }),
    is: {
      severity: "caution",
      names: ["arn:aws:iam::999988887777:oidc-provider/gitlab.com"],
      path: "/Statement/0/Principal",
      mendId: null,
      why: "is not in account 111122223333",
    },
    near: safe,
  },
  {
    id: "unknown-key",
    of: trust({ StringEquals: { ...ours, "gitlab.com:environment": "production" } }),
    is: {
      severity: "caution",
      names: ["gitlab.com:environment"],
      path: "/Statement/0/Condition/StringEquals/gitlab.com:environment",
      mendId: null,
      why: "AWS has no key gitlab.com:environment",
    },
    near: trust({ StringEquals: { ...ours, "gitlab.com:namespace_id": "7" } }),
  },
  {
    id: "foreign-key",
    of: trust({
      StringEquals: { ...ours, "token.actions.githubusercontent.com:sub": "repo:acme/api:ref:refs/heads/main" },
    }),
    is: {
      severity: "caution",
      names: ["token.actions.githubusercontent.com:sub"],
      path: "/Statement/0/Condition/StringEquals/token.actions.githubusercontent.com:sub",
      mendId: null,
      why: "token.actions.githubusercontent.com:sub belongs to another issuer",
    },
    near: trust({ StringEquals: { "GitLab.com:Sub": ourSubject, "GITLAB.COM:project_id": "42" } }),
  },
  {
    id: "aws-key-absent",
    of: trust({ StringEquals: { ...ours, "aws:PrincipalTag/team": "api" } }),
    is: {
      severity: "caution",
      names: ["aws:PrincipalTag/team"],
      path: "/Statement/0/Condition/StringEquals/aws:PrincipalTag~1team",
      mendId: null,
      why: "A pipeline's call never has aws:PrincipalTag/team.",
    },
    near: trust({ StringEquals: { ...ours, "aws:RequestedRegion": "eu-central-1" } }),
  },
  {
    id: "audience-not-registered",
    of: trust({ StringEquals: { ...ours, "gitlab.com:aud": "other" } }),
    in: { audiences: ["sts.amazonaws.com"] },
    is: {
      severity: "caution",
      names: ["other"],
      path: "/Statement/0/Condition/StringEquals/gitlab.com:aud",
      mendId: null,
      why: 'does not accept the audience "other"',
    },
    near: trust({ StringEquals: { ...ours, "gitlab.com:aud": "other" } }),
    nearIn: { audiences: ["sts.amazonaws.com", "other"] },
  },
  {
    id: "wildcard-in-string-equals",
    of: trust({
      StringEquals: {
        "gitlab.com:project_id": "42",
        "gitlab.com:sub": [ourSubject, "project_path:acme/api:ref_type:branch:ref:v*"],
      },
    }),
    is: {
      severity: "caution",
      names: ["project_path:acme/api:ref_type:branch:ref:v*"],
      path: `${subPath}/1`,
      mendId: "use-string-like",
      why: "stands under StringEquals, where * and ? are ordinary characters",
    },
    near: like([ourSubject, "project_path:acme/api:ref_type:branch:ref:v*"]),
  },
  {
    id: "refs-heads",
    of: withSub("project_path:acme/api:ref_type:branch:ref:refs/heads/main"),
    is: {
      severity: "caution",
      names: ["project_path:acme/api:ref_type:branch:ref:refs/heads/main"],
      path: subPath,
      mendId: "choose-refs",
      why: "names a full git ref",
    },
    near: withSub("project_path:acme/api:ref_type:branch:ref:heads/main"),
  },
  {
    id: "subject-without-lead",
    of: withSub("acme/api:ref_type:branch:ref:main"),
    is: {
      severity: "caution",
      names: ["acme/api:ref_type:branch:ref:main"],
      path: subPath,
      mendId: "choose-refs",
      why: "does not begin with project_path: or project_id:",
    },
    near: like("*:ref_type:branch:ref:main"),
  },
  {
    id: "unknown-component",
    of: withSub("project_path:acme/api:environment:production"),
    is: {
      severity: "caution",
      names: ["project_path:acme/api:environment:production"],
      path: subPath,
      mendId: "choose-refs",
      why: "has a part that no subject of GitLab has",
    },
    near: withSub("project_path:acme/api:deployment_tier:production"),
  },
  {
    id: "letter-case",
    of: withSub("project_path:Acme/api:ref_type:branch:ref:main"),
    is: {
      severity: "caution",
      names: ["project_path:Acme/api:ref_type:branch:ref:main"],
      path: subPath,
      mendId: "choose-refs",
      why: "in letter case alone",
    },
    near: withSub("project_path:Acme/api:ref_type:branch:ref:main"),
    nearIn: { path: "Acme/api" },
  },
  {
    id: "other-components",
    of: withSub("project_path:acme/api:ref:main"),
    is: {
      severity: "caution",
      names: ["project_path:acme/api:ref:main"],
      path: subPath,
      mendId: "choose-refs",
      why: "is not how this project's tokens name their subject",
    },
    near: withSub("project_path:acme/api:ref:main"),
    nearIn: { components: ["project_path", "ref"] },
  },
  {
    id: "dead-value",
    of: trust({ StringEquals: { ...ours, "gitlab.com:pipeline_source": ["push", "pull_request"] } }),
    is: {
      severity: "caution",
      names: ["pull_request"],
      path: "/Statement/0/Condition/StringEquals/gitlab.com:pipeline_source/1",
      mendId: null,
      why: 'No token has "pull_request" as gitlab.com:pipeline_source.',
    },
    near: trust({ StringEquals: { ...ours, "gitlab.com:pipeline_source": ["push", "schedule"] } }),
  },
  {
    id: "never-together",
    of: trust({ StringEquals: { ...ours, "gitlab.com:project_id": "99" } }),
    is: { severity: "caution", names: ["Statement 1"], path: first, mendId: null, why: "Statement 1 matches nobody" },
    near: trust({ StringEquals: { ...ours, "gitlab.com:project_id": ["99", "42"] } }),
  },
  {
    id: "issuer-port",
    of: trust({ StringEquals: { "git.example.com:8443:sub": ourSubject } }, "git.example.com:8443"),
    in: { issuer: "https://git.example.com:8443" },
    is: {
      severity: "caution",
      names: ["https://git.example.com:8443"],
      path: undefined,
      mendId: null,
      why: "holds the port 8443",
    },
    near: trust({ StringEquals: { "git.example.com:sub": ourSubject } }, "git.example.com"),
    nearIn: { issuer: "https://git.example.com" },
  },
];

const idsOf = (list: readonly Finding[]) => list.map(({ id }) => id);

describe("each kind of finding", () => {
  it.each(rows.map((row) => [row.id, row.is.why, row] as const))("%s is found, and says %s", (id, why, row) => {
    const list = found(row.of, row.in);
    const finding = only(id, list);
    expect(findingSchema.parse(finding)).toEqual(finding);
    const { why: _why, ...is } = row.is;
    const { severity, names, path, mendId } = finding ?? {};
    expect({ severity, ...(names ? { names } : {}), path, mendId }).toEqual({ path: undefined, ...is });
    expect(finding?.why).toContain(why);
    expect(gradeOf(list)).not.toBe("safe");
  });

  it.each(rows.map((row, index) => [row.id, index, row] as const))(
    "%s is not found in its neighbour (%i)",
    (id, _i, row) => {
      expect(idsOf(found(row.near, row.nearIn ?? row.in))).not.toContain(id);
    },
  );

  it("of the table is here, but for those about permissions", () => {
    const here = new Set(rows.map(({ id }) => id));
    const about = kinds.filter(({ where }) => where === "who").map(({ id }) => id);
    expect(about.filter((id) => !here.has(id))).toEqual([]);
  });
});

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
