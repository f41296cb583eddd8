import { describe, expect, it } from "vitest";
import { describePermissions, validatePermissionPolicy } from "./permission-policy";
import { parsePolicy } from "./policy-schema";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const good = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" };

/** IAM user guide, "Grammar of the IAM JSON policy language" and "IAM JSON policy elements reference". */
describe("what IAM refuses of a permission policy", () => {
  it.each<[string, string, string]>([
    ["an older version", JSON.stringify({ Version: "2008-10-17", Statement: [good] }), 'Version must be "2012-10-17".'],
    [
      "the same Sid twice",
      document({ ...good, Sid: "A" }, good, { ...good, Sid: "A" }),
      "Two statements have the same Sid.",
    ],
    [
      "a Principal",
      document({ ...good, Principal: "*" }),
      "Statement 1 has a Principal: a role's permissions are for the role, so IAM refuses one here.",
    ],
    ["a NotPrincipal", document(good, { ...good, NotPrincipal: "*" }), "Statement 2 has a Principal"],
    ["Action and NotAction", document({ ...good, NotAction: "s3:*" }), "Statement 1 has both Action and NotAction."],
    [
      "Resource and NotResource",
      document({ ...good, NotResource: "*" }),
      "Statement 1 has both Resource and NotResource.",
    ],
    ["a Sid with a space", document({ ...good, Sid: "a b" }), "Statement 1: a Sid holds letters and digits only."],
    ["no action", document({ Effect: "Allow", Resource: "*" }), "Statement 1 names no action."],
    ["no resource", document({ Effect: "Allow", Action: "s3:*" }), "Statement 1 names no resource."],
    [
      "an action without a service",
      document({ ...good, Action: ["s3:GetObject", "GetObject"] }),
      'Statement 1: "GetObject" is not an action; one looks like s3:GetObject.',
    ],
    [
      "an action with something before it",
      document({ ...good, Action: "my s3:GetObject" }),
      '"my s3:GetObject" is not an action',
    ],
    [
      "an action with something after it",
      document({ ...good, NotAction: undefined, Action: "s3:Get Object" }),
      '"s3:Get Object" is not an action',
    ],
    [
      "an excepted action without a service",
      document({ ...good, Action: undefined, NotAction: "GetObject" }),
      '"GetObject" is not an action',
    ],
    [
      "a resource that is no ARN",
      document({ ...good, Resource: ["*", "site"] }),
      'Statement 1: "site" is neither an ARN nor "*".',
    ],
    [
      "a resource with an ARN inside",
      document({ ...good, NotResource: "x arn:aws:s3:::a", Resource: undefined }),
      "is neither an ARN",
    ],
    [
      "an ARN without a resource",
      document({ ...good, Resource: "arn:aws:s3:::" }),
      '"arn:aws:s3:::" is neither an ARN',
    ],
    ["an ARN without a service", document({ ...good, Resource: "arn:aws::::x" }), '"arn:aws::::x" is neither an ARN'],
  ])("is %s", (_what, text, reason) => {
    expect(validatePermissionPolicy(text)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it("names the line where the version stands, and none for another problem", () => {
    const old = '{\n  "Statement": [],\n  "Version": "2008-10-17"\n}'.replace("[]", `[${JSON.stringify(good)}]`);
    expect(validatePermissionPolicy(old)).toMatchObject({ ok: false, line: 3 });
    const another = validatePermissionPolicy(document({ ...good, Sid: "a b" }));
    expect(another).toEqual({ ok: false, reason: "Statement 1: a Sid holds letters and digits only." });
  });

  it.each([
    { ...good, Sid: "Deploy1" },
    { ...good, Sid: "" },
    { ...good, Action: ["*", "s3-object-lambda:Write*", "ec2:Describe?"] },
    { Effect: "Deny", NotAction: "iam:PassRole", NotResource: "*" },
    { ...good, Resource: ["arn:aws-cn:lambda:cn-north-1:1:function:f:*", "arn:aws:s3:::*"] },
  ])("is not %j", (statement) => expect(validatePermissionPolicy(document(statement))).toMatchObject({ ok: true }));

  it("is not two statements without a Sid", () =>
    expect(validatePermissionPolicy(document(good, good, { ...good, Sid: "A" }))).toMatchObject({ ok: true }));
});

describe("what is legal and probably not meant", () => {
  it.each<[string, object, string[]]>([
    [
      "every action but some",
      { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
      ["Statement 1 allows every action but those named, also ones that AWS adds later."],
    ],
    [
      "every resource but some",
      { Effect: "Allow", Action: "s3:*", NotResource: "*" },
      ["Statement 1 allows everything but the resources named."],
    ],
    [
      "IAM itself",
      { ...good, Action: ["s3:*", "IAM:PassRole"] },
      ["Statement 1 allows IAM actions: with them a pipeline may give itself more rights."],
    ],
    ["IAM denied", { ...good, Effect: "Deny", Action: "iam:*" }, []],
    ["all but some denied", { Effect: "Deny", NotAction: "iam:*", NotResource: "*" }, []],
    ["a service that ends alike", { ...good, Action: "my-iam:Get" }, []],
    ["a plain statement", good, []],
  ])("is %s", (_what, statement, warnings) => {
    expect(validatePermissionPolicy(document(statement))).toMatchObject({ ok: true, warnings });
  });

  it("is said of the statement where it stands", () => {
    const checked = validatePermissionPolicy(document(good, { ...good, Action: "iam:GetRole" }));
    expect(checked).toMatchObject({ warnings: [expect.stringContaining("Statement 2 allows IAM")] });
  });
});

it.each<[object, string]>([
  [good, "May do s3:GetObject on arn:aws:s3:::site/*."],
  [
    { ...good, Effect: "Deny", Action: ["s3:*", "ec2:Run*"] },
    "May never do every s3 action, ec2:Run* on arn:aws:s3:::site/*.",
  ],
  [{ ...good, Action: "*", Resource: ["arn:aws:s3:::a", "*"] }, "May do every action on every resource."],
  [{ ...good, Resource: ["arn:a", "arn:b"] }, "May do s3:GetObject on arn:a, arn:b."],
  [
    { Effect: "Allow", NotAction: ["iam:*", "s3:*"], NotResource: ["arn:a", "arn:b"] },
    "May do every action but iam:*, s3:* on everything but arn:a, arn:b.",
  ],
  [
    { ...good, Condition: { Bool: { "aws:SecureTransport": true } } },
    "May do s3:GetObject on arn:aws:s3:::site/*, under conditions.",
  ],
  [{ ...good, Action: "my s3:*" }, "May do my s3:* on arn:aws:s3:::site/*."],
  [{ ...good, Action: "s3:*Object" }, "May do s3:*Object on arn:aws:s3:::site/*."],
])("%j in words", (statement, words) => {
  const parsed = parsePolicy(document(statement));
  if (!parsed.ok) throw new Error(parsed.reason);
  expect(describePermissions(parsed.policy)).toEqual([words]);
});

describe("a document that IAM would not take for a policy", () => {
  it.each<[string, unknown, string]>([
    ["no object", [], "The document is missing or not what IAM expects there."],
    ["no statement", { Version: "2012-10-17" }, "Statement is missing or not what IAM expects there."],
    [
      "an empty list of statements",
      { Version: "2012-10-17", Statement: [] },
      "Statement is missing or not what IAM expects there.",
    ],
    [
      "another version",
      { Version: "2020-01-01", Statement: [good] },
      "Version is missing or not what IAM expects there.",
    ],
    [
      "two strange elements",
      { Version: "2012-10-17", Statement: [good], A: 1, B: 2 },
      'The document holds "A", "B", which IAM does not know.',
    ],
    [
      "a strange element of a statement",
      { Version: "2012-10-17", Statement: [good, { ...good, Actoin: "" }] },
      'Statement[1] holds "Actoin", which IAM does not know.',
    ],
    [
      "an action that is a number",
      { Version: "2012-10-17", Statement: [{ ...good, Action: [1] }] },
      "Statement[0].Action[0] is missing or not what IAM expects there.",
    ],
    [
      "a condition's value that is an object",
      { Version: "2012-10-17", Statement: [{ ...good, Condition: { StringLike: { a: {} } } }] },
      "Statement[0].Condition.StringLike.a is missing or not what IAM expects there.",
    ],
  ])("has %s", (_what, value, reason) => {
    expect(parsePolicy(JSON.stringify(value))).toEqual({ ok: false, reason });
  });

  it("is one of 2008 where no version stands, and keeps what it is called", () => {
    expect(parsePolicy(JSON.stringify({ Id: "mine", Statement: { ...good, Sid: "A" } }))).toEqual({
      ok: true,
      policy: { Version: "2008-10-17", Id: "mine", Statement: [{ ...good, Sid: "A" }] },
    });
  });

  it("keeps every element, numbers and booleans of conditions as text", () => {
    const statement = {
      Effect: "Deny",
      NotPrincipal: { AWS: ["a"] },
      NotAction: ["s3:*"],
      NotResource: "arn:a",
      Condition: { NumericLessThan: { "s3:max-keys": [10, "20"] }, Bool: { "aws:SecureTransport": false } },
    };
    expect(parsePolicy(document(statement))).toMatchObject({
      policy: {
        Statement: [
          {
            ...statement,
            Condition: { NumericLessThan: { "s3:max-keys": ["10", "20"] }, Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    });
  });
});
