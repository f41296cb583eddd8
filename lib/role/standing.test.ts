import { describe, expect, it } from "vitest";
import type { Change, ProviderState, RoleState, Snapshot } from "@/lib/plan/change";
import { standingOf } from "./standing";

const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "sts:AssumeRoleWithWebIdentity" }] };
const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const wanted = { name: "deploy", path: "/", trustPolicy: trust, description: "", maxSessionSeconds: 3600, boundaryArn: null, tags: { "trustdesk:managed": "true" } };
const createRole: Change = { kind: "create-role", arn: "arn:aws:iam::111122223333:role/deploy", before: null, after: wanted };
const putPolicy: Change = { kind: "put-inline-policy", roleName: "deploy", policyName: "deploy", before: null, after: policy };
const arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const createProvider: Change = { kind: "create-provider", url: "https://gitlab.com", audiences: ["a"], arn, before: null, after: { url: "https://gitlab.com", audiences: ["a"] } };
const addAudience: Change = { kind: "add-audience", arn, audience: "b", before: { audiences: ["a"] }, after: { audiences: ["a", "b"] } };

function snapshot({ role = null, provider = null }: { role?: Partial<RoleState> | null; provider?: string[] | null }): Snapshot {
  const made: RoleState = { ...wanted, arn: "arn:aws:iam::111122223333:role/deploy", uniqueId: "AROA1", createdAt: "", lastUsedAt: null, inlinePolicies: {}, attachedPolicies: [] };
  const state: ProviderState | null = provider && { arn, url: "gitlab.com", audiences: provider, thumbprints: [] };
  return {
    ...{ accountId: "111122223333", callerArn: null, provider: state, role: role && { ...made, ...role }, boundary: "none", readAt: "" },
    quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 1000, rolesUsed: 1, providers: 100, providersUsed: 1 },
  };
}

const ours = { tags: { "trustdesk:managed": "true", "trustdesk:apply": "request-1" } };
const isOurs = (role: RoleState) => role.tags["trustdesk:apply"] === "request-1";
const at = (change: Change, now: Snapshot) => standingOf(change, now, isOurs).at;

describe("where AWS stands to a change", () => {
  it("knows our role by its apply tag, and a stranger's by its lack", () => {
    expect(at(createRole, snapshot({}))).toBe("before");
    expect(at(createRole, snapshot({ role: ours }))).toBe("after");
    expect(at(createRole, snapshot({ role: {} }))).toBe("elsewhere");
    expect(at(createRole, snapshot({ role: { tags: { ...ours.tags, "trustdesk:apply": "request-2" } } }))).toBe("elsewhere");
    expect(at(createRole, snapshot({ role: { ...ours, maxSessionSeconds: 7200 } }))).toBe("elsewhere");
  });

  it("puts a policy on our role only", () => {
    expect(at(putPolicy, snapshot({ role: ours }))).toBe("before");
    expect(at(putPolicy, snapshot({ role: { ...ours, inlinePolicies: { deploy: policy } } }))).toBe("after");
    expect(at(putPolicy, snapshot({ role: { ...ours, inlinePolicies: { deploy: trust } } }))).toBe("elsewhere");
    expect(at(putPolicy, snapshot({ role: {} }))).toBe("elsewhere");
    expect(at(putPolicy, snapshot({}))).toBe("before");
  });

  it("compares a provider's audiences as a set", () => {
    expect(at(createProvider, snapshot({}))).toBe("before");
    expect(at(createProvider, snapshot({ provider: ["a"] }))).toBe("after");
    expect(at(createProvider, snapshot({ provider: ["other"] }))).toBe("elsewhere");
    expect(at(addAudience, snapshot({ provider: ["a"] }))).toBe("before");
    expect(at(addAudience, snapshot({ provider: ["b", "a"] }))).toBe("after");
    expect(at(addAudience, snapshot({ provider: ["c"] }))).toBe("elsewhere");
    expect(at(addAudience, snapshot({}))).toBe("elsewhere");
  });
});
