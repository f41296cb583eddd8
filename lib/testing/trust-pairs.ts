import type { RawPolicy, RawStatement } from "@/lib/iam/policy-schema";

/** Two ways to write a trust, and whether they let in the same; null: nobody can tell. */
export interface TrustPair {
  what: string;
  before: RawPolicy;
  after: RawPolicy;
  same: boolean | null;
}

const gitlab = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const main = "project_path:acme/shop:ref_type:branch:ref:main";
const next = "project_path:acme/shop:ref_type:branch:ref:next";
const root = "arn:aws:iam::444455556666:root";

const usual: RawStatement = {
  Effect: "Allow",
  Principal: { Federated: gitlab },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { "gitlab.com:sub": main, "gitlab.com:aud": "https://gitlab.com" } },
};
const ofAccount: RawStatement = { Effect: "Allow", Principal: { AWS: root }, Action: "sts:AssumeRole" };

function trust(...statements: RawStatement[]): RawPolicy {
  return { Version: "2012-10-17", Statement: statements };
}

function when(condition: NonNullable<RawStatement["Condition"]>): RawStatement {
  return { ...usual, Condition: condition };
}

function subjects(...values: string[]): RawStatement {
  return when({ StringLike: { "gitlab.com:sub": values } });
}

const principals = (Principal: NonNullable<RawStatement["Principal"]>) => trust({ ...ofAccount, Principal });
const conditioned = (Condition: NonNullable<RawStatement["Condition"]>) => trust({ ...ofAccount, Condition });
const denying = (Condition: NonNullable<RawStatement["Condition"]>, more: Partial<RawStatement> = {}) =>
  trust(usual, { ...usual, Effect: "Deny", Condition, ...more });

function pair(what: string, before: RawPolicy, after: RawPolicy, same: boolean | null): TrustPair {
  return { what, before, after, same };
}

const writing: TrustPair[] = [
  pair("one statement or a list of one", { Version: "2012-10-17", Statement: usual }, trust(usual), true),
  pair(
    "one action or a list of one",
    trust(usual),
    trust({ ...usual, Action: ["sts:AssumeRoleWithWebIdentity"] }),
    true,
  ),
  pair(
    "the letter case of an action",
    trust(usual),
    trust({ ...usual, Action: "STS:assumerolewithwebidentity" }),
    true,
  ),
  pair("a Sid", trust(usual), trust({ ...usual, Sid: "Pipelines" }), true),
  pair("a blank Sid", trust({ ...usual, Sid: "" }), trust(usual), true),
  pair("the order of statements", trust(usual, ofAccount), trust(ofAccount, usual), true),
  pair("the order of values", trust(subjects(main, next)), trust(subjects(next, main)), true),
  pair("a value given twice", trust(subjects(main, main)), trust(subjects(main)), true),
  pair("a statement given twice", trust(usual, usual), trust(usual), true),
  pair("statements put together", trust(subjects(main), subjects(next)), trust(subjects(main, next)), true),
  pair(
    "the order and the letter case of keys",
    trust(usual),
    trust(when({ StringEquals: { "GitLab.com:AUD": ["https://gitlab.com"], "gitlab.com:Sub": [main] } })),
    true,
  ),
  pair(
    "the order of operators",
    trust(when({ StringEquals: { "gitlab.com:aud": "a" }, StringLike: { "gitlab.com:sub": "project_path:acme/*" } })),
    trust(when({ StringLike: { "gitlab.com:sub": "project_path:acme/*" }, StringEquals: { "gitlab.com:aud": "a" } })),
    true,
  ),
  pair("an empty condition", conditioned({}), trust(ofAccount), true),
  pair("an account by its number", principals({ AWS: "444455556666" }), principals({ AWS: [root] }), true),
  pair(
    "the order of principals",
    principals({ Service: ["events.amazonaws.com", "codebuild.amazonaws.com"], AWS: root }),
    principals({ AWS: "444455556666", Service: ["codebuild.amazonaws.com", "events.amazonaws.com"] }),
    true,
  ),
  pair(
    "truth as text, in capitals or not",
    conditioned({ Bool: { "aws:MultiFactorAuthPresent": true } }),
    conditioned({ Bool: { "aws:multifactorauthpresent": "True" } }),
    true,
  ),
  pair(
    "a number as text",
    conditioned({ NumericLessThan: { "aws:MultiFactorAuthAge": 300 } }),
    conditioned({ NumericLessThan: { "aws:MultiFactorAuthAge": ["300"] } }),
    true,
  ),
  pair(
    "the letter case of Null's value",
    conditioned({ Null: { "sts:ExternalId": "FALSE" } }),
    conditioned({ Null: { "sts:ExternalId": false } }),
    true,
  ),
  pair("the version, without variables", { ...trust(usual), Version: "2008-10-17" }, trust(usual), true),
  pair(
    "no version, with a variable",
    { Statement: conditioned({ StringEquals: { "sts:RoleSessionName": "${aws:username}" } }).Statement },
    { ...conditioned({ StringEquals: { "sts:RoleSessionName": "${aws:username}" } }), Version: "2008-10-17" },
    true,
  ),
];

const meaning: TrustPair[] = [
  pair(
    "a pattern inside another",
    trust(subjects("project_path:acme/*", main)),
    trust(subjects("project_path:acme/*")),
    true,
  ),
  pair(
    "a pattern without wildcards",
    trust(when({ StringLike: { "gitlab.com:sub": main } })),
    trust(when({ StringEquals: { "gitlab.com:sub": main } })),
    true,
  ),
  pair("two stars or one", trust(subjects("project_path:acme/**")), trust(subjects("project_path:acme/*")), true),
  pair("a Deny that denies nobody", denying({ Bool: { "aws:SecureTransport": "false" } }), trust(usual), true),
  pair(
    "a Deny of a web identity's absent key",
    denying({ StringLike: { "aws:PrincipalArn": "*" } }),
    trust(usual),
    true,
  ),
  pair(
    "all other actions but those of no matter",
    trust({ Effect: "Allow", Principal: { AWS: root }, NotAction: ["iam:PassRole", "s3:GetObject"] }),
    trust({ Effect: "Allow", Principal: { AWS: root }, NotAction: ["S3:getobject", "iam:passrole"] }),
    true,
  ),
  pair(
    "a Deny of another provider",
    trust(usual, {
      ...usual,
      Effect: "Deny",
      Principal: { Federated: gitlab.replace("gitlab.com", "git.example.com") },
    }),
    trust(usual),
    true,
  ),
];

const otherMeaning: TrustPair[] = [
  pair("another branch", trust(subjects(main)), trust(subjects(next)), false),
  pair("a branch more", trust(subjects(main)), trust(subjects(main, next)), false),
  pair("a wildcard for a name", trust(subjects(main)), trust(subjects(main.replace("main", "*"))), false),
  pair("an account more", trust(usual), trust(usual, ofAccount), false),
  pair("another account", principals({ AWS: root }), principals({ AWS: "777788889999" }), false),
  pair(
    "a user for an account",
    principals({ AWS: "arn:aws:iam::444455556666:user/eve" }),
    principals({ AWS: root }),
    false,
  ),
  pair("everybody", principals({ AWS: root }), principals({ AWS: "*" }), false),
  pair("the letter case of a value", trust(usual), trust(subjects(main.replace("shop", "Shop"))), false),
  pair("a missing audience", trust(usual), trust(when({ StringEquals: { "gitlab.com:sub": main } })), false),
  pair("an external id", trust(ofAccount), conditioned({ StringEquals: { "sts:ExternalId": "k9" } }), false),
  pair("session tags", trust(ofAccount), trust({ ...ofAccount, Action: ["sts:AssumeRole", "sts:TagSession"] }), false),
  pair("every action", trust(ofAccount), trust({ ...ofAccount, Action: "sts:*" }), false),
  pair(
    "a Deny of a branch",
    trust(subjects(`${main}*`)),
    trust(subjects(`${main}*`), { ...usual, Effect: "Deny" }),
    false,
  ),
  pair("nobody", trust(usual), trust({ ...usual, Effect: "Deny" }), false),
  pair(
    "an account left out by its number alone",
    trust(ofAccount, { ...ofAccount, Effect: "Deny", Principal: { AWS: "arn:aws:iam::444455556666:role/ops" } }),
    trust(ofAccount),
    false,
  ),
  pair(
    "the version, with a variable",
    { ...conditioned({ StringEquals: { "sts:ExternalId": "a${*}b" } }), Version: "2008-10-17" },
    conditioned({ StringEquals: { "sts:ExternalId": "a${*}b" } }),
    false,
  ),
  pair(
    "a key that a token may lack, for one that it has",
    trust(when({ StringNotEquals: { "gitlab.com:sub": main } })),
    trust(when({ StringNotLike: { "gitlab.com:sub": "project_path:acme/*" } })),
    false,
  ),
  pair(
    "a proven difference beside what cannot be told",
    trust(subjects(main), when({ StringEquals: { "gitlab.com:sub": `${main}1`, "aws:PrincipalOrgID": "o-1" } })),
    trust(subjects(next), when({ StringEquals: { "gitlab.com:sub": `${main}1`, "aws:PrincipalOrgID": "o-2" } })),
    false,
  ),
];

const cannotBeTold: TrustPair[] = [
  pair("everybody, for all accounts", principals("*"), principals({ AWS: "*" }), null),
  pair(
    "all but one",
    trust({ Effect: "Allow", NotPrincipal: { AWS: root }, Action: "sts:AssumeRole" }),
    trust({ Effect: "Allow", NotPrincipal: { AWS: "777788889999" }, Action: "sts:AssumeRole" }),
    null,
  ),
  pair(
    "a kind of principal that nobody can name",
    principals({ CanonicalUser: "a1" }),
    principals({ CanonicalUser: "b2" }),
    null,
  ),
  pair("every provider of the account", trust(usual), trust(usual, { ...usual, Principal: { Federated: "*" } }), null),
  pair(
    "an operator that nobody knows",
    trust(when({ StringEquals: { "gitlab.com:sub": main }, StringSounds: { "gitlab.com:aud": "a" } })),
    trust(when({ StringEquals: { "gitlab.com:sub": main }, StringSounds: { "gitlab.com:aud": "b" } })),
    null,
  ),
  pair(
    "an organisation, of web identities",
    trust(when({ StringEquals: { "gitlab.com:sub": main, "aws:PrincipalOrgID": "o-1" } })),
    trust(when({ StringEquals: { "gitlab.com:sub": main, "aws:PrincipalOrgID": "o-2" } })),
    null,
  ),
];

/** Pairs of every kind: written otherwise, meaning the same by more than writing, another meaning, and not to be told. */
export const trustPairs: readonly TrustPair[] = [...writing, ...meaning, ...otherMeaning, ...cannotBeTold];
