import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Change, RoleState } from "@/lib/plan/change";
import type { Goal } from "@/lib/plan/goal";
import { awsAccountInMemory, refusalOfAws } from "@/lib/testing/aws-account";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import {
  allowing,
  firstDocument,
  gitlabProvider,
  requestInLine,
  trusting,
  unwanted,
  wanted,
} from "@/lib/testing/requests-in-line";
import { asWorker, auditedActions, playground, somebody } from "@/lib/testing/role-requests";
import { applyPlan } from "./apply-plan";

let databases: TestDatabase;
let pia: SignedInPerson;
let account: AwsAccountView;
let aws: ReturnType<typeof awsAccountInMemory>;
let number = 0;

beforeAll(async () => {
  databases = await testDatabase();
  pia = await somebody("pia", 11);
  account = await playground(pia);
});

afterAll(() => databases.drop());

beforeEach(() => {
  aws = awsAccountInMemory();
});

interface Prepared {
  goal: Goal;
  roleId?: string;
  originId?: string;
}

interface Scenario {
  what: string;
  prepare: (name: string) => Promise<Prepared>;
  /** The calls, in order. */
  calls: Change["kind"][];
  /** Steps that need no call. */
  unchanged?: number;
  asked: string;
  recorded: ("role-recorded" | "role-removed")[];
  /** The role's version afterwards; null where none is recorded any more. */
  version: number | null;
  /** What AWS must hold of the role afterwards; null for nothing. */
  live: Partial<RoleState> | null;
}

const boundary = "arn:aws:iam::777788889999:policy/edge";
const first = ({ live }: { live: RoleState }) => ({ uniqueId: live.uniqueId, baseVersion: 1 });
const other = (name: string) => ({
  ...firstDocument(name),
  ...{
    trustPolicy: trusting("project_path:acme/web:ref:release"),
    description: "second",
    maxSessionSeconds: 7200,
    boundaryArn: boundary,
  },
  ...{
    tags: { "trustdesk:managed": "true", "trustdesk:owner": "dora" },
    inlinePolicies: { deploy: allowing("s3:*"), extra: allowing("ecr:*") },
    attachedPolicies: ["arn:aws:iam::aws:policy/Second"],
  },
});
const firstLive = {
  description: "first",
  boundaryArn: null,
  inlinePolicies: { deploy: allowing("s3:GetObject"), old: allowing("s3:ListBucket") },
  attachedPolicies: ["arn:aws:iam::aws:policy/First"],
};
const secondLive = {
  description: "second",
  maxSessionSeconds: 7200,
  boundaryArn: boundary,
  inlinePolicies: { deploy: allowing("s3:*"), extra: allowing("ecr:*") },
  attachedPolicies: ["arn:aws:iam::aws:policy/Second"],
};
const makeRole = [
  "create-role",
  "put-inline-policy",
  "put-inline-policy",
  "attach-policy",
] as const satisfies Change["kind"][];
const clearRole = [
  "detach-policy",
  "delete-inline-policy",
  "delete-inline-policy",
  "delete-role",
] as const satisfies Change["kind"][];

const scenarios: Scenario[] = [
  {
    ...{
      what: "a new role",
      calls: ["create-provider", ...makeRole],
      asked: "role-request-submitted",
      recorded: ["role-recorded"],
      version: 1,
      live: firstLive,
    },
    prepare: (name) =>
      Promise.resolve({ goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [] } }),
  },
  {
    ...{
      what: "a change of everything",
      asked: "role-change-requested",
      recorded: ["role-recorded"],
      version: 2,
      live: secondLive,
      unchanged: 1,
    },
    calls: [
      "tag-role",
      "put-boundary",
      "update-trust",
      "detach-policy",
      "put-inline-policy",
      "put-inline-policy",
      "delete-inline-policy",
      "attach-policy",
      "update-role",
    ],
    prepare: async (name) => {
      const made = await recordedRole(name);
      return { goal: { kind: "edit", desired: wanted(other(name)), ...first(made), continues: [] }, roleId: made.id };
    },
  },
  {
    ...{
      what: "our version put back over a drifted role",
      asked: "role-restore-requested",
      recorded: ["role-recorded"],
      version: 2,
      live: firstLive,
    },
    calls: ["add-audience", "delete-boundary", "update-trust", "put-inline-policy"],
    prepare: async (name) => {
      const made = await recordedRole(name);
      Object.assign(made.live, {
        boundaryArn: boundary,
        trustPolicy: trusting("*"),
        inlinePolicies: { ...made.live.inlinePolicies, deploy: allowing("*") },
      });
      if (aws.held.provider) aws.held.provider.audiences = ["another"];
      return {
        goal: { kind: "restore", desired: wanted(firstDocument(name)), ...first(made), continues: [] },
        roleId: made.id,
      };
    },
  },
  {
    ...{
      what: "our version put back where the role is gone",
      calls: [...makeRole],
      unchanged: 1,
      asked: "role-restore-requested",
      recorded: ["role-recorded"],
      version: 2,
      live: firstLive,
    },
    prepare: async (name) => {
      const made = await recordedRole(name);
      aws.held.roles.delete(name);
      return {
        goal: { kind: "restore", desired: wanted(firstDocument(name)), ...first(made), continues: [] },
        roleId: made.id,
      };
    },
  },
  {
    ...{
      what: "our version put back where only the account's provider is gone",
      calls: ["create-provider"],
      asked: "role-restore-requested",
      recorded: ["role-recorded"],
      version: 2,
      live: firstLive,
    },
    prepare: async (name) => {
      const made = await recordedRole(name);
      aws.held.provider = null;
      return {
        goal: { kind: "restore", desired: wanted(firstDocument(name)), ...first(made), continues: [] },
        roleId: made.id,
      };
    },
  },
  {
    ...{
      what: "AWS's version taken over",
      calls: [],
      unchanged: 1,
      asked: "role-adoption-requested",
      recorded: ["role-recorded"],
      version: 2,
      live: { description: "theirs" },
    },
    prepare: async (name) => {
      const made = await recordedRole(name);
      made.live.description = "theirs";
      return {
        goal: {
          kind: "adopt",
          desired: wanted({ ...firstDocument(name), description: "theirs" }),
          ours: firstDocument(name),
          ...first(made),
        },
        roleId: made.id,
      };
    },
  },
  {
    ...{
      what: "a removal that keeps the provider",
      calls: [...clearRole],
      unchanged: 1,
      asked: "role-removal-requested",
      recorded: ["role-removed"],
      version: null,
      live: null,
    },
    prepare: async (name) => {
      const made = await recordedRole(name);
      return { goal: { kind: "remove", ...unwanted(name, false), ...first(made), continues: [] }, roleId: made.id };
    },
  },
  {
    ...{
      what: "a removal with the provider",
      calls: [...clearRole, "delete-provider"],
      asked: "role-removal-requested",
      recorded: ["role-removed"],
      version: null,
      live: null,
    },
    prepare: async (name) => {
      const made = await recordedRole(name);
      return { goal: { kind: "remove", ...unwanted(name, true), ...first(made), continues: [] }, roleId: made.id };
    },
  },
  {
    ...{
      what: "the undo of a failed apply",
      calls: ["delete-inline-policy", "delete-role", "delete-provider"],
      asked: "role-undo-requested",
      recorded: [],
      version: null,
      live: null,
    },
    prepare: async (name) => {
      const originId = await halfMade(name);
      return { goal: { kind: "undo", ...unwanted(name, true), continues: [originId] }, originId };
    },
  },
  {
    ...{
      what: "another try that goes on with a half-made role",
      calls: ["put-inline-policy", "attach-policy"],
      unchanged: 1,
      asked: "role-request-submitted",
      recorded: ["role-recorded"],
      version: 1,
      live: firstLive,
    },
    prepare: async (name) => {
      const originId = await halfMade(name);
      return { goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [originId] }, originId };
    },
  },
];

const moments = scenarios.flatMap((scenario) =>
  scenario.calls.flatMap((kind, index) =>
    (["before", "after"] as const).map((when) => ({ ...scenario, kind, index, when })),
  ),
);

describe("every kind of plan", () => {
  it.each(scenarios)("$what: applied, recorded and in the audit", async (scenario) => {
    const { id, name } = await ask(scenario);
    await apply(id, "worker-1");
    await expectDone(id, name, scenario);
  });

  it.each(moments)(
    "$what: a worker that dies $when call $index ($kind) is taken over without a duplicate",
    async (scenario) => {
      const { id, name } = await ask(scenario);
      dieAt(scenario);
      await expect(apply(id, "worker-1")).rejects.toThrow("the process died");
      expect((await stored(id)).state).toBe("applying");
      await apply(id, "worker-2");
      await expectDone(id, name, scenario);
    },
  );
});

describe("what the plan did not foresee", () => {
  it("stops before the first call when somebody else changed the role", async () => {
    const name = nextName();
    const { id: roleId, live } = await recordedRole(name);
    const id = await inLine({
      goal: { kind: "edit", desired: wanted(other(name)), uniqueId: live.uniqueId, baseVersion: 1, continues: [] },
      roleId,
    });
    await databases.prismaAs("worker").role.update({ where: { id: roleId }, data: { version: 2 } });
    await apply(id, "worker-1");
    expect(await stored(id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("Pia changed the role meanwhile: version 2.") as string,
    });
    expect(aws.held.calls).toEqual([]);
  });

  it.each(["before the first call", "while a dead worker's apply waits for another"])(
    "stops when the journal's steps become others than those of the plan that was decided on, %s",
    async (when) => {
      const scenario = scenarioOf("a new role");
      const { id } = await ask(scenario);
      if (when !== "before the first call") {
        dieAt({ index: scenario.calls.indexOf("create-role"), when: "after" });
        await expect(apply(id, "worker-0")).rejects.toThrow("the process died");
      }
      const called = [...aws.held.calls];
      const smuggled: Change = {
        kind: "attach-policy",
        roleName: "role",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        before: null,
        after: "arn:aws:iam::aws:policy/AdministratorAccess",
      };
      await databases
        .prismaAs("worker")
        .applyStep.update({ where: { requestId_index: { requestId: id, index: 4 } }, data: { change: smuggled } });
      await apply(id, "worker-1");
      expect(await stored(id)).toMatchObject({
        state: "failed",
        reason: expect.stringContaining("not those of the plan") as string,
      });
      expect(aws.held.calls).toEqual(called);
    },
  );

  it("keeps a provider that another role began to use", async () => {
    const { id } = await ask(scenarioOf("a removal with the provider"));
    aws.held.around = (change, when) => {
      const stranger = {
        ...firstDocument("stranger"),
        arn: "arn:stranger",
        uniqueId: "AROASTRANGER",
        createdAt: "",
        lastUsedAt: null,
        attachedPolicies: [],
      };
      if (change.kind === "delete-role" && when === "after") aws.held.roles.set("stranger", stranger);
    };
    await apply(id, "worker-1");
    expect(aws.held.provider?.arn).toBe(gitlabProvider);
    expect((await stored(id)).steps.map(({ state }) => state)).toEqual(["done", "done", "done", "done", "failed"]);
  });

  it("counts what somebody else deleted first as done", async () => {
    const { id, name } = await ask(scenarioOf("a removal that keeps the provider"));
    aws.held.around = (change, when) => {
      if (change.kind === "delete-role" && when === "before") aws.held.roles.delete(name);
    };
    await apply(id, "worker-1");
    expect((await stored(id)).state).toBe("applied");
  });

  it("does not touch a role that was deleted and made again by somebody", async () => {
    const { id, name } = await ask(scenarioOf("a removal that keeps the provider"));
    const role = aws.held.roles.get(name);
    aws.held.around = (change, when) => {
      if (role && change.kind === "delete-inline-policy" && when === "after")
        aws.held.roles.set(name, { ...role, uniqueId: "AROAOTHER", tags: {} });
    };
    await apply(id, "worker-1");
    expect(await stored(id)).toMatchObject({ state: "failed" });
    expect(aws.held.roles.get(name)?.uniqueId).toBe("AROAOTHER");
  });

  it("takes back what was known of a role that it changed only in part, and has it compared at once", async () => {
    const scenario = scenarioOf("a change of everything");
    const { id } = await ask(scenario);
    aws.held.around = (change, when) => {
      if (change.kind === "update-trust" && when === "before") throw refusalOfAws("AccessDenied", 403);
    };
    await sqlAs(databases.adminUrl, "DELETE FROM graphile_worker._private_jobs");
    await apply(id, "worker-1");
    const { state, roleId } = await stored(id);
    expect(state).toBe("failed");
    expect(await database().role.findUniqueOrThrow({ where: { id: roleId ?? "" } })).toMatchObject({
      liveState: "unknown",
      checkedAt: null,
      version: 1,
    });
    expect(await sqlAs(databases.adminUrl, "SELECT key FROM graphile_worker._private_jobs")).toEqual([
      { key: `check-role:${roleId ?? ""}` },
    ]);
  });

  it("goes on to tell, of a role that was taken over, that the account's provider takes no tokens for it", async () => {
    const name = nextName();
    const { id: roleId, live } = await recordedRole(name);
    live.description = "theirs";
    aws.held.provider = null;
    await apply(
      await inLine({
        goal: {
          kind: "adopt",
          desired: wanted({ ...firstDocument(name), description: "theirs" }),
          ours: firstDocument(name),
          uniqueId: live.uniqueId,
          baseVersion: 1,
        },
        roleId,
      }),
      "worker-1",
    );
    expect(await database().role.findUniqueOrThrow({ where: { id: roleId } })).toMatchObject({
      version: 2,
      liveState: "drifted",
      drift: [{ what: "provider" }],
      driftSince: expect.any(Date) as Date,
    });
  });

  it("gives a name whose role vanished behind our back to the project that asks for it now", async () => {
    const name = nextName();
    const { id: oldId } = await recordedRole(name);
    aws.held.roles.delete(name);
    const project = { id: 8100, path: "acme/other" };
    const id = await requestInLine(
      { kind: "create", desired: wanted(firstDocument(name)), continues: [] },
      { person: pia, account, reader: aws.reader, project },
    );
    await apply(id, "worker-1");
    expect(await database().role.findUniqueOrThrow({ where: { id: oldId } })).toMatchObject({
      projectId: 7091,
      removedAt: expect.any(Date) as Date,
    });
    expect(await database().role.findFirstOrThrow({ where: { name, removedAt: null } })).toMatchObject({
      projectId: 8100,
      version: 1,
    });
    expect((await auditedActions(databases, id)).slice(-3)).toEqual([
      "apply-finished",
      "role-removed",
      "role-recorded",
    ]);
  });
});

const nextName = () => `role-${(number += 1)}`;
const stored = (id: string) =>
  database().roleRequest.findUniqueOrThrow({ where: { id }, include: { steps: { orderBy: { index: "asc" } } } });

function scenarioOf(what: string): Scenario {
  const found = scenarios.find((scenario) => scenario.what === what);
  if (!found) throw new Error(`No scenario ${what}`);
  return found;
}

function inLine({ goal, roleId, originId }: Prepared): Promise<string> {
  return requestInLine(goal, {
    person: pia,
    account,
    reader: aws.reader,
    roleId: roleId ?? null,
    originId: originId ?? null,
  });
}

/** Prepares the account, and asks; what the preparation called does not count. */
async function ask({ prepare }: Scenario): Promise<{ id: string; name: string }> {
  const name = nextName();
  const id = await inLine(await prepare(name));
  aws.held.calls.length = 0;
  return { id, name };
}

function apply(requestId: string, workerId: string): Promise<void> {
  return asWorker(databases, () =>
    applyPlan(
      { requestId },
      {
        actor: { kind: "worker", workerId },
        clock: systemClock,
        connect: () => aws,
        stillStands: () => Promise.resolve({ ok: true }),
        lastTry: false,
      },
    ),
  );
}

/** A role that Trustdesk made, as AWS holds it. */
async function recordedRole(name: string): Promise<{ id: string; live: RoleState }> {
  await apply(
    await inLine({ goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [] } }),
    "worker-0",
  );
  aws.held.calls.length = 0;
  const live = aws.held.roles.get(name);
  if (!live) throw new Error("The role was not made");
  return { id: (await database().role.findFirstOrThrow({ where: { name, removedAt: null } })).id, live };
}

/** The id of a request that made the role and one of its two policies, and then failed. */
async function halfMade(name: string): Promise<string> {
  const id = await inLine({ goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [] } });
  aws.held.around = (change, when) => {
    if (change.kind === "put-inline-policy" && change.policyName === "old" && when === "before")
      throw refusalOfAws("AccessDenied", 403);
  };
  await apply(id, "worker-0");
  aws.held.around = () => undefined;
  return id;
}

function dieAt({ index, when: at }: { index: number; when: "before" | "after" }): void {
  let seen = -1;
  aws.held.around = (_change, when) => {
    if (when === "before") seen += 1;
    if (when !== at || seen !== index) return;
    aws.held.around = () => undefined;
    throw new Error("the process died");
  };
}

async function expectDone(
  id: string,
  name: string,
  { calls, unchanged = 0, asked, recorded, version, live }: Scenario,
): Promise<void> {
  expect(aws.held.calls).toEqual(calls);
  const request = await stored(id);
  expect(request.state).toBe("applied");
  expect(request.steps.filter(({ state }) => state === "unchanged")).toHaveLength(unchanged);
  expect(request.steps.filter(({ state }) => state === "done")).toHaveLength(calls.length);
  const steps = new Array<string>(calls.length + unchanged).fill("apply-step-done");
  expect(await auditedActions(databases, id)).toEqual([
    asked,
    "apply-started",
    ...steps,
    "apply-finished",
    ...recorded,
  ]);
  const role = await database().role.findFirst({
    where: { name, removedAt: null },
    include: { versions: { orderBy: { version: "desc" } } },
  });
  expect(role?.version ?? null).toBe(version);
  const inAws = aws.held.roles.get(name);
  if (!live) return expect(inAws).toBeUndefined();
  expect(inAws).toMatchObject(live);
  expect(inAws?.inlinePolicies).toEqual(live.inlinePolicies ?? inAws?.inlinePolicies);
  expect(role).toMatchObject({ uniqueId: inAws?.uniqueId, liveState: "same", drift: null, live: inAws });
  expect(role?.versions[0]).toMatchObject({ requestId: id, version, document: { description: inAws?.description } });
  expect(request.roleId).toBe(role?.id);
}
