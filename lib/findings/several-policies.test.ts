import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "@/lib/iam/policy-schema";
import { ours, permitting, trust } from "@/lib/testing/findings";
import { findings } from "./table";

const uploads = permitting({ Action: "s3:PutObject", Resource: "arn:aws:s3:::site/*" });
const everything = permitting({ Action: "*", Resource: "*" });

describe("a role with more than one policy", () => {
  const holding = (inlinePolicies: PolicyDocument[], attachedPolicies: string[] = []) =>
    findings({
      trustPolicy: trust({ StringEquals: ours }),
      inlinePolicies,
      attachedPolicies,
      issuer: "https://gitlab.com",
      project: { id: "42", path: "acme/api" },
      admitted: [],
    });
  it("is judged by each of them, whichever stands first", () => {
    expect(holding([uploads, everything])).toMatchObject([{ id: "full-access", severity: "danger" }]);
    expect(holding([everything, uploads])).toMatchObject([{ id: "full-access", severity: "danger" }]);
  });
  it.each([
    ["danger", "AdministratorAccess"],
    ["danger", "IAMFullAccess"],
    ["danger", "PowerUserAccess"],
    ["caution", "ReadOnlyAccess"],
  ])("is graded %s with %s attached", (severity, name) => {
    expect(holding([uploads], [`arn:aws:iam::aws:policy/${name}`])).toMatchObject([
      { id: "managed-policy", severity, why: expect.stringContaining(name) as string },
    ]);
  });
  it("is not taken for AWS's by a policy of the account with the same name", () => {
    expect(holding([], ["arn:aws:iam::111122223333:policy/AdministratorAccess"])).toMatchObject([
      { severity: "caution" },
    ]);
  });
});
