import { describe, expect, it } from "vitest";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import type { Change, ProviderState, RoleDocument, RoleState, Snapshot } from "./change";
import { hoursWords } from "./describe";
import { planRole } from "./diff";
import type { Difference } from "./drift";
import { comparableDifference, driftOf } from "./drift";
import { changesBetween } from "./edit";
import { goalKinds, goalWords } from "./goal-words";
import { differsFromRecord, liveStates } from "./live-state";
import { comparableChange, samePolicyOrNone } from "./same";
import { isOnlyProviderAhead, standingOf } from "./standing";

const listed: RawPolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] }],
};
/** The same, as somebody else writes it. */
const single: RawPolicy = {
  Statement: { Resource: "*", Action: "s3:GetObject", Effect: "Allow" },
  Version: "2012-10-17",
};
const another: RawPolicy = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "s3:PutObject", Resource: "*" },
};
const roleName = "deploy";

function document(policy: RawPolicy, more: Partial<RoleDocument> = {}): RoleDocument {
  return {
    name: roleName,
    path: "/",
    trustPolicy: policy,
    description: "",
    maxSessionSeconds: 3600,
    boundaryArn: null,
    tags: {},
    inlinePolicies: { deploy: policy },
    ...more,
  };
}

function live(policy: RawPolicy, more: Partial<RoleState> = {}): RoleState {
  return {
    ...document(policy),
    arn: "arn:r",
    uniqueId: "AROA1",
    createdAt: "",
    lastUsedAt: null,
    attachedPolicies: [],
    ...more,
  };
}

function snapshot(role: RoleState | null, provider: ProviderState | null = null): Snapshot {
  return {
    accountId: "1",
    callerArn: null,
    provider,
    role,
    boundary: "none",
    quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 9, rolesUsed: 1, providers: 9, providersUsed: 1 },
    readAt: "",
  };
}

const { inlinePolicies: _own, ...bareListed } = document(listed);
const { inlinePolicies: _other, ...bareSingle } = document(single);
const { inlinePolicies: _third, ...bareAnother } = document(another);
const created = (after: typeof bareListed): Change => ({ kind: "create-role", arn: "arn:r", before: null, after });
const adopted = (policy: RawPolicy): Change => ({
  kind: "adopt-role",
  arn: "arn:r",
  uniqueId: { before: "AROA1", after: "AROA1" },
  before: document(policy),
  after: document(policy, { description: "theirs" }),
});
const put = (after: RawPolicy): Change => ({
  kind: "put-inline-policy",
  roleName,
  policyName: "deploy",
  before: null,
  after,
});
const removed = (before: RawPolicy): Change => ({
  kind: "delete-inline-policy",
  roleName,
  policyName: "deploy",
  before,
  after: null,
});
const trusted = (before: RawPolicy, after: RawPolicy): Change => ({ kind: "update-trust", roleName, before, after });

describe("changes that do the same", () => {
  it.each<[string, Change, Change, Change]>([
    ["a new role", created(bareListed), created(bareSingle), created(bareAnother)],
    ["a role taken over", adopted(listed), adopted(single), adopted(another)],
    ["a policy put on", put(listed), put(single), put(another)],
    ["a policy taken off", removed(listed), removed(single), removed(another)],
    ["a trust, before", trusted(listed, another), trusted(single, another), trusted(another, another)],
    ["a trust, after", trusted(another, listed), trusted(another, single), trusted(another, another)],
  ])("are equal whatever the shape of their policies: %s", (_what, one, same, other) => {
    expect(comparableChange(same)).toEqual(comparableChange(one));
    expect(comparableChange(other)).not.toEqual(comparableChange(one));
  });

  it("are others where only a policy of the role is another", () => {
    const taken = (deploy: RawPolicy): Change => ({
      kind: "adopt-role",
      arn: "arn:r",
      uniqueId: { before: "AROA1", after: "AROA1" },
      before: document(listed, { inlinePolicies: { deploy } }),
      after: document(listed),
    });
    expect(comparableChange(taken(single))).toEqual(comparableChange(taken(listed)));
    expect(comparableChange(taken(another))).not.toEqual(comparableChange(taken(listed)));
  });

  it("stay what they are where they hold no policy", () => {
    const boundary: Change = { kind: "put-boundary", roleName, before: null, after: "arn:b" };
    expect(comparableChange(boundary)).toEqual(boundary);
  });

  it("know no policy from one", () => {
    expect(samePolicyOrNone(null, null)).toBe(true);
    expect(samePolicyOrNone(listed, null)).toBe(false);
    expect(samePolicyOrNone(null, listed)).toBe(false);
    expect(samePolicyOrNone(listed, single)).toBe(true);
  });
});

describe("where AWS stands does not depend on how a policy is written", () => {
  const at = (change: Change, role: RoleState) => standingOf(change, snapshot(role), () => true);

  it.each<[string, Change, Partial<RoleState>, "before" | "after" | "elsewhere"]>([
    ["a trust that is there", trusted(another, listed), { trustPolicy: single }, "after"],
    ["a trust that is not", trusted(listed, another), { trustPolicy: single }, "before"],
    ["a third trust", trusted(listed, single), { trustPolicy: another }, "elsewhere"],
    ["a policy that is there", put(listed), { inlinePolicies: { deploy: single } }, "after"],
    ["a policy that is not", put(listed), { inlinePolicies: {} }, "before"],
    ["another policy", put(listed), { inlinePolicies: { deploy: another } }, "elsewhere"],
    ["a policy that must go", removed(listed), { inlinePolicies: { deploy: single } }, "before"],
    ["a policy that is gone", removed(listed), { inlinePolicies: {} }, "after"],
    ["another that would go", removed(listed), { inlinePolicies: { deploy: another } }, "elsewhere"],
  ])("%s", (_what, change, held, expected) => expect(at(change, live(listed, held)).at).toBe(expected));

  it("shows what is there, for whoever has to clean up", () => {
    expect(at(trusted(listed, single), live(another)).found).toEqual(another);
    expect(at(removed(listed), live(another)).found).toEqual(another);
  });

  it("compares the audiences of a provider as a set", () => {
    const provider = { arn: "arn:p", url: "gitlab.com", audiences: ["b", "a", "c"], thumbprints: [] };
    const audiences = ["c", "b", "a"];
    const removal: Change = { kind: "delete-provider", arn: "arn:p", before: { audiences }, after: null };
    expect(standingOf(removal, { ...snapshot(null, provider), providerUsers: [] }, () => false).at).toBe("before");
    const used = standingOf(removal, { ...snapshot(null, provider), providerUsers: ["web"] }, () => false);
    expect(used).toEqual({ at: "elsewhere", found: { provider, providerUsers: ["web"] } });
  });

  it("takes no plan for the decided one while one of its provider's steps is not done", () => {
    const provider = { arn: "arn:p", url: "gitlab.com", audiences: ["a"], thumbprints: [] };
    const kept: Change = {
      kind: "keep-provider",
      arn: "arn:p",
      before: { audiences: ["a"] },
      after: { audiences: ["a"] },
    };
    const added: Change = {
      kind: "add-audience",
      arn: "arn:p",
      audience: "b",
      before: { audiences: ["a"] },
      after: { audiences: ["a", "b"] },
    };
    const plan = (...changes: Change[]) => ({ accountId: "1", roleArn: "arn:r", changes });
    expect(isOnlyProviderAhead(plan(kept, added), plan(kept), snapshot(null, provider))).toBe(false);
  });
});

describe("differences that say the same", () => {
  const about = (what: "trust-policy" | "inline-policy", ours: RawPolicy | null, theirs: RawPolicy): Difference =>
    what === "trust-policy"
      ? { what, sentence: "", ours: ours ?? another, theirs }
      : { what, sentence: "", ours, theirs };

  it.each(["trust-policy", "inline-policy"] as const)("are equal whatever the shape of the %s", (what) => {
    const one = comparableDifference(about(what, listed, another));
    expect(comparableDifference(about(what, single, another))).toEqual(one);
    expect(comparableDifference(about(what, another, another))).not.toEqual(one);
    expect(comparableDifference(about(what, listed, single))).toEqual(
      comparableDifference(about(what, single, listed)),
    );
    expect(comparableDifference(about(what, listed, single))).not.toEqual(one);
  });

  it("know no policy from one, and leave all else as it is but for the words", () => {
    const none = comparableDifference(about("inline-policy", null, listed));
    expect(none).toMatchObject({ ours: null });
    expect(none).toEqual(comparableDifference(about("inline-policy", null, single)));
    const tags = { what: "tags" as const, ours: { a: "1" }, theirs: {} };
    expect(comparableDifference({ ...tags, sentence: "s" })).toEqual(tags);
  });

  it("are said of every tag, and of a boundary that was replaced", () => {
    const recorded = document(listed, { tags: { a: "1", b: "2" }, boundaryArn: "arn:a" });
    const found = driftOf({ document: recorded, uniqueId: null }, live(listed, { boundaryArn: "arn:b" }), null);
    expect(found.map(({ what, sentence }) => [what, sentence])).toEqual([
      ["tags", "Trustdesk's tags a, b were changed in AWS."],
      ["boundary", "The permissions boundary was replaced in AWS."],
    ]);
  });
});

describe("policies in an order of their own", () => {
  const names = ["c", "a", "b", "e", "d"];
  const inlinePolicies = Object.fromEntries(names.map((name) => [name, listed]));
  const sorted = [...names].sort();

  it("are put on a new role in the alphabet's, so that equal wishes give equal plans", () => {
    const role = document(listed, { inlinePolicies, attachedPolicies: names });
    const planned = planRole(
      { accountId: "1", partition: "aws", issuer: "https://gitlab.com", audience: "a", role },
      snapshot(null),
    );
    expect(planned.plan?.changes.flatMap((change) => ("policyName" in change ? [change.policyName] : []))).toEqual(
      sorted,
    );
    expect(planned.plan?.changes.flatMap((change) => ("policyArn" in change ? [change.policyArn] : []))).toEqual(
      sorted,
    );
  });

  it("are taken off and put on in the alphabet's", () => {
    const arns = (changes: Change[]) => changes.flatMap((change) => ("policyArn" in change ? [change.policyArn] : []));
    expect(arns(changesBetween(live(listed, { attachedPolicies: names }), document(listed)))).toEqual(sorted);
    expect(arns(changesBetween(live(listed), document(listed, { attachedPolicies: names })))).toEqual(sorted);
  });
});

it.each([
  [3600, "1 hour"],
  [5400, "1.5 hours"],
  [43_200, "12 hours"],
  [4800, "1 hour 20 minutes"],
  [3661, "1 hour 1 minute 1 second"],
  [7202, "2 hours 2 seconds"],
])("a session of %i s is %s", (seconds, words) => expect(hoursWords(seconds)).toBe(words));

it("what was recorded is not what AWS holds where AWS drifted, or the role is gone", () => {
  expect(liveStates.filter(differsFromRecord)).toEqual(["drifted", "gone"]);
});

it("each kind of request has words of its own", () => {
  expect(new Set(goalKinds.map((kind) => goalWords[kind])).size).toBe(goalKinds.length);
});
