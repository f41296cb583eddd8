import { describe, expect, it } from "vitest";
import type { RoleDocument, RoleState, Snapshot } from "./change";
import type { Goal } from "./goal";
import { planFor } from "./goal";
import { nothingToDo } from "./nothing-to-do";

const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const role: RoleDocument = {
  name: "deploy",
  path: "/",
  trustPolicy: policy,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: {},
  inlinePolicies: { deploy: policy },
};
const held: RoleState = {
  ...role,
  arn: "arn:aws:iam::1:role/deploy",
  uniqueId: "AROA1",
  createdAt: "2026-01-02T00:00:00Z",
  lastUsedAt: null,
  attachedPolicies: [],
};
const desired = { accountId: "1", partition: "aws", issuer: "https://gitlab.com", audience: "aws", role };
const recorded = { uniqueId: "AROA1", baseVersion: 3, continues: [] };
const restore: Goal = { kind: "restore", desired, ...recorded };
const edit: Goal = { kind: "edit", desired, ...recorded };
const adopt: Goal = { kind: "adopt", desired, ours: role, ...recorded };
const wider: RoleDocument = { ...role, maxSessionSeconds: 7200 };

function holding(live: RoleState): Snapshot {
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
    rolesUsed: 1,
    providers: 100,
    providersUsed: 1,
  };
  return { accountId: "1", callerArn: null, provider, role: live, boundary: "none", quotas, readAt: "" };
}

function word(goal: Goal, live: RoleState, version: RoleDocument | null = role): string | null {
  const { plan } = planFor(goal, holding(live), null);
  if (!plan) throw new Error("no plan");
  return nothingToDo(goal, plan, version);
}

describe("a change that changes nothing is not worth a request", () => {
  it.each<[string, Goal, RoleState, string]>([
    ["an edit without a change", edit, held, "Nothing is changed yet."],
    [
      "ours put back where AWS agrees",
      restore,
      held,
      "AWS agrees with the recorded version: there is nothing to put back.",
    ],
    ["AWS's taken where it agrees", adopt, held, "AWS agrees with the recorded version: there is nothing to take."],
  ])("%s", (_what, goal, live, reason) => {
    expect(word(goal, live)).toBe(reason);
  });
});

describe("a request is worth making", () => {
  it.each<[string, Goal, RoleState]>([
    ["for an edit that changes AWS", { ...edit, desired: { ...desired, role: wider } }, held],
    [
      "for an edit that AWS has already, since the record has not",
      { ...edit, desired: { ...desired, role: wider } },
      { ...held, maxSessionSeconds: 7200 },
    ],
    ["for an edit back to the record where AWS has drifted", edit, { ...held, maxSessionSeconds: 7200 }],
    ["for drift that is put back", restore, { ...held, maxSessionSeconds: 7200 }],
    ["for drift that is taken", adopt, { ...held, maxSessionSeconds: 7200 }],
    [
      "for a role made again by hand with the same documents: it is another role",
      adopt,
      { ...held, uniqueId: "AROA2" },
    ],
    ["for what goes on from a failed request: its end is not recorded yet", { ...restore, continues: ["r0"] }, held],
  ])("%s", (_what, goal, live) => {
    expect(word(goal, live)).toBeNull();
  });

  it("for a role that is gone already: its record ends", () => {
    const { role: _role, ...place } = desired;
    const going = { ...place, roleName: "deploy", roleArn: held.arn, removeProvider: false };
    const { plan } = planFor(
      { kind: "remove", ...going, ...recorded },
      { ...holding(held), role: null, provider: null },
    );
    expect(plan?.changes).toEqual([]);
    expect(plan && nothingToDo({ kind: "remove", ...going, ...recorded }, plan, role)).toBeNull();
  });
});
