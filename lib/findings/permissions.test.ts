import { describe, expect, it } from "vitest";
import type { PolicyDocument, PolicyStatement } from "@/lib/iam/policy-schema";
import { found, ours, permitting, trust } from "@/lib/testing/findings";
import type { Finding } from "./finding";

const uploads = permitting({ Action: "s3:PutObject", Resource: "arn:aws:s3:::site/*" });
const everything = permitting({ Action: "*", Resource: "*" });

/** What is said of a role that nobody but main can assume, with these permissions. */
const holding = (inlinePolicies: PolicyDocument[], attachedPolicies: string[] = []) =>
  found(trust({ StringEquals: ours }), { inlinePolicies, attachedPolicies });
const said = (statement: Partial<PolicyStatement>) => holding([permitting(statement)]);

describe("full access", () => {
  it.each<[Finding["severity"], Partial<PolicyStatement>, string]>([
    ["danger", { Action: "*", Resource: "*" }, "Every action on every resource"],
    ["danger", { Action: "*:*", Resource: "*" }, "Every action on every resource"],
    ["danger", { Action: "*:**", Resource: "*" }, "Every action on every resource"],
    ["danger", { Action: ["s3:GetObject", "**"], Resource: "*" }, "Every action on every resource"],
    ["danger", { NotAction: "iam:*", Resource: "*" }, "Every action on every resource"],
    ["danger", { Action: "*", NotResource: "arn:aws:s3:::secrets/*" }, "Every action on every resource"],
    ["caution", { Action: "s3:*", Resource: ["arn:aws:s3:::*"] }, "every S3 action on every bucket"],
    ["caution", { Action: "s3:*", Resource: "arn:aws:s3:::*/**" }, "every S3 action on every bucket"],
    ["caution", { Action: ["ec2:*"], Resource: "*" }, "every ec2 action on every resource"],
    [
      "caution",
      { Action: ["S3:*", "ec2:*", "ec2:*", "sqs:Send*"], Resource: "*" },
      "every S3 action on every bucket, every ec2 action on every resource of the account",
    ],
    [
      "caution",
      { Action: "dynamodb:*", NotResource: "arn:aws:dynamodb:*:*:table/ledger" },
      "every dynamodb action on every resource",
    ],
  ])("is %s for %j", (severity, statement, words) => {
    expect(said(statement)).toMatchObject([
      {
        id: "full-access",
        severity,
        where: "what",
        mendId: "use-template",
        why: expect.stringContaining(words) as string,
      },
    ]);
  });

  it.each<Partial<PolicyStatement>>([
    { Action: "s3:*", Resource: "arn:aws:s3:::site/*" },
    { Action: "s3:*", Resource: "arn:aws:s3:::site*" },
    { Action: "s3:*", Resource: "arn:aws:s3:::*-site" },
    { Action: "*", Resource: "arn:aws:s3:::site/*" },
    { Action: "s3:Get*", Resource: "*" },
    { Action: "s3:*Object", Resource: "*" },
    { Action: "*Object", Resource: "*" },
    { Action: "*:GetObject", Resource: "*" },
    { Action: "s3:GetObject", NotResource: "arn:aws:s3:::secrets/*" },
    { Effect: "Deny", Action: "*", Resource: "*" },
  ])("is not %j", (statement) => expect(said(statement)).toEqual([]));

  it("is found in each of several policies, whichever stands first", () => {
    expect(holding([uploads, everything])).toMatchObject([{ id: "full-access", severity: "danger" }]);
    expect(holding([everything, uploads])).toMatchObject([{ id: "full-access", severity: "danger" }]);
  });
});

describe("a managed policy", () => {
  it.each([
    ["danger", "AdministratorAccess"],
    ["danger", "IAMFullAccess"],
    ["danger", "PowerUserAccess"],
    ["caution", "ReadOnlyAccess"],
  ])("is %s where it is %s", (severity, name) => {
    expect(holding([uploads], [`arn:aws:iam::aws:policy/${name}`])).toMatchObject([
      { id: "managed-policy", severity, where: "what", why: expect.stringContaining(`${name} is attached`) as string },
    ]);
  });

  it("is not taken for AWS's by the name of one of the account", () => {
    expect(holding([], ["arn:aws:iam::111122223333:policy/AdministratorAccess"])).toMatchObject([
      { id: "managed-policy", severity: "caution" },
    ]);
  });

  it("is named by itself where it is the widest of several, and all are where none is", () => {
    const [widest] = holding([], ["arn:aws:iam::1:policy/One", "arn:aws-cn:iam::aws:policy/IAMFullAccess"]);
    expect(widest?.names).toEqual(["arn:aws-cn:iam::aws:policy/IAMFullAccess"]);
    const [all] = holding([], ["arn:aws:iam::1:policy/ci/One", "arn:aws:iam::1:policy/Two"]);
    expect(all?.why).toContain("One, Two is attached");
  });
});
