import type { FindingRow } from "@/lib/testing/finding-rows";
import { describeFindings } from "@/lib/testing/finding-rows";
import { allowing, beside, like, onOwn, ourSubject, ours, own, statements, trust } from "@/lib/testing/findings";
import { kinds } from "./table";

const safe = trust({ StringEquals: ours });
const withSub = (sub: string) => trust({ StringEquals: { ...ours, "gitlab.com:sub": sub } });
const subPath = "/Statement/0/Condition/StringEquals/gitlab.com:sub";
const guarded = { "gitlab.com:project_id": "42", "gitlab.com:ref_protected": "true" };
const account = "arn:aws:iam::999988887777:root";
const first = "/Statement/0";
const second = "/Statement/1";

/** Findings about whom a trust lets in. */
const rows: FindingRow[] = [
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
    is: {
      severity: "caution",
      names: ["merge requests"],
      path: first,
      mendId: null,
      why: "whoever may push the source branch",
    },
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
];

const end = kinds.findIndex(({ id }) => id === "no-immutable-pin");
describeFindings(kinds.slice(0, end), rows);
