import type { PolicyStatement } from "@/lib/iam/policy-schema";
import type { FindingId } from "./finding";

/** Statements that have a finding, and the same mended; null where they can stay, and what mends it is elsewhere. */
export interface FindingExample {
  has: readonly PolicyStatement[];
  mended: readonly PolicyStatement[] | null;
}

type Condition = NonNullable<PolicyStatement["Condition"]>;

const account = "arn:aws:iam::111122223333";
const provider = `${account}:oidc-provider/gitlab.com`;
const subjectOf = (ref: string) => `project_path:acme/shop:ref_type:branch:ref:${ref}`;
const main = subjectOf("main");
const pinned = { "gitlab.com:project_id": "7301" };
const held: Condition = { StringEquals: { "gitlab.com:sub": main, ...pinned } };

function jobs(Condition: Condition, Federated = provider): PolicyStatement {
  return { Effect: "Allow", Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity", Condition };
}

/** One statement, and the usual safe one as what mends it. */
function mendedToMain(condition: Condition, federated = provider): FindingExample {
  return { has: [jobs(condition, federated)], mended: [jobs(held)] };
}

/** Held to a subject and the project's id; mended: to main. */
const equals = (subject: string | string[]): FindingExample =>
  mendedToMain({ StringEquals: { "gitlab.com:sub": subject, ...pinned } });

const like = (subject: string, more: Condition[string] = pinned): Condition => ({
  StringLike: { "gitlab.com:sub": subject },
  StringEquals: more,
});

/** The usual safe statement with one more beside it, which mending takes out. */
const beside = (statement: PolicyStatement): FindingExample => ({ has: [jobs(held), statement], mended: [jobs(held)] });

/** The usual safe statement with more conditions, which mending takes out. */
const guarded = (condition: Condition): FindingExample => mendedToMain({ ...held, ...condition });

/** What the examples stand on, for people. */
export const exampleProjectWords =
  "The project is acme/shop, number 7301, of gitlab.com, with GitLab's default subject components. Its branches main and release/* are protected, develop is protected and open to Developers, next is not protected. The role is in account 111122223333.";

/** For the pages, of all kinds that a statement shows. */
export const examples: Readonly<Partial<Record<FindingId, FindingExample>>> = {
  nobody: equals("project_path:acme/shop:ref_type:branch:ref:release/*"),
  anybody: beside({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
  "other-account": beside({
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::444455556666:root" },
    Action: "sts:AssumeRole",
  }),
  "other-principal": beside({
    Effect: "Allow",
    Principal: { AWS: `${account}:role/ops` },
    Action: "sts:AssumeRole",
  }),
  "saml-provider": beside({
    Effect: "Allow",
    Principal: { Federated: `${account}:saml-provider/okta` },
    Action: "sts:AssumeRoleWithSAML",
  }),
  "other-provider": beside(
    jobs(
      { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:acme/shop:ref:refs/heads/main" } },
      `${account}:oidc-provider/token.actions.githubusercontent.com`,
    ),
  ),
  "subject-missing-or-star": mendedToMain({ StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com" } }),
  "other-project": mendedToMain({
    StringEquals: { "gitlab.com:sub": [main, "project_path:acme/tools:ref_type:branch:ref:main"] },
  }),
  "group-wildcard": mendedToMain({ StringLike: { "gitlab.com:sub": "project_path:acme/*:ref_type:branch:ref:main" } }),
  "login-tokens": mendedToMain({ StringEquals: { "gitlab.com:sub": "4711" } }),
  "portal-audience": mendedToMain({
    StringEquals: { "gitlab.com:sub": main, ...pinned, "gitlab.com:aud": "trustdesk-client-id" },
  }),
  "any-ref": mendedToMain(like("project_path:acme/shop:*")),
  "any-protected-ref": mendedToMain(
    like("project_path:acme/shop:*", { ...pinned, "gitlab.com:ref_protected": "true" }),
  ),
  "unprotected-ref": equals(subjectOf("next")),
  "ref-to-come": mendedToMain(like(subjectOf("feature/*"))),
  "tag-with-branch-name": mendedToMain(like("project_path:acme/shop:ref_type:*:ref:main")),
  "developers-may-push": { ...equals(subjectOf("develop")), mended: null },
  "merge-requests": { has: [jobs(like(subjectOf("feature/*")))], mended: [jobs(held)] },
  "forks-here": { has: [jobs(held)], mended: null },
  "cannot-be-told": guarded({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
  "no-immutable-pin": mendedToMain({ StringEquals: { "gitlab.com:sub": main } }),
  "mutable-user-claim": {
    has: [jobs({ StringEquals: { "gitlab.com:sub": main, ...pinned, "gitlab.com:user_login": "dora" } })],
    mended: [jobs({ StringEquals: { "gitlab.com:sub": main, ...pinned, "gitlab.com:user_id": "3184" } })],
  },
  "guard-slips": guarded({ StringEqualsIfExists: { "aws:PrincipalTag/team": "shop" } }),
  "deny-without-effect": beside({
    ...jobs({ StringLike: { "gitlab.com:sub": "project_path:acme/shop:ref_type:branch:ref:refs/heads/*" } }),
    Effect: "Deny",
  }),
  "action-mismatch": { has: [{ ...jobs(held), Action: "sts:AssumeRole" }], mended: [jobs(held)] },
  "only-at-another-time": mendedToMain({ ...held, DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }),
  "foreign-provider": mendedToMain(held, "arn:aws:iam::444455556666:oidc-provider/gitlab.com"),
  "unknown-key": mendedToMain({
    StringEquals: { "gitlab.com:sub": main, ...pinned, "gitlab.com:environment": "production" },
  }),
  "foreign-key": mendedToMain({ StringEquals: { "token.actions.githubusercontent.com:sub": main, ...pinned } }),
  "aws-key-absent": guarded({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
  "audience-not-registered": mendedToMain({
    StringEquals: { "gitlab.com:sub": main, ...pinned, "gitlab.com:aud": "https://gitlab.com" },
  }),
  "wildcard-in-string-equals": {
    has: [jobs({ StringEquals: { "gitlab.com:sub": subjectOf("release/*"), ...pinned } })],
    mended: [jobs(like(subjectOf("release/*")))],
  },
  "refs-heads": equals("project_path:acme/shop:ref_type:branch:ref:refs/heads/main"),
  "subject-without-lead": equals("acme/shop:ref_type:branch:ref:main"),
  "unknown-component": equals("project_path:acme/shop:environment:production"),
  "letter-case": equals("project_path:Acme/Shop:ref_type:branch:ref:main"),
  "other-components": equals("project_id:7301:ref:main"),
  "dead-value": {
    has: [jobs({ StringEquals: { "gitlab.com:sub": main, ...pinned, "gitlab.com:ref_protected": "yes" } })],
    mended: [jobs({ StringEquals: { "gitlab.com:sub": main, ...pinned, "gitlab.com:ref_protected": "true" } })],
  },
  "never-together": {
    has: [
      jobs({
        StringEquals: { "gitlab.com:sub": main, ...pinned },
        StringLike: { "gitlab.com:sub": subjectOf("release/*") },
      }),
    ],
    mended: [jobs({ StringEquals: pinned, StringLike: { "gitlab.com:sub": [main, subjectOf("release/*")] } })],
  },
  "issuer-port": {
    has: [
      jobs(
        { StringEquals: { "gitlab.acme.example:8443:sub": main } },
        `${account}:oidc-provider/gitlab.acme.example:8443`,
      ),
    ],
    mended: [
      jobs({ StringEquals: { "gitlab.acme.example:sub": main } }, `${account}:oidc-provider/gitlab.acme.example`),
    ],
  },
  "full-access": {
    has: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    mended: [{ Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::shop-web/*" }],
  },
};
