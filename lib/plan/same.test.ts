import { describe, expect, it } from "vitest";
import { inlineLength, trustLength } from "@/lib/iam/budget";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy, samePolicy } from "@/lib/iam/policy-schema";
import type { Change, RoleDocument, RoleState } from "./change";
import { planDigest } from "./digest";
import { driftOf } from "./drift";
import { standingOf } from "./standing";

const byHand: RawPolicy = {
  Statement: {
    Condition: { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "aws:MultiFactorAuthAge": [300] } },
    Action: ["sts:AssumeRole"],
    Effect: "Allow",
    Principal: { AWS: ["111122223333"] },
  },
  Version: "2012-10-17",
};
/** The same, as older rows keep it. */
const normalised: RawPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "111122223333" },
      Action: "sts:AssumeRole",
      Condition: { Bool: { "aws:SecureTransport": "true" }, NumericLessThan: { "aws:MultiFactorAuthAge": "300" } },
    },
  ],
};
const other: RawPolicy = { ...normalised, Version: "2008-10-17" };
const role = (trustPolicy: RawPolicy): RoleDocument => ({
  name: "web",
  path: "/",
  trustPolicy,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: {},
  inlinePolicies: { deploy: trustPolicy },
});
const live = (trustPolicy: RawPolicy): RoleState => ({
  ...role(trustPolicy),
  arn: "arn:aws:iam::1:role/web",
  uniqueId: "AROA1",
  createdAt: "2026-01-02T00:00:00Z",
  lastUsedAt: null,
  attachedPolicies: [],
});
const update = (after: RawPolicy, before = other): Change => ({ kind: "update-trust", roleName: "web", before, after });
const digest = (after: RawPolicy) => planDigest({ accountId: "1", roleArn: "arn", changes: [update(after)] });

describe("policies that say the same in another shape", () => {
  it("are one policy, for the evaluator too", () => {
    expect(samePolicy(byHand, normalised)).toBe(true);
    expect(readPolicy(byHand).Statement[0]?.Condition).toEqual({
      Bool: { "aws:SecureTransport": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": ["300"] },
    });
    expect(samePolicy(byHand, other)).toBe(false);
    expect(samePolicy(normalised, { ...normalised, Statement: [] })).toBe(false);
  });

  it("are no drift, and nothing to do", () => {
    const recorded = { document: role(normalised), uniqueId: "AROA1" };
    expect(driftOf(recorded, live(byHand), null)).toEqual([]);
    expect(driftOf(recorded, live(other), null).map(({ what }) => what)).toEqual(["trust-policy", "inline-policy"]);
  });

  it("make one plan, and are there already where it is carried out", async () => {
    const snapshot = {
      accountId: "1",
      callerArn: null,
      provider: null,
      role: live(byHand),
      boundary: "none" as const,
      quotas: { trustPolicy: 1, inlinePolicies: 1, roles: 1, rolesUsed: 1, providers: 1, providersUsed: 1 },
      readAt: "",
    };
    expect(await digest(byHand)).toBe(await digest(normalised));
    expect(await digest(byHand)).not.toBe(await digest(other));
    expect(standingOf(update(normalised), snapshot, () => true).at).toBe("after");
    expect(standingOf(update(other, normalised), snapshot, () => true).at).toBe("before");
  });

  it("are counted as they are sent", () => {
    expect(trustLength(byHand)).toBe(JSON.stringify(byHand).length);
    expect(inlineLength([byHand, { ...normalised, Id: "a b" }])).toBe(
      JSON.stringify(byHand).length + JSON.stringify({ ...normalised, Id: "ab" }).length,
    );
  });
});
