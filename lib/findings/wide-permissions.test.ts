import { describe, expect, it } from "vitest";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { fullAccess } from "./full-access";

/** What the check says of a role with this one statement. */
function said(statement: Partial<PolicyStatement>) {
  return fullAccess({
    trustPolicy: { Version: "2012-10-17", Statement: [] },
    inlinePolicies: [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }],
    attachedPolicies: [],
    issuer: "https://gitlab.com",
    project: { id: "42", path: "acme/api" },
    admitted: [],
  });
}

/** IAM user guide, "NotResource": with Allow it grants everything in the account that is not listed. */
describe("everything but what is listed", () => {
  it("is full access with every action", () =>
    expect(said({ Action: "*", NotResource: "arn:aws:s3:::secrets/*" })).toMatchObject({
      severity: "danger",
      title: "Full access",
    }));

  it("is a whole service with every action of one", () =>
    expect(said({ Action: "dynamodb:*", NotResource: "arn:aws:dynamodb:*:*:table/ledger" })).toMatchObject({
      severity: "caution",
      why: "The role may do every dynamodb action on every resource of the account.",
    }));

  it("is neither where only single actions are allowed", () =>
    expect(said({ Action: "s3:GetObject", NotResource: "arn:aws:s3:::secrets/*" })).toBeNull());
});
