import { describe, expect, it } from "vitest";
import { actionCovers } from "./action";
import type { PolicyStatement } from "./policy-schema";
import type { Caller } from "./principal";
import { principalCovers } from "./principal";

const role: Caller = { kind: "aws", arn: "arn:aws:iam::111122223333:role/ci/deploy", account: "111122223333" };
const session: Caller = {
  kind: "aws",
  arn: "arn:aws:sts::111122223333:assumed-role/deploy/run-1",
  account: "111122223333",
};
const ec2: Caller = { kind: "service", name: "ec2.amazonaws.com" };
const stranger: Caller = { kind: "anonymous" };
const gitlab: Caller = { kind: "federated", providerArn: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" };

type Principal = PolicyStatement["Principal"];
const allows = (Principal: Principal, caller: Caller) =>
  principalCovers({ Effect: "Allow", ...(Principal === undefined ? {} : { Principal }) }, caller);

/** IAM user guide, reference_policies_elements_principal. */
describe("a principal covers", () => {
  it.each<[string, Principal, Caller, boolean | null]>([
    ["an account's role by the account", { AWS: "111122223333" }, role, true],
    ["an account's role by the root", { AWS: "arn:aws:iam::111122223333:root" }, role, true],
    ["an account's role in another partition by its root", { AWS: "arn:aws-cn:iam::111122223333:root" }, role, true],
    ["no role of another account", { AWS: "444455556666" }, role, false],
    ["a role by its ARN", { AWS: ["arn:aws:iam::1:role/x", "arn:aws:iam::111122223333:role/ci/deploy"] }, role, true],
    ["no role of another name", { AWS: "arn:aws:iam::111122223333:role/ci/other" }, role, false],
    [
      "a session by its role, whose path it does not show",
      { AWS: "arn:aws:iam::111122223333:role/ci/deploy" },
      session,
      true,
    ],
    ["a session by its own ARN", { AWS: "arn:aws:sts::111122223333:assumed-role/deploy/run-1" }, session, true],
    ["no other session", { AWS: "arn:aws:sts::111122223333:assumed-role/deploy/run-2" }, session, false],
    ["no session of another account's role", { AWS: "arn:aws:iam::444455556666:role/deploy" }, session, false],
    ["nobody by part of an ARN", { AWS: "arn:aws:iam::111122223333:role/*" }, role, false],
    ["a unique id, of which nothing is known here", { AWS: "AROAEXAMPLEEXAMPLE1" }, role, null],
    ["every account", { AWS: "*" }, role, true],
    ["strangers by every account", { AWS: "*" }, stranger, true],
    ["no service by every account", { AWS: "*" }, ec2, false],
    ["a role by everybody", "*", role, true],
    ["strangers by everybody", "*", stranger, true],
    ["a service by everybody, which is not settled", "*", ec2, null],
    ["a service by its name", { Service: ["ecs.amazonaws.com", "ec2.amazonaws.com"] }, ec2, true],
    ["no other service", { Service: "ecs.amazonaws.com" }, ec2, false],
    ["any service, which is not settled", { Service: "*" }, ec2, null],
    ["no role by a service", { Service: "ec2.amazonaws.com" }, role, false],
    ["an account by its canonical id, which is not known here", { CanonicalUser: "79a5" }, role, null],
    ["no stranger by an account", { AWS: "111122223333" }, stranger, false],
    ["no role by a provider", { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }, role, false],
    ["a kind that IAM does not have", { Group: "x" }, role, null],
    ["nobody for certain without an element", undefined, role, null],
  ])("%s", (_what, principal, caller, expected) => expect(allows(principal, caller)).toBe(expected));

  it("everybody under Deny", () => {
    for (const caller of [role, session, ec2, stranger, gitlab])
      expect(principalCovers({ Effect: "Deny", Principal: "*" }, caller)).toBe(true);
  });
});

/** IAM user guide, reference_policies_elements_notprincipal: with Deny the account must be named beside its principal. */
describe("a Deny for all but some", () => {
  const denies = (NotPrincipal: Principal, caller: Caller) =>
    principalCovers({ Effect: "Deny", ...(NotPrincipal === undefined ? {} : { NotPrincipal }) }, caller);
  const arn = "arn:aws:iam::111122223333:role/ci/deploy";

  it.each<[string, Principal, Caller, boolean | null]>([
    ["covers who is not named", { AWS: "444455556666" }, role, true],
    ["does not cover who is named with the account", { AWS: [arn, "arn:aws:iam::111122223333:root"] }, role, false],
    ["may cover who is named without the account", { AWS: arn }, role, null],
    ["does not cover who is of a named account", { AWS: "111122223333" }, role, false],
    ["covers a service that is not named", { AWS: arn }, ec2, true],
    [
      "does not cover a named provider",
      { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
      gitlab,
      false,
    ],
    ["covers nobody where everybody is named", "*", stranger, false],
  ])("%s", (_what, principal, caller, expected) => expect(denies(principal, caller)).toBe(expected));
});

it("a statement is about the actions that its wildcards take", () => {
  const about = (Action: string, action: string) => actionCovers({ Effect: "Allow", Action }, action);
  expect(about("sts:*Session", "sts:TagSession")).toBe(true);
  expect(about("sts:AssumeRole*", "sts:TagSession")).toBe(false);
  expect(about("**", "sts:TagSession")).toBe(true);
  expect(about("?ts:TagSession", "sts:TagSession")).toBeNull();
  expect(about("?ts:TagSession", "sts:AssumeRole")).toBe(false);
});
