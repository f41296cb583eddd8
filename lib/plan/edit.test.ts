import { describe, expect, it } from "vitest";
import type { RoleDocument, RoleState, Snapshot } from "./change";
import { changesBetween, documentOf, planAdoption, planEdit, planRestore } from "./edit";

const narrow = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: "*" }],
};
const wide = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
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
const document: RoleDocument = {
  name: "deploy",
  path: "/",
  trustPolicy: trust,
  description: "d",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: { "trustdesk:owner": "pia" },
  inlinePolicies: { deploy: narrow },
};
const live: RoleState = {
  ...document,
  arn: "arn:aws:iam::1:role/deploy",
  uniqueId: "AROA1",
  createdAt: "2026-01-02T00:00:00Z",
  lastUsedAt: null,
  attachedPolicies: [],
  tags: { "trustdesk:owner": "pia", "trustdesk:apply": "r1", "cost-centre": "42" },
};
const provider = {
  arn: "arn:aws:iam::1:oidc-provider/gitlab.com",
  url: "gitlab.com",
  audiences: ["aws"],
  thumbprints: [],
};
const quotas = {
  trustPolicy: 2048,
  inlinePolicies: 10_240,
  roles: 10,
  rolesUsed: 10,
  providers: 100,
  providersUsed: 1,
};
const snapshot: Snapshot = {
  accountId: "1",
  callerArn: null,
  provider,
  role: live,
  boundary: "none",
  quotas,
  readAt: "",
};
const desired = (role: RoleDocument) => ({
  accountId: "1",
  partition: "aws",
  issuer: "https://gitlab.com",
  audience: "aws",
  role,
});
const ours = () => true;

describe("a change of a role", () => {
  it("of nothing has no changes: tags of other tools are nobody's business", () => {
    expect(changesBetween(live, document)).toEqual([]);
  });

  it("names each thing that becomes another, the tag that AWS asks for first, the boundary and the trust before the permissions", () => {
    const held = { ...live, attachedPolicies: ["arn:old"], inlinePolicies: { deploy: narrow, gone: narrow } };
    const next = {
      ...document,
      boundaryArn: "arn:b",
      trustPolicy: wide,
      inlinePolicies: { deploy: wide, added: narrow },
      attachedPolicies: ["arn:new"],
      description: "e",
      tags: { "trustdesk:owner": "dora", "trustdesk:managed": "true" },
    };
    const roleName = "deploy";
    expect(changesBetween(held, next)).toEqual([
      {
        kind: "tag-role",
        roleName,
        before: { "trustdesk:owner": "pia" },
        after: { "trustdesk:owner": "dora", "trustdesk:managed": "true" },
      },
      { kind: "put-boundary", roleName, before: null, after: "arn:b" },
      { kind: "update-trust", roleName, before: trust, after: wide },
      { kind: "detach-policy", roleName, policyArn: "arn:old", before: "arn:old", after: null },
      { kind: "put-inline-policy", roleName, policyName: "added", before: null, after: narrow },
      { kind: "put-inline-policy", roleName, policyName: "deploy", before: narrow, after: wide },
      { kind: "delete-inline-policy", roleName, policyName: "gone", before: narrow, after: null },
      { kind: "attach-policy", roleName, policyArn: "arn:new", before: null, after: "arn:new" },
      {
        kind: "update-role",
        roleName,
        before: { description: "d", maxSessionSeconds: 3600 },
        after: { description: "e", maxSessionSeconds: 3600 },
      },
    ]);
  });

  it("takes a boundary off where none is wanted", () => {
    expect(changesBetween({ ...live, boundaryArn: "arn:b" }, document)).toEqual([
      { kind: "delete-boundary", roleName: "deploy", before: "arn:b", after: null },
    ]);
  });

  it("is refused for a role that is gone, and for a stranger's", () => {
    expect(planEdit(desired(document), { ...snapshot, role: null }, ours)).toMatchObject({
      ok: false,
      plan: null,
      problems: [{ field: "roleName" }],
    });
    expect(planEdit(desired(document), snapshot, () => false)).toMatchObject({
      ok: false,
      plan: null,
      problems: [{ roleArn: live.arn, reason: expect.stringContaining("2026-01-02") as string }],
    });
  });

  it("does not mind a full quota of roles, but a trust that is too long", () => {
    expect(planEdit(desired(document), snapshot, ours).ok).toBe(true);
    expect(planEdit(desired(document), { ...snapshot, quotas: { ...quotas, trustPolicy: 10 } }, ours)).toMatchObject({
      ok: false,
      problems: [{ field: "trust" }],
    });
  });
});

describe("putting ours back", () => {
  it("begins with Trustdesk's tag where somebody took it off: without it AWS denies the rest", () => {
    const changes = (role: RoleState) =>
      planRestore(desired(document), { ...snapshot, role }, ours)
        .plan?.changes.slice(1)
        .map((change) => [change.kind, change.after]);
    expect(changes({ ...live, maxSessionSeconds: 7200 })).toEqual([
      ["tag-role", { "trustdesk:managed": "true" }],
      ["update-role", { description: "d", maxSessionSeconds: 3600 }],
    ]);
    expect(changes(live)).toEqual([]);
    expect(changes({ ...live, maxSessionSeconds: 7200, tags: { ...live.tags, "trustdesk:managed": "true" } })).toEqual([
      ["update-role", { description: "d", maxSessionSeconds: 3600 }],
    ]);
  });

  it("makes a role that is gone anew", () => {
    const planned = planRestore(
      desired(document),
      { ...snapshot, role: null, quotas: { ...quotas, rolesUsed: 1 } },
      ours,
    );
    expect(planned.plan?.changes.map(({ kind }) => kind)).toEqual([
      "keep-provider",
      "create-role",
      "put-inline-policy",
    ]);
  });
});

describe("taking AWS's version", () => {
  it("calls nothing, and shows both documents", () => {
    const theirs = { ...live, description: "theirs", attachedPolicies: ["arn:z", "arn:a"] };
    expect(
      planAdoption(
        { desired: desired(document), ours: document, uniqueId: live.uniqueId },
        { ...snapshot, role: theirs },
      ).plan?.changes,
    ).toEqual([
      {
        kind: "adopt-role",
        arn: live.arn,
        uniqueId: { before: live.uniqueId, after: live.uniqueId },
        before: document,
        after: { ...document, description: "theirs", attachedPolicies: ["arn:a", "arn:z"] },
      },
    ]);
    expect(
      planAdoption({ desired: desired(document), ours: document, uniqueId: live.uniqueId }, { ...snapshot, role: null })
        .ok,
    ).toBe(false);
  });

  it("records Trustdesk's tags and no other tool's", () => {
    expect(documentOf(live)).toEqual(document);
  });
});
