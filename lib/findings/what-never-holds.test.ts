import type { FindingRow } from "@/lib/testing/finding-rows";
import { describeFindings } from "@/lib/testing/finding-rows";
import { allowing, like, onOwn, ourSubject, ours, own, statements, trust } from "@/lib/testing/findings";
import { kinds } from "./table";

const safe = trust({ StringEquals: ours });
const withSub = (sub: string) => trust({ StringEquals: { ...ours, "gitlab.com:sub": sub } });
const subPath = "/Statement/0/Condition/StringEquals/gitlab.com:sub";
const first = "/Statement/0";
const second = "/Statement/1";

/** Findings about what a trust leans on in vain. */
const rows: FindingRow[] = [
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
    id: "action-mismatch",
    of: statements({ ...allowing({ StringEquals: ours }), Action: "sts:AssumeRole" }),
    is: {
      severity: "caution",
      names: ["sts:AssumeRole"],
      path: "/Statement/0/Action",
      mendId: null,
      why: "the statement is about sts:AssumeRole only",
    },
    near: safe,
  },
  {
    id: "only-at-another-time",
    of: trust({ StringEquals: ours, DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }),
    in: { at: new Date("2026-11-25T00:00:00Z") },
    is: {
      severity: "caution",
      names: ["2020-01-01T00:00:00Z"],
      path: "/Statement/0/Condition/DateLessThan/aws:CurrentTime",
      mendId: null,
      why: "It is past, or not yet, the time that DateLessThan on aws:CurrentTime asks for",
    },
    near: trust({ StringEquals: ours, DateLessThan: { "aws:CurrentTime": "2036-01-01T00:00:00Z" } }),
    nearIn: { at: new Date("2026-11-25T00:00:00Z") },
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

const start = kinds.findIndex(({ id }) => id === "no-immutable-pin");
describeFindings(
  kinds.slice(start).filter(({ where }) => where === "who"),
  rows,
);
