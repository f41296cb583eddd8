import { describe, expect, it } from "vitest";
import { evaluatePermissions } from "./evaluate";
import { listOf } from "./policy-schema";
import type { PortalAccount } from "./portal-policy";
import { portalRequests, spokePolicy } from "./portal-policy";

const account: PortalAccount = {
  partition: "aws",
  accountId: "111122223333",
  spokeRoleArn: "arn:aws:iam::111122223333:role/trustdesk-spoke",
  path: "/ci/",
  boundaryArn: "arn:aws:iam::111122223333:policy/edge",
  issuer: "https://gitlab.com",
};
const roleOf = (path: string) => `arn:aws:iam::111122223333:role${path}`;
const carried = { "aws:ResourceTag/trustdesk:managed": "true" };
const asked = { "aws:RequestTag/trustdesk:managed": "true", "aws:TagKeys": ["trustdesk:managed"] };
const edge = { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/edge" };

function verdict(action: string, resource: string, context = {}, of: PortalAccount = account): string {
  return evaluatePermissions([spokePolicy(of)], { action, resource, context }).verdict;
}

describe.each([
  ["with a boundary", account],
  ["without one", { ...account, boundaryArn: null }],
])("Trustdesk's permissions in an account %s", (_how, of) => {
  it("allow every call that it makes, on a role of its own", () => {
    for (const request of portalRequests(of))
      expect([request, verdict(request.action, request.resource, request.context, of)]).toEqual([request, "allowed"]);
  });

  it("are each asked for, so that the doctor sees one that is missing", () => {
    const requests = portalRequests(of);
    const allowing = spokePolicy(of).Statement.filter(({ Effect }) => Effect === "Allow");
    for (const { Sid, Action } of allowing) {
      const without = { ...spokePolicy(of), Statement: spokePolicy(of).Statement.filter((one) => one.Sid !== Sid) };
      const missed = requests.filter((request) => evaluatePermissions([without], request).verdict !== "allowed");
      const actions = new Set(missed.map(({ action }) => action));
      expect([Sid, [...actions].sort()]).toEqual([Sid, [...listOf(Action)].sort()]);
    }
  });
});

describe("Trustdesk cannot", () => {
  it.each<[string, string, string, object]>([
    ["change a role that does not carry its tag", "iam:PutRolePolicy", roleOf("/ci/x"), edge],
    ["change a role at another path", "iam:PutRolePolicy", roleOf("/other/x"), { ...carried, ...edge }],
    ["change a role outside the boundary", "iam:PutRolePolicy", roleOf("/ci/x"), carried],
    ["make a role outside the boundary", "iam:CreateRole", roleOf("/ci/x"), asked],
    ["make a role without its tag", "iam:CreateRole", roleOf("/ci/x"), edge],
    [
      "put another tool's tag",
      "iam:TagRole",
      roleOf("/ci/x"),
      { ...carried, "aws:TagKeys": ["trustdesk:owner", "cost"] },
    ],
    ["take a boundary off where one is asked for", "iam:DeleteRolePermissionsBoundary", roleOf("/ci/x"), carried],
    [
      "become another provider's",
      "iam:DeleteOpenIDConnectProvider",
      "arn:aws:iam::111122223333:oidc-provider/other",
      {},
    ],
    ["delete a role that does not carry its tag", "iam:DeleteRole", roleOf("/ci/x"), edge],
    ["make policies", "iam:CreatePolicy", "arn:aws:iam::111122223333:policy/x", {}],
  ])("%s", (_what, action, resource, context) => expect(verdict(action, resource, context)).not.toBe("allowed"));

  it("change itself, whatever tags it was given", () => {
    const at = { ...account, path: "/", spokeRoleArn: roleOf("/trustdesk-spoke") };
    for (const action of ["iam:PutRolePolicy", "iam:DeleteRole", "iam:TagRole", "iam:DeleteRolePermissionsBoundary"])
      expect(verdict(action, at.spokeRoleArn, { ...carried, ...asked, ...edge }, at)).toBe("explicitDeny");
  });
});
