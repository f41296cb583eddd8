import { describe, expect, it } from "vitest";
import type { PresentedToken } from "./evaluate";
import { evaluatePermissions, evaluateTrust } from "./evaluate";
import { operatorNamed } from "./operators/table";
import type { PolicyStatement, TrustPolicy } from "./policy-schema";
import { likes, literalText, readValue } from "./policy-value";

const provider = "arn:aws:iam::1:oidc-provider/gitlab.com";
const sub = "project_path:acme/api:ref_type:branch:ref:main";
const statement = (changes: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: "Allow",
  Principal: { Federated: provider },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { "gitlab.com:sub": sub } },
  ...changes,
});
const token = (more: Partial<PresentedToken> = {}): PresentedToken => ({
  providerArn: provider,
  issuer: "https://gitlab.com",
  claims: { sub, aud: "aws", project_id: 42 },
  ...more,
});
const policy = (...Statement: PolicyStatement[]): TrustPolicy => ({ Version: "2012-10-17", Statement });
const said = (trust: TrustPolicy, more: Partial<PresentedToken> = {}) => {
  const { verdict, why } = evaluateTrust(trust, token(more));
  return [verdict, why];
};
const under = (Condition: Record<string, Record<string, string | string[]>>) => policy(statement({ Condition }));

/** IAM user guide, "Policy evaluation logic": an explicit Deny wins, and nothing is allowed that no statement allows. */
describe("a verdict says which statement it comes from", () => {
  const deny = (changes: Partial<PolicyStatement> = {}) => statement({ Effect: "Deny", ...changes });
  const doubtful = { Condition: { StringLike: { "aws:SourceIp": "10.*" } } };

  it.each<[string, TrustPolicy, string, string]>([
    ["by its number", policy(deny({ Action: "sts:AssumeRole" }), statement()), "allowed", "Statement 2 allows it."],
    ["by its name", policy(statement({ Sid: "Deploy" })), "allowed", 'Statement "Deploy" allows it.'],
    ["a Deny after an Allow", policy(statement(), deny({ Sid: "Stop" })), "denied", 'Statement "Stop" denies it.'],
    [
      "an Allow beside a Deny in doubt",
      policy(statement(), deny(doubtful)),
      "undecided",
      "Statement 2 is undecided: What aws:SourceIp will be is not known here.",
    ],
    ["an Allow beside one in doubt", policy(statement(doubtful), statement()), "allowed", "Statement 2 allows it."],
    [
      "only one in doubt",
      policy(statement(doubtful)),
      "undecided",
      "Statement 1 is undecided: What aws:SourceIp will be is not known here.",
    ],
    ["a Deny in doubt that forbids what nobody allows", policy(deny(doubtful)), "denied", "No statement allows it."],
    [
      "an element that is not evaluated",
      policy(statement({ Resource: "*" })),
      "undecided",
      "Statement 1 is undecided: it uses an element that Trustdesk does not evaluate.",
    ],
    ["NotResource is one", policy(statement({ NotResource: "*" })), "undecided", "Statement 1 is undecided: it uses"],
    [
      "every action but others",
      policy(statement({ Action: undefined, NotAction: "s3:*" })),
      "allowed",
      "Statement 1 allows it.",
    ],
    [
      "every action but this one",
      policy(statement({ Action: undefined, NotAction: "sts:assumerolewith*" })),
      "denied",
      "No statement allows it.",
    ],
    [
      "NotPrincipal is one",
      policy(statement({ Principal: undefined, NotPrincipal: { AWS: "1" } })),
      "undecided",
      "it uses an element",
    ],
    ["no principal is one", policy(statement({ Principal: undefined })), "undecided", "it uses an element"],
    ["everybody is one", policy(statement({ Principal: "*" })), "undecided", "it uses an element"],
    ["any provider is one", policy(statement({ Principal: { Federated: "*" } })), "undecided", "it uses an element"],
    ["everybody is denied", policy(statement(), deny({ Principal: "*" })), "denied", "Statement 2 denies it."],
    [
      "every account is denied, and whether that is meant",
      policy(statement(), deny({ Principal: { AWS: "*" } })),
      "undecided",
      "Statement 2 is undecided",
    ],
    [
      "every account is let in, which no token is",
      policy(statement({ Principal: { AWS: "*" } })),
      "denied",
      "No statement allows it.",
    ],
    [
      "another provider",
      policy(statement({ Principal: { Federated: "arn:other" } })),
      "denied",
      "No statement allows it.",
    ],
    [
      "a condition that fails, of the statement that is for it",
      policy(
        statement({ Action: "sts:AssumeRole" }),
        under({ StringEquals: { "gitlab.com:aud": "other" } }).Statement[0] ?? statement(),
      ),
      "denied",
      'gitlab.com:aud is "aws", which is not "other".',
    ],
    [
      "an action in another case",
      policy(statement({ Action: "STS:assumerolewith*" })),
      "allowed",
      "Statement 1 allows it.",
    ],
  ])("%s", (_what, trust, verdict, why) => {
    expect(said(trust)).toEqual([verdict, expect.stringContaining(why)]);
  });

  it("is asked for another action, and with the call's own keys", () => {
    const tagging = policy(statement({ Action: "sts:TagSession" }));
    expect(said(tagging, { action: "sts:TagSession" })[0]).toBe("allowed");
    expect(said(tagging)[0]).toBe("denied");
    const named = under({ StringEquals: { "sts:RoleSessionName": "ci" } });
    expect(said(named)[0]).toBe("undecided");
    expect(said(named, { extra: { "sts:RoleSessionName": "ci" } })[0]).toBe("allowed");
    expect(said(named, { extra: { "sts:RoleSessionName": "me" } })[0]).toBe("denied");
  });

  it("does not know a claim that the token will have, whatever its case", () => {
    const personal = under({ StringEquals: { "gitlab.com:USER_LOGIN": "rina" } });
    expect(said(personal)).toEqual(["denied", "There is no gitlab.com:USER_LOGIN."]);
    expect(said(personal, { unknownKeys: ["gitlab.com:User_Login"] })).toEqual([
      "undecided",
      "Statement 1 is undecided: What gitlab.com:USER_LOGIN will be is not known here.",
    ]);
  });
});

/** IAM user guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs. multivalued context keys". */
describe("a condition says how it came out", () => {
  const context = (values: Record<string, string | string[]>) => (Condition: PolicyStatement["Condition"]) => {
    const rule: PolicyStatement = {
      Effect: "Allow",
      Action: "s3:*",
      Resource: "*",
      ...(Condition ? { Condition } : {}),
    };
    return evaluatePermissions([policy(rule)], { action: "s3:GetObject", resource: "arn:aws:s3:::a", context: values });
  };
  const tags = context({ "aws:TagKeys": ["a", "b"], "s3:prefix": "web/" });
  const why = (Condition: PolicyStatement["Condition"], more: Partial<PresentedToken> = {}) =>
    evaluateTrust(policy(statement({ Condition: Condition ?? {} })), token(more)).statements[0]?.conditions[0];

  it.each<[PolicyStatement["Condition"], boolean | null, string]>([
    [{ StringEquals: { "gitlab.com:sub": sub } }, true, `gitlab.com:sub is "${sub}".`],
    [
      { StringEquals: { "gitlab.com:aud": ["a", "b"] } },
      false,
      'gitlab.com:aud is "aws", which is none of the values.',
    ],
    [{ StringEquals: { "GitLab.COM:Aud": "aws" } }, true, 'GitLab.COM:Aud is "aws".'],
    [{ StringEquals: { "gitlab.com:project_id": "42" } }, true, 'gitlab.com:project_id is "42".'],
    [{ NumericEquals: { "gitlab.com:project_id": "42" } }, true, 'gitlab.com:project_id is "42".'],
    [
      { NumericGreaterThan: { "gitlab.com:project_id": "42" } },
      false,
      'gitlab.com:project_id is "42", which is not above "42".',
    ],
    [
      { NumericEquals: { "gitlab.com:aud": "42" } },
      null,
      'What NumericEquals makes of "aws", AWS\'s pages do not say.',
    ],
    [{ NumericEquals: { "gitlab.com:project_id": "x" } }, null, '"x" is no number.'],
    [{ MadeUp: { "gitlab.com:project_id": "42" } }, null, "Trustdesk does not evaluate MadeUp."],
    [{ StringNotEquals: { "gitlab.com:aud": "aws" } }, false, 'gitlab.com:aud is "aws", which the statement excludes.'],
    [{ StringNotLike: { "gitlab.com:aud": "b*" } }, true, 'gitlab.com:aud is "aws", which is not "b*".'],
    [
      { StringNotLike: { "gitlab.com:user_id": "b*" } },
      true,
      "There is no gitlab.com:user_id, and so it is none of the values.",
    ],
    [
      { "ForAnyValue:StringLikeIfExists": { "gitlab.com:user_id": "1" } },
      null,
      "There is no gitlab.com:user_id, and AWS's pages do not say what ForAnyValue:StringLikeIfExists makes of that.",
    ],
    [{ StringEquals: { "gitlab.com:aud": [] } }, null, "What an empty list of values means, AWS's pages do not say."],
    [
      { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      null,
      "Whether the call has aws:PrincipalOrgID, and with which value, AWS's pages do not say.",
    ],
    [{ Bool: { "aws:SecureTransport": "TRUE" } }, true, 'aws:SecureTransport is "true".'],
    [{ StringEquals: { "gitlab.com:user_id": "1" } }, false, "There is no gitlab.com:user_id."],
    [
      { StringEqualsIfExists: { "gitlab.com:user_id": "1" } },
      true,
      "There is no gitlab.com:user_id, and IfExists lets that pass.",
    ],
    [
      { "ForAllValues:StringLike": { "gitlab.com:user_id": "1" } },
      true,
      "There is no gitlab.com:user_id, and ForAllValues lets that pass.",
    ],
    [{ "ForAnyValue:StringLike": { "gitlab.com:user_id": "1" } }, false, "There is no gitlab.com:user_id."],
    [{ Null: { "gitlab.com:user_id": "true" } }, true, "The token has no gitlab.com:user_id."],
    [{ Null: { "gitlab.com:user_id": "false" } }, false, "The token has no gitlab.com:user_id."],
    [{ Null: { "gitlab.com:sub": "FALSE" } }, true, "The token has gitlab.com:sub."],
    [{ Null: { "gitlab.com:sub": "true" } }, false, "The token has gitlab.com:sub."],
    [{ Null: { "gitlab.com:sub": ["true", "false"] } }, true, `gitlab.com:sub is "${sub}".`],
    [{ Null: { "sts:RoleSessionName": "false" } }, true, "The token has sts:RoleSessionName."],
    [{ Null: { "aws:SourceVpc": "false" } }, null, "What aws:SourceVpc will be is not known here."],
    [{ Null: { "gitlab.com:sub": ["true", "maybe"] } }, null, "Null takes true or false."],
    [
      { StringEquals: { "gitlab.com:sub": "${aws:SourceIp}" } },
      null,
      "What ${aws:SourceIp} stands for is not known here.",
    ],
    [{ StringEquals: { "gitlab.com:sub": ["${aws:SourceIp}", sub] } }, true, `gitlab.com:sub is "${sub}".`],
    [
      { StringEquals: { "gitlab.com:sub": "${aws:username}" } },
      false,
      "There is nothing for ${aws:username} to stand for.",
    ],
    [
      { StringEquals: { "gitlab.com:sub": ["${aws:username}", sub] } },
      null,
      "There is nothing for ${aws:username} to stand for.",
    ],
    [{ StringEquals: { "sts:RoleSessionName": "ci" } }, null, "What sts:RoleSessionName will be is not known here."],
    [{ StringEquals: { "AWS:SourceIp": "1" } }, null, "What AWS:SourceIp will be is not known here."],
    [
      { StringEquals: { "my-aws:key": "1" } },
      null,
      "Whether the call has my-aws:key, and with which value, AWS's pages do not say.",
    ],
  ])("%j: %s", (condition, ok, words) => expect(why(condition)).toMatchObject({ ok, why: words }));

  it("shows what was expected and presented, a key that is missing as nothing", () => {
    expect(why({ StringLike: { "gitlab.com:user_id": ["1", "2"] } })).toEqual({
      operator: "StringLike",
      key: "gitlab.com:user_id",
      expected: ["1", "2"],
      presented: null,
      ok: false,
      why: "There is no gitlab.com:user_id.",
    });
  });

  it.each<[PolicyStatement["Condition"], string, string]>([
    [
      { StringEquals: { "aws:TagKeys": "a" } },
      "undecided",
      "aws:TagKeys has several values and StringEquals is for one.",
    ],
    [{ "ForAnyValue:StringEquals": { "aws:TagKeys": "b" } }, "allowed", "Statement 1 allows it."],
    [
      { "ForAllValues:StringEquals": { "aws:TagKeys": "b" } },
      "implicitDeny",
      'aws:TagKeys is "a", "b", which is not "b".',
    ],
    [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b", "c"] } }, "allowed", "Statement 1 allows it."],
    [
      { StringEquals: { "s3:prefix": "web/" }, StringLike: { "aws:RequestTag/x": "y" } },
      "implicitDeny",
      "There is no aws:RequestTag/x.",
    ],
    [{ StringLike: { "aws:ResourceTag/x": "y" } }, "implicitDeny", "There is no aws:ResourceTag/x."],
    [{ StringLike: { "aws:TagKeysMore": "y" } }, "undecided", "What aws:TagKeysMore will be is not known here."],
    [{ StringLike: { "aws:SourceVpc": "y" } }, "undecided", "What aws:SourceVpc will be is not known here."],
    [{ StringLike: { "s3:delimiter": "y" } }, "implicitDeny", "There is no s3:delimiter."],
  ])("of several values: %j is %s", (condition, verdict, words) => {
    expect(tags(condition)).toEqual({ verdict, why: expect.stringContaining(words) as string });
  });

  it("of no values is as if the key were missing", () => {
    const none = context({ "aws:TagKeys": [] });
    expect(none({ "ForAllValues:StringEquals": { "aws:TagKeys": "a" } }).verdict).toBe("allowed");
    expect(none({ "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } }).verdict).toBe("implicitDeny");
  });
});

describe("a permission is for the resource that is asked for", () => {
  const verdict = (rule: Partial<PolicyStatement>, Version = "2012-10-17") =>
    evaluatePermissions([{ Version, Statement: [{ Effect: "Allow", Action: "s3:*", ...rule }] }], {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::site/${a}",
      context: {},
    }).verdict;

  it.each<[Partial<PolicyStatement>, string]>([
    [{ Resource: ["arn:aws:s3:::other", "arn:aws:s3:::site/*"] }, "allowed"],
    [{ Resource: "arn:aws:s3:::site/${$}{a}" }, "allowed"],
    [{ Resource: "arn:aws:s3:::site" }, "implicitDeny"],
    [{ Resource: ["arn:aws:s3:::other", "arn:aws:s3:::${aws:username}/*"] }, "undecided"],
    [{ Resource: ["arn:aws:s3:::${aws:username}/*", "*"] }, "allowed"],
    [{ NotResource: "arn:aws:s3:::other" }, "allowed"],
    [{ NotResource: "*" }, "implicitDeny"],
    [{}, "undecided"],
    [{ Effect: "Deny", Resource: "*" }, "explicitDeny"],
  ])("%j: %s", (rule, expected) => expect(verdict(rule)).toBe(expected));

  it("knows no variables in a policy of 2008: what looks like one is itself", () => {
    expect(verdict({ Resource: "arn:aws:s3:::site/${a}" }, "2008-10-17")).toBe("allowed");
    expect(verdict({ Resource: "arn:aws:s3:::site/${a}" })).toBe("undecided");
  });
});

/** IAM user guide, "IAM policy elements: variables and tags". */
describe("a policy's value", () => {
  it.each([
    ["a${*}b", "a*b", "axb"],
    ["a${?}b", "a?b", "axb"],
    ["a${$}{b}", "a${b}", "ab"],
  ])("%s is the character itself", (pattern, text, other) => {
    expect([likes(pattern, text), likes(pattern, other)]).toEqual([true, false]);
  });

  it("names the variable that is not known", () => {
    expect(readValue("a/${aws:username}/${x}", "2012-10-17")).toEqual({ ok: false, variable: "${aws:username}" });
    expect(readValue("${}", "2012-10-17")).toEqual({ ok: false, variable: "${}" });
    expect(likes("${aws:username}", "${aws:username}")).toBe(false);
  });

  it("is read to its end, whatever is open", () => {
    const read = readValue("*?a${b", "2012-10-17");
    expect(read.ok && literalText(read.pieces)).toBe("*?a${b");
    expect(read.ok && read.pieces.slice(0, 2)).toEqual(["*", "?"]);
  });

  it.each([
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["a*", "a", true],
    ["a?", "a", false],
    ["?", "🚀", true],
    ["*ab", "aab", true],
    ["*ab*ab", "abab", true],
    ["*ab*ab", "aab", false],
    ["a*b", "a/x:b", true],
    ["A", "a", false],
  ])("%j takes %j: %s", (pattern, text, expected) => expect(likes(pattern, text)).toBe(expected));
});

describe("an operator's name", () => {
  it.each<[string, unknown]>([
    ["StringLike", { kind: "compare", set: null, ifExists: false }],
    ["ForAnyValue:StringEqualsIfExists", { kind: "compare", set: "ForAnyValue", ifExists: true }],
    ["ForAllValues:StringEqualsIgnoreCase", { kind: "compare", set: "ForAllValues", ifExists: false }],
    ["StringNotEquals", { kind: "compare", operator: { negated: true } }],
    ["Null", { kind: "null" }],
  ])("%s is known", (name, meaning) => expect(operatorNamed(name)).toMatchObject(meaning as object));

  it.each([
    "StringMatches",
    "stringlike",
    "ForSome:StringLike",
    "My ForAnyValue:StringLike",
    "StringLike!",
    "NullIfExists",
    "",
  ])("%j is not: nothing is guessed", (name) => expect(operatorNamed(name)).toBeNull());

  it("tells case apart, or does not", () => {
    const ignoring = under({ StringEqualsIgnoreCase: { "gitlab.com:aud": "AWS" } });
    expect(said(ignoring)[0]).toBe("allowed");
    expect(said(under({ StringEquals: { "gitlab.com:aud": "AWS" } }))[0]).toBe("denied");
    expect(said(under({ StringEqualsIgnoreCase: { "gitlab.com:aud": "aw?" } }))[0]).toBe("denied");
  });
});

/** AWS STS in the service authorization reference: `aud` is the token's azp where it has one, and `oaud` its own aud. */
it("a token's azp comes before its aud", () => {
  const claims = { sub, aud: "aws", azp: "app" };
  expect(said(under({ StringEquals: { "gitlab.com:aud": "app", "gitlab.com:oaud": "aws" } }), { claims })[0]).toBe(
    "allowed",
  );
  expect(said(under({ StringEquals: { "gitlab.com:aud": "aws" } }), { claims })[0]).toBe("denied");
});

it("a claim's value is text, a list or missing", () => {
  const asks = (claim: unknown, expected: string, operator = "StringEquals") =>
    said(under({ [operator]: { "gitlab.com:user_id": expected } }), { claims: { sub, user_id: claim } })[0];
  expect(asks(7, "7")).toBe("allowed");
  expect(asks(true, "true")).toBe("allowed");
  expect(asks([7, 8], "8", "ForAnyValue:StringEquals")).toBe("allowed");
  expect(asks({ a: 1 }, "[object Object]")).toBe("denied");
  expect(asks(null, "null")).toBe("denied");
});
