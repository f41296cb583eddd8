import { describe, expect, it } from "vitest";
import { inlineLength, trustLength } from "@/lib/iam/budget";
import type { RawPolicy, RawStatement } from "@/lib/iam/policy-schema";
import { readPolicy, samePolicy } from "@/lib/iam/policy-schema";
import type { Change, RoleDocument, RoleState } from "./change";
import { planDigest } from "./digest";
import { driftOf } from "./drift";
import { changesBetween, documentOf } from "./edit";
import { samePolicyOrNone } from "./same";
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
const open: RawPolicy = {
  ...normalised,
  Statement: { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "sts:AssumeRole" },
};
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
    expect(driftOf(recorded, live(other), null)).toEqual([]);
    expect(driftOf(recorded, live(open), null).map(({ what }) => what)).toEqual(["trust-policy", "inline-policy"]);
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

describe("what AWS writes anew by itself", () => {
  const principals = (AWS: string | string[]): RawPolicy => ({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS, Service: ["a.amazonaws.com", "b.amazonaws.com"] },
      Action: "sts:*",
    },
  });
  const sent = principals(["444455556666", "111122223333"]);
  const answered: RawPolicy = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: {
        Service: ["b.amazonaws.com", "a.amazonaws.com"],
        AWS: ["arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root"],
      },
      Action: "sts:*",
    },
  };

  it("is nothing to change, and the change is made", async () => {
    expect(changesBetween(live(answered), role(sent))).toEqual([]);
    expect(samePolicyOrNone(sent, answered)).toBe(true);
    expect(await digest(sent)).toBe(await digest(answered));
  });

  it("does not hide that somebody else is named, or that everybody is", () => {
    expect(samePolicyOrNone(sent, principals(["444455556666"]))).toBe(false);
    const everybody: RawPolicy = { Statement: { Effect: "Allow", Principal: "*", Action: "sts:*" } };
    const accounts: RawPolicy = { Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:*" } };
    expect(samePolicyOrNone(everybody, accounts)).toBe(false);
  });
});

describe("writing that AWS keeps", () => {
  it("is written where somebody wants it otherwise, and is no drift", () => {
    const named: RawPolicy = {
      ...open,
      Statement: { ...(open.Statement as RawStatement), Sid: "Ops", Action: "STS:AssumeRole" },
    };
    expect(changesBetween(live(open), role(named)).map(({ kind }) => kind)).toEqual([
      "update-trust",
      "put-inline-policy",
    ]);
    expect(driftOf({ document: role(named), uniqueId: "AROA1" }, live(open), null)).toEqual([]);
  });
});

describe("tags of a role", () => {
  const tagged = (tags: Record<string, string>) => ({ ...live(open), tags });
  const document = { ...role(open), tags: { "trustdesk:managed": "true" } };
  const drift = (tags: Record<string, string>) => driftOf({ document, uniqueId: "AROA1" }, tagged(tags), null);

  it("have keys without letter case, and values with it", () => {
    expect(drift({ "Trustdesk:Managed": "true" })).toEqual([]);
    expect(drift({ "Trustdesk:Managed": "True" })).toEqual([
      expect.objectContaining({ ours: { "trustdesk:managed": "true" }, theirs: { "trustdesk:managed": "True" } }),
    ]);
    expect(drift({})).toEqual([expect.objectContaining({ theirs: {} })]);
  });

  it("are taken over in Trustdesk's own spelling", () => {
    expect(documentOf(tagged({ "TRUSTDESK:Owner": "pia", other: "x" })).tags).toEqual({ "trustdesk:owner": "pia" });
  });
});
