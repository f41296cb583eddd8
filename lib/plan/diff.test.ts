import { describe, expect, it } from "vitest";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import type { RoleState, Snapshot } from "./change";
import { callName, describeChange, documentDiff, nearChanges, symbol } from "./describe";
import type { DesiredRole } from "./diff";
import { planRole } from "./diff";
import { canonicalJson, planDigest } from "./digest";

const providerArn = "arn:aws:iam::777788889999:oidc-provider/gitlab.com";
const trustPolicy = buildTrustPolicy({
  issuer: "https://gitlab.com",
  providerArn,
  audience: "https://sts.amazonaws.com",
  components: [...defaultComponents],
  projectId: "1",
  namespaceId: "2",
  projectPath: "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth",
  refs: [],
  patterns: [{ pattern: "*", type: "branch" }],
  pins: { projectId: false, namespaceId: false, refProtected: false },
});
const role = {
  name: "gitlab-oidc-role-s3-readwrite",
  path: "/",
  trustPolicy,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: {},
};
const s3 = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: ["s3:*"], Resource: "*" }] };
const desired: DesiredRole = {
  accountId: "777788889999",
  partition: "aws",
  issuer: "https://gitlab.com",
  audience: "https://sts.amazonaws.com",
  role: { ...role, inlinePolicies: { gitlab_oidc_readwrite_policy: s3 } },
};
const empty: Snapshot = {
  accountId: "777788889999",
  callerArn: null,
  provider: null,
  role: null,
  boundary: "none",
  readAt: "2026-11-22T12:00:00.000Z",
  quotas: { trustPolicy: 2048, inlinePolicies: 10240, roles: 1000, rolesUsed: 0, providers: 100, providersUsed: 0 },
};
const provider = { arn: providerArn, url: "gitlab.com", audiences: ["https://sts.amazonaws.com"], thumbprints: [] };
const taken: RoleState = {
  ...role,
  arn: "arn:aws:iam::777788889999:role/other/gitlab-oidc-role-s3-readwrite",
  uniqueId: "AROA1",
  createdAt: "2025-01-01T00:00:00Z",
  lastUsedAt: null,
  inlinePolicies: {},
  attachedPolicies: [],
};

function changesOf(snapshot: Snapshot) {
  const result = planRole(desired, snapshot);
  if (!result.ok) throw new Error(result.problems.map(({ reason }) => reason).join(" "));
  return result.plan.changes;
}

describe("a name that is taken", () => {
  it.each(["Gitlab-OIDC-Role-S3-ReadWrite", "GITLAB-OIDC-ROLE-S3-READWRITE"])(
    "is taken in the case of %s too",
    (name) => {
      expect(planRole(desired, { ...empty, role: { ...taken, name } })).toMatchObject({
        ok: false,
        plan: null,
        problems: [{ field: "roleName", reason: expect.stringMatching(/differ in case alone are one/) as string }],
      });
    },
  );

  it("says nothing of case where it is the same", () => {
    expect(planRole(desired, { ...empty, role: taken })).toMatchObject({
      problems: [{ reason: expect.not.stringContaining("case") as string }],
    });
  });
});

describe("planRole", () => {
  it("makes in an empty account what the article's Terraform makes", () => {
    const changes = changesOf(empty);
    expect(changes).toEqual([
      {
        kind: "create-provider",
        url: "https://gitlab.com",
        audiences: ["https://sts.amazonaws.com"],
        arn: providerArn,
        before: null,
        after: { url: "https://gitlab.com", audiences: ["https://sts.amazonaws.com"] },
      },
      {
        kind: "create-role",
        arn: "arn:aws:iam::777788889999:role/gitlab-oidc-role-s3-readwrite",
        before: null,
        after: role,
      },
      {
        kind: "put-inline-policy",
        roleName: role.name,
        policyName: "gitlab_oidc_readwrite_policy",
        before: null,
        after: s3,
      },
    ]);
    expect(changes.map(symbol)).toEqual(["+", "+", "+"]);
    expect(changes.map(callName)).toEqual(["CreateOpenIDConnectProvider", "CreateRole", "PutRolePolicy"]);
    expect(changes.map(describeChange)[1]).toBe(
      "Create the role gitlab-oidc-role-s3-readwrite at / with sessions of up to 1 hour.",
    );
  });

  it("shares the provider that is there", () => {
    const [first] = changesOf({ ...empty, provider });
    expect(first && [first.kind, symbol(first), callName(first)]).toEqual(["keep-provider", "=", null]);
  });

  it("adds the audience that the shared provider lacks, and keeps the others", () => {
    expect(changesOf({ ...empty, provider: { ...provider, audiences: ["other"] } })[0]).toMatchObject({
      kind: "add-audience",
      audience: "https://sts.amazonaws.com",
      after: { audiences: ["other", "https://sts.amazonaws.com"] },
    });
  });

  it("never overwrites a taken name, wherever its path is", () => {
    expect(planRole(desired, { ...empty, role: taken })).toMatchObject({
      ok: false,
      plan: null,
      problems: [{ field: "roleName", roleArn: taken.arn }],
    });
  });

  it("refuses a boundary that does not exist", () => {
    const bounded = { ...desired, role: { ...desired.role, boundaryArn: "arn:aws:iam::777788889999:policy/edge" } };
    expect(planRole(bounded, { ...empty, boundary: "missing" })).toMatchObject({
      ok: false,
      problems: [{ field: "boundary" }],
    });
    expect(planRole(bounded, { ...empty, boundary: "exists" }).ok).toBe(true);
  });

  it.each([
    ["trust", { trustPolicy: 100 }],
    ["permissions", { inlinePolicies: 10 }],
    ["account", { roles: 5, rolesUsed: 5 }],
    ["account", { providers: 5, providersUsed: 5 }],
  ])("refuses what is over the account's quota: %s %j", (field, quotas) => {
    expect(planRole(desired, { ...empty, quotas: { ...empty.quotas, ...quotas } })).toMatchObject({
      ok: false,
      problems: [{ field }],
    });
  });

  it("refuses a snapshot of another account", () =>
    expect(planRole(desired, { ...empty, accountId: "111122223333" })).toMatchObject({
      ok: false,
      plan: null,
      problems: [{ field: "account" }],
    }));
});

describe("the digest", () => {
  it("does not depend on the order of keys, and changes with any value", async () => {
    const plan = { accountId: "1", roleArn: "a", changes: changesOf(empty) };
    const turned = { changes: plan.changes, roleArn: "a", accountId: "1" };
    expect(await planDigest(turned)).toBe(await planDigest(plan));
    expect(await planDigest({ ...plan, accountId: "2" })).not.toBe(await planDigest(plan));
    expect(await planDigest(plan)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("survives a journey through JSON", () =>
    expect(canonicalJson(JSON.parse(JSON.stringify(desired)))).toBe(canonicalJson(desired)));
});

describe("nearChanges", () => {
  it("leaves out what is far from a change, and says where", () => {
    const lines = nearChanges(
      documentDiff({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }, { a: 1, b: 2, c: 3, d: 9, e: 5, f: 6, g: 7 }),
      1,
    );
    expect(lines.map(({ text }) => text.trim())).toEqual(["…", '"c": 3,', '"d": 4,', '"d": 9,', '"e": 5,', "…"]);
    expect(nearChanges(documentDiff({ a: 1 }, { a: 1 }))).toEqual([{ kind: "same", text: "…" }]);
  });
});

describe("documentDiff", () => {
  it("shows what was taken out and put in", () => {
    expect(documentDiff({ a: 1, b: 2 }, { a: 1, b: 3 })).toEqual([
      { kind: "same", text: "{" },
      { kind: "same", text: '  "a": 1,' },
      { kind: "removed", text: '  "b": 2' },
      { kind: "added", text: '  "b": 3' },
      { kind: "same", text: "}" },
    ]);
  });

  it("takes another order of members for no change, and writes policies in their usual order", () => {
    const lines = documentDiff(
      { Statement: [{ Action: "a", Effect: "Allow" }], Version: "1" },
      { Version: "1", Statement: [{ Effect: "Allow", Action: "a" }] },
    );
    expect(lines.every(({ kind }) => kind === "same")).toBe(true);
    expect(lines[1]?.text).toContain("Version");
  });

  it("of a new document is all added", () =>
    expect(documentDiff(null, { a: 1 }).every(({ kind }) => kind === "added")).toBe(true));
});
