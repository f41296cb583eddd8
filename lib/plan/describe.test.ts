import { describe, expect, it } from "vitest";
import type { Change, RoleDocument } from "./change";
import type { ChangeSymbol } from "./describe";
import { callName, describeChange, documentDiff, nearChanges, symbol } from "./describe";

const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const provider = "arn:aws:iam::1:oidc-provider/gitlab.com";
const roleName = "deploy";
const one = { audiences: ["aws"] };
const two = { audiences: ["aws", "more"] };
const settings = { description: "", maxSessionSeconds: 3600 };
const document: RoleDocument = {
  name: roleName,
  path: "/ci/",
  trustPolicy: policy,
  description: "",
  maxSessionSeconds: 5400,
  boundaryArn: null,
  tags: {},
  inlinePolicies: {},
};
const creation = (after: Partial<RoleDocument>): Change => ({
  kind: "create-role",
  arn: "arn:r",
  before: null,
  after: { ...document, ...after },
});
const adoption = (before: string | null, after: string): Change => ({
  kind: "adopt-role",
  arn: "arn:r",
  uniqueId: { before, after },
  before: document,
  after: document,
});

/** The operations are those of IAM's API reference. */
const cases: [Change, ChangeSymbol, string | null, string][] = [
  [
    {
      kind: "create-provider",
      url: "https://gitlab.com",
      ...two,
      arn: provider,
      before: null,
      after: { url: "", ...two },
    },
    "+",
    "CreateOpenIDConnectProvider",
    "Create the OIDC provider https://gitlab.com with audience aws, more.",
  ],
  [
    { kind: "add-audience", arn: provider, audience: "more", before: one, after: two },
    "~",
    "AddClientIDToOpenIDConnectProvider",
    `Add audience more to the shared provider ${provider}.`,
  ],
  [
    { kind: "keep-provider", arn: provider, before: one, after: one },
    "=",
    null,
    `Keep the shared provider ${provider} as it is.`,
  ],
  [
    { kind: "delete-provider", arn: provider, before: one, after: null },
    "-",
    "DeleteOpenIDConnectProvider",
    `Delete the provider ${provider}, which no role trusts any more.`,
  ],
  [creation({}), "+", "CreateRole", "Create the role deploy at /ci/ with sessions of up to 1.5 hours."],
  [
    creation({ boundaryArn: "arn:b", maxSessionSeconds: 3600 }),
    "+",
    "CreateRole",
    "Create the role deploy at /ci/ with sessions of up to 1 hour, bounded by arn:b.",
  ],
  [adoption("AROA1", "AROA1"), "=", null, "Record the role deploy as AWS holds it; nothing changes in AWS."],
  [adoption(null, "AROA1"), "=", null, "Record the role deploy as AWS holds it; nothing changes in AWS."],
  [
    adoption("AROA1", "AROA2"),
    "=",
    null,
    "Record the role deploy as AWS holds it; nothing changes in AWS. It is another role than the recorded one: AROA1 was deleted, and AROA2 made in its place.",
  ],
  [
    { kind: "delete-role", arn: "arn:r", roleName, before: { uniqueId: "AROA1", createdAt: "" }, after: null },
    "-",
    "DeleteRole",
    "Delete the role deploy. Whoever assumes it is denied from then on.",
  ],
  [
    { kind: "put-inline-policy", roleName, policyName: "s3", before: null, after: policy },
    "+",
    "PutRolePolicy",
    "Put the inline policy s3 on the role deploy.",
  ],
  [
    { kind: "put-inline-policy", roleName, policyName: "s3", before: policy, after: policy },
    "~",
    "PutRolePolicy",
    "Replace the inline policy s3 of the role deploy.",
  ],
  [
    { kind: "delete-inline-policy", roleName, policyName: "s3", before: policy, after: null },
    "-",
    "DeleteRolePolicy",
    "Delete the inline policy s3 of the role deploy.",
  ],
  [
    { kind: "update-trust", roleName, before: policy, after: policy },
    "~",
    "UpdateAssumeRolePolicy",
    "Replace the trust policy of the role deploy.",
  ],
  [
    { kind: "update-role", roleName, before: settings, after: { ...settings, maxSessionSeconds: 7200 } },
    "~",
    "UpdateRole",
    "Set the description of the role deploy, and sessions of up to 2 hours.",
  ],
  [
    { kind: "put-boundary", roleName, before: null, after: "arn:b" },
    "+",
    "PutRolePermissionsBoundary",
    "Bound the role deploy by arn:b.",
  ],
  [
    { kind: "put-boundary", roleName, before: "arn:a", after: "arn:b" },
    "~",
    "PutRolePermissionsBoundary",
    "Bound the role deploy by arn:b instead of arn:a.",
  ],
  [
    { kind: "delete-boundary", roleName, before: "arn:a", after: null },
    "-",
    "DeleteRolePermissionsBoundary",
    "Take the permissions boundary arn:a off the role deploy.",
  ],
  [
    { kind: "tag-role", roleName, before: {}, after: { owner: "pia", team: "web" } },
    "~",
    "TagRole",
    "Set the tags owner, team of the role deploy.",
  ],
  [
    { kind: "attach-policy", roleName, policyArn: "arn:p", before: null, after: "arn:p" },
    "+",
    "AttachRolePolicy",
    "Attach the managed policy arn:p to the role deploy.",
  ],
  [
    { kind: "detach-policy", roleName, policyArn: "arn:p", before: "arn:p", after: null },
    "-",
    "DetachRolePolicy",
    "Detach the managed policy arn:p from the role deploy.",
  ],
];

describe("a change in words", () => {
  it.each(cases)("%#: %j", (change, sign, call, sentence) => {
    expect([symbol(change), callName(change), describeChange(change)]).toEqual([sign, call, sentence]);
  });
});

describe("two documents side by side", () => {
  const texts = (before: unknown, after: unknown) =>
    documentDiff(before, after).map(
      ({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text.trim()}`,
    );

  it("are in the order in which people write policies, then by name", () => {
    const document = { Statement: [], zeta: 1, Id: "i", alpha: 2, Version: "v" };
    expect(
      texts(document, document)
        .slice(1, -1)
        .map((line) => line.trim().split('"')[1]),
    ).toEqual(["Version", "Id", "Statement", "alpha", "zeta"]);
    const statement = {
      Condition: 1,
      Resource: 1,
      NotResource: 1,
      NotAction: 1,
      Action: 1,
      Principal: 1,
      Effect: 1,
      Sid: 1,
    };
    expect(
      texts(statement, statement)
        .slice(1, -1)
        .map((line) => line.trim().split('"')[1]),
    ).toEqual(["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"]);
  });

  it("show the least that was taken out and put in, what was taken out first", () => {
    expect(texts(["a", "b", "c", "d"], ["b", "c", "x", "d"])).toEqual([
      " [",
      '-"a",',
      ' "b",',
      ' "c",',
      '+"x",',
      ' "d"',
      " ]",
    ]);
    expect(texts({ a: 1 }, { a: 2 })).toEqual([" {", '-"a": 1', '+"a": 2', " }"]);
  });

  it("of which one is missing are the other, and none of nothing", () => {
    expect(texts(null, { a: 1 })).toEqual(["+{", '+"a": 1', "+}"]);
    expect(texts({ a: 1 }, undefined)).toEqual(["-{", '-"a": 1', "-}"]);
    expect(texts(null, undefined)).toEqual([]);
    expect(texts("text", null)).toEqual(['-"text"']);
  });

  it("near their changes have two lines around, and one cut between two changes", () => {
    const before = { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1 };
    const near = nearChanges(documentDiff(before, { ...before, a: 2, i: 2 }));
    expect(near.map(({ text }) => text.trim())).toEqual([
      "{",
      '"a": 1,',
      '"a": 2,',
      '"b": 1,',
      '"c": 1,',
      "…",
      '"g": 1,',
      '"h": 1,',
      '"i": 1',
      '"i": 2',
      "}",
    ]);
  });
});
