import { describe, expect, it } from "vitest";
import type { RoleState, Snapshot } from "./change";
import { planRemoval } from "./removal";

const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const providerArn = "arn:aws:iam::1:oidc-provider/gitlab.com";
const arn = "arn:aws:iam::1:role/deploy";
const role: RoleState = {
  arn,
  name: "deploy",
  path: "/",
  uniqueId: "AROA1",
  trustPolicy: policy,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: { "trustdesk:managed": "true" },
  createdAt: "2026-01-02T00:00:00Z",
  lastUsedAt: null,
  inlinePolicies: { b: policy, a: policy },
  attachedPolicies: ["arn:z", "arn:y"],
};
const snapshot: Snapshot = {
  accountId: "1",
  callerArn: null,
  provider: { arn: providerArn, url: "gitlab.com", audiences: ["aws"], thumbprints: [] },
  role,
  boundary: "none",
  readAt: "",
  quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 10, rolesUsed: 1, providers: 100, providersUsed: 1 },
};
const removal = {
  accountId: "1",
  partition: "aws",
  issuer: "https://gitlab.com",
  audience: "aws",
  roleName: "deploy",
  roleArn: arn,
  removeProvider: true,
};
const audiences = { audiences: ["aws"] };
const kept = { kind: "keep-provider", arn: providerArn, before: audiences, after: audiences };
const deleted = { kind: "delete-provider", arn: providerArn, before: audiences, after: null };
const ours = () => true;
const lastOf = (changes: Partial<Snapshot>, options = {}) =>
  planRemoval({ ...removal, ...options }, { ...snapshot, ...changes }, ours).plan?.changes.at(-1);

describe("a removal", () => {
  it("empties the role before it deletes it, as IAM wants it", () => {
    expect(planRemoval(removal, snapshot, ours).plan?.changes.slice(0, -1)).toEqual([
      { kind: "detach-policy", roleName: "deploy", policyArn: "arn:y", before: "arn:y", after: null },
      { kind: "detach-policy", roleName: "deploy", policyArn: "arn:z", before: "arn:z", after: null },
      { kind: "delete-inline-policy", roleName: "deploy", policyName: "a", before: policy, after: null },
      { kind: "delete-inline-policy", roleName: "deploy", policyName: "b", before: policy, after: null },
      {
        kind: "delete-role",
        arn,
        roleName: "deploy",
        before: { uniqueId: "AROA1", createdAt: "2026-01-02T00:00:00Z" },
        after: null,
      },
    ]);
  });

  it("puts Trustdesk's tag back first where somebody took it off: without it AWS denies the rest", () => {
    const untagged = { ...snapshot, role: { ...role, tags: { "trustdesk:managed": "no" } } };
    expect(planRemoval(removal, untagged, ours).plan?.changes[0]).toEqual({
      kind: "tag-role",
      roleName: "deploy",
      before: { "trustdesk:managed": "no" },
      after: { "trustdesk:managed": "true" },
    });
  });

  it("puts the tag on where there was none, and takes policies off in the alphabet's order", () => {
    const names = ["c", "a", "b", "e", "d"];
    const inlinePolicies = Object.fromEntries(names.map((name) => [name, policy]));
    const { plan } = planRemoval(removal, { ...snapshot, role: { ...role, tags: {}, inlinePolicies } }, ours);
    expect(plan?.changes[0]).toMatchObject({ kind: "tag-role", before: {}, after: { "trustdesk:managed": "true" } });
    expect(plan?.changes.flatMap((change) => ("policyName" in change ? [change.policyName] : []))).toEqual(
      [...names].sort(),
    );
  });

  it("deletes the provider only when that was asked for and nobody else is known to trust it", () => {
    expect(lastOf({ providerUsers: [] })).toEqual(deleted);
    expect(lastOf({ providerUsers: ["other"] })).toEqual(kept);
    expect(lastOf({})).toEqual(kept);
    expect(lastOf({ providerUsers: [] }, { removeProvider: false })).toEqual(kept);
  });

  it("of a role that is gone already has nothing to do", () => {
    expect(planRemoval(removal, { ...snapshot, role: null, provider: null }, ours)).toEqual({
      ok: true,
      plan: { accountId: "1", roleArn: arn, changes: [] },
    });
  });

  it("is refused for a stranger's role, and in another account", () => {
    expect(planRemoval(removal, snapshot, () => false)).toMatchObject({
      ok: false,
      plan: null,
      problems: [{ field: "roleName" }],
    });
    expect(planRemoval(removal, { ...snapshot, accountId: "2" }, ours)).toMatchObject({
      ok: false,
      plan: null,
      problems: [{ field: "account" }],
    });
  });
});
