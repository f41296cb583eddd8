import { describe, expect, it } from "vitest";
import type { Change, ProviderState, RoleState, Snapshot } from "./change";
import { isOnlyProviderAhead, standingOf } from "./standing";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Action: "sts:AssumeRoleWithWebIdentity" }],
};
const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const wanted = {
  name: "deploy",
  path: "/",
  trustPolicy: trust,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: { "trustdesk:managed": "true" },
};
const createRole: Extract<Change, { kind: "create-role" }> = {
  kind: "create-role",
  arn: "arn:aws:iam::111122223333:role/deploy",
  before: null,
  after: wanted,
};
const putPolicy: Change = {
  kind: "put-inline-policy",
  roleName: "deploy",
  policyName: "deploy",
  before: null,
  after: policy,
};
const arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const createProvider: Change = {
  kind: "create-provider",
  url: "https://gitlab.com",
  audiences: ["a"],
  arn,
  before: null,
  after: { url: "https://gitlab.com", audiences: ["a"] },
};
const addAudience: Change = {
  kind: "add-audience",
  arn,
  audience: "b",
  before: { audiences: ["a"] },
  after: { audiences: ["a", "b"] },
};

function snapshot({
  role = null,
  provider = null,
}: {
  role?: Partial<RoleState> | null;
  provider?: string[] | null;
}): Snapshot {
  const made: RoleState = {
    ...wanted,
    arn: "arn:aws:iam::111122223333:role/deploy",
    uniqueId: "AROA1",
    createdAt: "",
    lastUsedAt: null,
    inlinePolicies: {},
    attachedPolicies: [],
  };
  const state: ProviderState | null = provider && { arn, url: "gitlab.com", audiences: provider, thumbprints: [] };
  return {
    accountId: "111122223333",
    callerArn: null,
    provider: state,
    role: role && { ...made, ...role },
    boundary: "none",
    readAt: "",
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
    expect(at(createRole, snapshot({ role: { tags: { ...ours.tags, "trustdesk:apply": "request-2" } } }))).toBe(
      "elsewhere",
    );
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

  it.each<[string, Change, Partial<RoleState>, Partial<RoleState>, Partial<RoleState>]>([
    [
      "the trust",
      { kind: "update-trust", roleName: "deploy", before: trust, after: policy },
      { trustPolicy: trust },
      { trustPolicy: policy },
      { trustPolicy: { ...policy, Statement: [] } },
    ],
    [
      "a boundary",
      { kind: "put-boundary", roleName: "deploy", before: "arn:a", after: "arn:b" },
      { boundaryArn: "arn:a" },
      { boundaryArn: "arn:b" },
      { boundaryArn: "arn:c" },
    ],
    [
      "a boundary that goes",
      { kind: "delete-boundary", roleName: "deploy", before: "arn:a", after: null },
      { boundaryArn: "arn:a" },
      { boundaryArn: null },
      { boundaryArn: "arn:c" },
    ],
    [
      "the settings",
      {
        kind: "update-role",
        roleName: "deploy",
        before: { description: "", maxSessionSeconds: 3600 },
        after: { description: "new", maxSessionSeconds: 3600 },
      },
      {},
      { description: "new" },
      { description: "newer" },
    ],
    [
      "a policy that goes",
      { kind: "delete-inline-policy", roleName: "deploy", policyName: "p", before: policy, after: null },
      { inlinePolicies: { p: policy } },
      { inlinePolicies: {} },
      { inlinePolicies: { p: trust } },
    ],
  ])("knows %s before, after and elsewhere", (_what, change, before, after, elsewhere) => {
    const stands = (held: Partial<RoleState>) => at(change, snapshot({ role: { ...ours, ...held } }));
    expect([before, after, elsewhere].map(stands)).toEqual(["before", "after", "elsewhere"]);
    expect(at(change, snapshot({ role: {} }))).toBe("elsewhere");
    expect(at(change, snapshot({}))).toBe(change.after === null ? "after" : "before");
  });

  it.each<[string, Change, (held: string[]) => string]>([
    [
      "attached",
      { kind: "attach-policy", roleName: "deploy", policyArn: "arn:p", before: null, after: "arn:p" },
      (held) => (held.includes("arn:p") ? "after" : "before"),
    ],
    [
      "detached",
      { kind: "detach-policy", roleName: "deploy", policyArn: "arn:p", before: "arn:p", after: null },
      (held) => (held.includes("arn:p") ? "before" : "after"),
    ],
  ])("knows a policy that is %s among others", (_what, change, expected) => {
    for (const held of [[], ["arn:q"], ["arn:q", "arn:p"]])
      expect(at(change, snapshot({ role: { ...ours, attachedPolicies: held } }))).toBe(expected(held));
  });

  it("tells what it found at the place, for whoever has to clean up", () => {
    const found = (change: Change, now: Snapshot) => standingOf(change, now, isOurs).found;
    const strangers = snapshot({ role: { description: "theirs" } });
    expect(found(putPolicy, snapshot({ role: { ...ours, inlinePolicies: { deploy: trust } } }))).toEqual(trust);
    expect(found(putPolicy, snapshot({ role: ours }))).toBeNull();
    expect(found(putPolicy, snapshot({}))).toBeNull();
    expect(found(createRole, strangers)).toEqual(strangers.role);
    expect(found(putPolicy, strangers)).toEqual(strangers.role);
    expect(found(addAudience, snapshot({ provider: ["c"] }))).toMatchObject({ arn, audiences: ["c"] });
    expect(found(addAudience, snapshot({}))).toBeNull();
    expect(found(createProvider, snapshot({ provider: ["other"] }))).toMatchObject({ audiences: ["other"] });
  });

  it("has a provider that is kept as it is always behind it", () => {
    const kept: Change = { kind: "keep-provider", arn, before: { audiences: ["a"] }, after: { audiences: ["a"] } };
    expect(standingOf(kept, snapshot({}), isOurs)).toEqual({ at: "after", found: { audiences: ["a"] } });
  });

  it("compares the named tags only", () => {
    const change: Change = {
      kind: "tag-role",
      roleName: "deploy",
      before: { owner: "pia" },
      after: { owner: "dora", team: "web" },
    };
    const tagged = (tags: Record<string, string>) =>
      at(change, snapshot({ role: { tags: { ...ours.tags, ...tags } } }));
    expect([
      tagged({ owner: "pia", cost: "1" }),
      tagged({ owner: "dora", team: "web", cost: "2" }),
      tagged({ owner: "eve" }),
    ]).toEqual(["before", "after", "elsewhere"]);
  });

  it("deletes the role that was planned, and none that took its name", () => {
    const change: Change = {
      kind: "delete-role",
      arn: createRole.arn,
      roleName: "deploy",
      before: { uniqueId: "AROA1", createdAt: "" },
      after: null,
    };
    expect([
      at(change, snapshot({ role: {} })),
      at(change, snapshot({})),
      at(change, snapshot({ role: { uniqueId: "AROA2" } })),
    ]).toEqual(["before", "after", "elsewhere"]);
  });

  it("deletes a provider that nobody is known to use", () => {
    const change: Change = { kind: "delete-provider", arn, before: { audiences: ["a"] }, after: null };
    const used = (providerUsers?: string[]) =>
      at(change, { ...snapshot({ provider: ["a"] }), ...(providerUsers ? { providerUsers } : {}) });
    expect([used([]), used(["other"]), used(), at(change, snapshot({}))]).toEqual([
      "before",
      "elsewhere",
      "elsewhere",
      "after",
    ]);
    expect(at(change, { ...snapshot({ provider: ["a", "b"] }), providerUsers: [] })).toBe("elsewhere");
  });

  it("takes over what was shown, and nothing newer", () => {
    const shown = { ...wanted, inlinePolicies: {} };
    const change: Change = {
      kind: "adopt-role",
      arn: createRole.arn,
      uniqueId: { before: "AROA1", after: "AROA1" },
      before: shown,
      after: { ...shown, description: "theirs" },
    };
    expect([
      at(change, snapshot({ role: { description: "theirs" } })),
      at(change, snapshot({ role: { description: "newer" } })),
      at(change, snapshot({})),
    ]).toEqual(["after", "elsewhere", "elsewhere"]);
    expect(at(change, snapshot({ role: { description: "theirs", uniqueId: "AROA2" } }))).toBe("elsewhere");
  });
});

describe("a plan that was made anew before the first call", () => {
  const plan = (...changes: Change[]) => ({ accountId: "111122223333", roleArn: createRole.arn, changes });
  const keep: Change = { kind: "keep-provider", arn, before: { audiences: ["a"] }, after: { audiences: ["a"] } };
  const decided = plan(createProvider, createRole, putPolicy);

  it("may lack what another apply has done to the shared provider meanwhile", () => {
    expect(isOnlyProviderAhead(decided, plan(keep, createRole, putPolicy), snapshot({ provider: ["a"] }))).toBe(true);
    expect(
      isOnlyProviderAhead(plan(addAudience, createRole), plan(keep, createRole), snapshot({ provider: ["a", "b"] })),
    ).toBe(true);
  });

  it.each<[string, Change[], string[] | null]>([
    ["the provider has other audiences", [addAudience, createRole, putPolicy], ["x"]],
    ["the provider is not there", [createRole, putPolicy], null],
    [
      "anything of the role is another",
      [keep, { ...createRole, after: { ...wanted, maxSessionSeconds: 7200 } }, putPolicy],
      ["a"],
    ],
    ["something is left away", [keep, createRole], ["a"]],
  ])("may not be another where %s", (_what, changes, audiences) => {
    expect(isOnlyProviderAhead(decided, plan(...changes), snapshot({ provider: audiences }))).toBe(false);
  });
});
