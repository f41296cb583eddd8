import { describe, expect, it } from "vitest";
import type { RoleDocument, RoleState, Snapshot } from "./change";
import type { Goal } from "./goal";
import { isRoleOf, planFor, questionOf } from "./goal";

const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow" as const,
      Principal: { Federated: "arn:aws:iam::1:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
    },
  ],
};
const role: RoleDocument = {
  name: "deploy",
  path: "/",
  trustPolicy: trust,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: "arn:b",
  tags: {},
  inlinePolicies: { deploy: policy },
};
const desired = { accountId: "1", partition: "aws", issuer: "https://gitlab.com", audience: "aws", role };
const unwanted = {
  accountId: "1",
  partition: "aws",
  issuer: "https://gitlab.com",
  audience: "aws",
  roleName: "deploy",
  roleArn: "arn:aws:iam::1:role/deploy",
  removeProvider: true,
};
const create: Goal = { kind: "create", desired, continues: ["r0"] };
const remove: Goal = { kind: "remove", ...unwanted, uniqueId: "AROA1", baseVersion: 3, continues: [] };
const undo: Goal = { kind: "undo", ...unwanted, continues: ["r0"] };
const adopt: Goal = { kind: "adopt", desired, ours: role, uniqueId: "AROA1", baseVersion: 3 };

const edit = { desired, uniqueId: "AROA1", baseVersion: 3, continues: [] };

const madeBy = (tag: string | null, uniqueId = "AROA9"): RoleState => ({
  ...role,
  arn: unwanted.roleArn,
  uniqueId,
  createdAt: "",
  lastUsedAt: null,
  attachedPolicies: [],
  inlinePolicies: {},
  tags: { "trustdesk:managed": "true", ...(tag === null ? {} : { "trustdesk:apply": tag }) },
});
const holding = (held: RoleState | null): Snapshot => ({
  accountId: "1",
  callerArn: null,
  provider: { arn: "arn:p", url: "gitlab.com", audiences: ["aws"], thumbprints: [] },
  role: held,
  boundary: "exists",
  readAt: "",
  quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 10, rolesUsed: 1, providers: 100, providersUsed: 1 },
});
const kinds = (goal: Goal, held: RoleState | null) =>
  planFor(goal, holding(held), "r1").plan?.changes.map(({ kind }) => kind) ?? null;

describe("whose role it is", () => {
  it.each<[string, Goal, RoleState, boolean]>([
    ["made by this request", create, madeBy("r1"), true],
    ["made by the request that this one goes on from", create, madeBy("r0"), true],
    ["made by another request", create, madeBy("r7"), false],
    ["made by nobody we know", create, madeBy(null), false],
    ["recorded under its unique id", remove, madeBy("r7", "AROA1"), true],
    ["of the recorded name, made again by somebody", remove, madeBy(null), false],
    ["another's, when a failed apply is undone", undo, madeBy("r7"), false],
    ["anybody's, when AWS's version is taken", adopt, madeBy(null), true],
  ])("%s", (_what, goal, held, expected) => {
    expect(isRoleOf(goal, held, "r1")).toBe(expected);
  });

  it("counts no role without our tag as ours when a request is only looked at", () => {
    expect(isRoleOf({ kind: "create", desired, continues: [] }, madeBy(null), null)).toBe(false);
  });
});

describe("the plan for a goal", () => {
  it("makes a role, or goes on with one that is half made, and leaves a stranger's", () => {
    expect(kinds(create, null)).toEqual(["keep-provider", "create-role", "put-inline-policy"]);
    expect(kinds(create, madeBy("r0"))).toEqual(["keep-provider", "put-inline-policy"]);
    expect(kinds(create, madeBy(null))).toBeNull();
  });

  it.each<[string, Goal, string[] | null, string[] | null]>([
    ["an edit", { ...edit, kind: "edit" }, null, ["keep-provider", "tag-role", "put-inline-policy"]],
    [
      "putting ours back",
      { ...edit, kind: "restore" },
      ["keep-provider", "create-role", "put-inline-policy"],
      ["keep-provider", "tag-role", "put-inline-policy"],
    ],
    ["taking AWS's", adopt, null, ["adopt-role"]],
    ["a removal", remove, ["keep-provider"], ["tag-role", "delete-role", "keep-provider"]],
  ])("is another for %s: with no role in AWS, and with the recorded one", (_what, goal, without, withIt) => {
    const untagged = { ...madeBy(null, "AROA1"), tags: {} };
    expect(kinds(goal, null)).toEqual(without);
    expect(kinds(goal, untagged)).toEqual(withIt);
  });

  it("undoes what the failed request made, and nothing of anybody else", () => {
    expect(kinds(undo, madeBy("r0"))).toEqual(["delete-role", "keep-provider"]);
    expect(kinds(undo, madeBy(null))).toBeNull();
  });
});

describe("what is read for a goal", () => {
  it("is the wanted boundary, and who uses the provider only where it may go", () => {
    expect(questionOf(create)).toEqual({
      accountId: "1",
      partition: "aws",
      roleName: "deploy",
      issuer: "https://gitlab.com",
      boundaryArn: "arn:b",
      withProviderUsers: false,
    });
    expect(questionOf(remove)).toMatchObject({ roleName: "deploy", boundaryArn: null, withProviderUsers: true });
    expect(questionOf({ ...remove, removeProvider: false }).withProviderUsers).toBe(false);
    expect(questionOf(undo)).toEqual({
      accountId: "1",
      partition: "aws",
      roleName: "deploy",
      issuer: "https://gitlab.com",
      boundaryArn: null,
      withProviderUsers: true,
    });
  });
});
