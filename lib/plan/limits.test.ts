import { describe, expect, it } from "vitest";
import { trustLength } from "@/lib/iam/budget";
import type { RoleDocument, RoleState, Snapshot } from "./change";
import type { DesiredRole, PlanProblem } from "./diff";
import { limitProblems, planRole, providerChanges, takesTokens } from "./diff";
import { planAdoption, planEdit, strangersRole } from "./edit";
import { planRemoval } from "./removal";

const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const providerArn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const provider = { arn: providerArn, url: "gitlab.com", audiences: ["aws"], thumbprints: [] };
const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow" as const,
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { "gitlab.com:aud": ["aws", "more"] } },
    },
  ],
};
const role: RoleDocument = {
  name: "deploy",
  path: "/ci/",
  trustPolicy: trust,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: {},
  inlinePolicies: { deploy: policy },
};
const desired: DesiredRole = {
  accountId: "111122223333",
  partition: "aws",
  issuer: "https://gitlab.com",
  audience: "aws",
  role,
};
const quotas = {
  trustPolicy: 2048,
  inlinePolicies: 10_240,
  roles: 1000,
  rolesUsed: 0,
  providers: 100,
  providersUsed: 0,
};
const empty: Snapshot = {
  accountId: "111122223333",
  callerArn: null,
  provider: null,
  role: null,
  boundary: "none",
  quotas,
  readAt: "",
};
const live: RoleState = {
  ...role,
  arn: "arn:aws:iam::111122223333:role/ci/deploy",
  uniqueId: "AROA1",
  createdAt: "2025-01-02T03:04:05Z",
  lastUsedAt: null,
  attachedPolicies: [],
};
const length = trustLength(policy);
const trusted = trustLength(trust);
const audiences = (count: number) => ({ ...provider, audiences: Array.from({ length: count }, (_, at) => `a${at}`) });

function problems(snapshot: Partial<Snapshot>, wanted: Partial<DesiredRole> = {}): PlanProblem[] {
  const planned = planRole({ ...desired, ...wanted }, { ...empty, ...snapshot });
  return planned.ok ? [] : planned.problems;
}

/** The quotas are those of IAM's user guide, "IAM and AWS STS quotas"; an account may have raised some. */
describe("what AWS would refuse is said before, in its numbers", () => {
  it.each<[string, Partial<Snapshot>, Partial<DesiredRole>, PlanProblem]>([
    [
      "another account's reading",
      { accountId: "444455556666" },
      {},
      { field: "account", reason: "AWS was read in account 444455556666, but the role is for 111122223333." },
    ],
    [
      "a boundary that is not there",
      { boundary: "missing" },
      { role: { ...role, boundaryArn: "arn:edge" } },
      { field: "boundary", reason: "The boundary arn:edge does not exist in this account." },
    ],
    [
      "a trust that is too long",
      { quotas: { ...quotas, trustPolicy: trusted - 1 } },
      {},
      {
        field: "trust",
        reason: `The trust policy has ${trusted} characters without white space; this account allows ${trusted - 1}. Choose fewer refs, or a pattern.`,
      },
    ],
    [
      "inline policies that are too long",
      { quotas: { ...quotas, inlinePolicies: 1234 } },
      { role: { ...role, inlinePolicies: { deploy: { ...policy, Id: "i".repeat(5000) } } } },
      {
        field: "permissions",
        reason: `The inline policies have ${(5000 + length + '"Id":"",'.length).toLocaleString("en")} characters without white space; this account allows 1,234.`,
      },
    ],
    [
      "one role too many",
      { quotas: { ...quotas, rolesUsed: 1000 } },
      {},
      { field: "account", reason: "The account holds 1,000 roles, which is its quota." },
    ],
    [
      "one provider too many",
      { quotas: { ...quotas, providersUsed: 100 } },
      {},
      { field: "account", reason: "The account holds 100 OIDC providers, which is its quota." },
    ],
    [
      "one audience too many",
      { provider: audiences(100) },
      {},
      { field: "account", reason: "The account's provider has 100 audiences, which is IAM's limit." },
    ],
    [
      "a name that is taken",
      { role: live },
      {},
      {
        field: "roleName",
        reason:
          "A role named deploy exists in this account already. Trustdesk does not overwrite it: choose another name.",
        roleArn: live.arn,
      },
    ],
  ])("%s", (_what, snapshot, wanted, problem) => {
    expect(problems(snapshot, wanted)).toEqual([problem]);
  });

  it.each<[string, Partial<Snapshot>, Partial<DesiredRole>]>([
    ["documents that just fit", { quotas: { ...quotas, trustPolicy: trusted, inlinePolicies: length } }, {}],
    ["the last role", { quotas: { ...quotas, rolesUsed: 999 } }, {}],
    ["the last provider", { quotas: { ...quotas, providersUsed: 99 } }, {}],
    ["the last audience", { provider: audiences(99) }, {}],
    [
      "a provider that is there, in an account full of them",
      { provider, quotas: { ...quotas, providersUsed: 100 } },
      {},
    ],
    ["an audience that is there, in a provider full of them", { provider: audiences(100) }, { audience: "a7" }],
    ["a boundary that is there", { boundary: "exists" }, { role: { ...role, boundaryArn: "arn:edge" } }],
    ["no boundary where none is wanted", { boundary: "missing" }, {}],
  ])("but not %s", (_what, snapshot, wanted) => {
    expect(problems(snapshot, wanted)).toEqual([]);
  });

  it("shows the changes all the same where only a limit is in the way", () => {
    const planned = planRole(desired, { ...empty, quotas: { ...quotas, rolesUsed: 1000 } });
    expect(planned.plan?.changes.map(({ kind }) => kind)).toEqual([
      "create-provider",
      "create-role",
      "put-inline-policy",
    ]);
    const edited = planEdit(
      { ...desired, role: { ...role, description: "new" } },
      { ...empty, role: live, quotas: { ...quotas, trustPolicy: 1 } },
      () => true,
    );
    expect(edited).toMatchObject({ ok: false, plan: { roleArn: live.arn } });
  });

  it("tells everything at once", () => {
    const all = limitProblems(desired, {
      ...empty,
      accountId: "1",
      quotas: { ...quotas, trustPolicy: 1, inlinePolicies: 1 },
    });
    expect(all.map(({ field }) => field)).toEqual(["account", "trust", "permissions"]);
  });
});

describe("the account's provider", () => {
  it("is made with the scheme that IAM asks for, or given the audience beside those it has", () => {
    expect(providerChanges(desired, empty)).toEqual([
      {
        kind: "create-provider",
        url: "https://gitlab.com",
        audiences: ["aws"],
        arn: providerArn,
        before: null,
        after: { url: "https://gitlab.com", audiences: ["aws"] },
      },
    ]);
    expect(providerChanges({ ...desired, audience: "more" }, { ...empty, provider })).toEqual([
      {
        kind: "add-audience",
        arn: providerArn,
        audience: "more",
        before: { audiences: ["aws"] },
        after: { audiences: ["aws", "more"] },
      },
    ]);
    expect(providerChanges(desired, { ...empty, provider })).toEqual([
      { kind: "keep-provider", arn: providerArn, before: { audiences: ["aws"] }, after: { audiences: ["aws"] } },
    ]);
  });

  it("is none of the role's business where its trust lets in none of the provider's tokens; one that names no audience leaves it to the jobs", () => {
    const stranger = {
      ...trust,
      Statement: { Effect: "Allow" as const, Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
    };
    const open = { ...trust, Statement: trust.Statement.map(({ Condition: _, ...statement }) => statement) };
    const wanting = (trustPolicy: RoleDocument["trustPolicy"]) => ({
      ...desired,
      audience: "more",
      role: { ...role, trustPolicy },
    });
    expect(providerChanges(wanting(stranger), empty)).toEqual([]);
    expect(providerChanges(wanting(stranger), { ...empty, provider })).toEqual([]);
    expect(providerChanges(wanting(open), { ...empty, provider }).map(({ kind }) => kind)).toEqual(["add-audience"]);
    expect(limitProblems(wanting(stranger), { ...empty, quotas: { ...quotas, providersUsed: 100 } })).toEqual([]);
  });

  const trusting = (operator: string, aud: string | string[]) => ({
    ...policy,
    Statement: [
      {
        Effect: "Allow" as const,
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { [operator]: { "gitlab.com:aud": aud } },
      },
    ],
  });
  it.each([
    ["the audience that it has", trusting("StringEquals", "aws"), true],
    ["one of several that it has", trusting("StringEquals", ["other", "aws"]), true],
    ["another than it has", trusting("StringEquals", "other"), false],
    ["a pattern: what it takes is not told here", trusting("StringLike", "https://*"), true],
    ["no audience", policy, true],
  ])("takes the tokens of a trust that asks for %s: %s", (_what, trust, expected) => {
    expect(takesTokens(provider, trust, providerArn)).toBe(expected);
    expect(takesTokens(null, trust, providerArn)).toBe(false);
  });
});

describe("a role that is not what was recorded", () => {
  const reasonOf = (planned: ReturnType<typeof planEdit>) => (planned.ok ? [] : planned.problems);

  it("is told by its name where it is gone", () => {
    expect(reasonOf(planEdit(desired, empty, () => true))).toEqual([
      {
        field: "roleName",
        reason: "AWS holds no role named deploy any more: put ours back first, or remove it from Trustdesk.",
      },
    ]);
    expect(reasonOf(planAdoption({ desired, ours: role, uniqueId: null }, empty))).toEqual([
      { field: "roleName", reason: "AWS holds no role named deploy any more." },
    ]);
  });

  it("is a stranger's, with the day it was made and what to do", () => {
    expect(strangersRole(live)).toEqual({
      field: "roleName",
      reason:
        "The role deploy in AWS is another one than Trustdesk recorded: it was made on 2025-01-02 by somebody else. Trustdesk does not touch it: take AWS's version first, if it is meant to be the role, or delete it in AWS.",
      roleArn: live.arn,
    });
  });

  it("is recorded at the ARN that it has in the account", () => {
    const planned = planAdoption({ desired, ours: role, uniqueId: "AROA0" }, { ...empty, role: live });
    expect(planned.ok).toBe(true);
    expect(planned.plan).toMatchObject({ accountId: "111122223333", roleArn: live.arn });
    expect(planned.plan?.changes[0]).toMatchObject({ arn: live.arn, uniqueId: { before: "AROA0", after: "AROA1" } });
  });

  it("is not removed in another account than was read", () => {
    const removal = { ...desired, roleName: "deploy", roleArn: live.arn, removeProvider: false };
    expect(planRemoval(removal, { ...empty, accountId: "444455556666", role: live }, () => true)).toEqual({
      ok: false,
      plan: null,
      problems: [
        { field: "account", reason: "AWS was read in account 444455556666, but the role is in 111122223333." },
      ],
    });
    expect(planRemoval(removal, { ...empty, role: live }, () => false)).toEqual({
      ok: false,
      plan: null,
      problems: [strangersRole(live)],
    });
  });
});
