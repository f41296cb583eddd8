import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import type { Change } from "@/lib/plan/change";
import { other, scenarioOf } from "@/lib/testing/apply-scenarios";
import type { ApplyStage } from "@/lib/testing/apply-stage";
import { applyStage, withSteps } from "@/lib/testing/apply-stage";
import { awsAccountInMemory, refusalOfAws } from "@/lib/testing/aws-account";
import { sqlAs } from "@/lib/testing/db";
import { firstDocument, gitlabProvider, requestInLine, wanted } from "@/lib/testing/requests-in-line";
import { auditedActions } from "@/lib/testing/role-requests";

let stage: ApplyStage;

beforeAll(async () => {
  stage = await applyStage();
});

afterAll(() => stage.databases.drop());

beforeEach(() => {
  stage.aws = awsAccountInMemory();
});

describe("what the plan did not foresee", () => {
  it("stops before the first call when somebody else changed the role", async () => {
    const name = stage.nextName();
    const { id: roleId, live } = await stage.recordedRole(name);
    const id = await stage.inLine({
      goal: { kind: "edit", desired: wanted(other(name)), uniqueId: live.uniqueId, baseVersion: 1, continues: [] },
      roleId,
    });
    await stage.databases.prismaAs("worker").role.update({ where: { id: roleId }, data: { version: 2 } });
    await stage.apply(id, "worker-1");
    expect(await withSteps(id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("Pia changed the role meanwhile: version 2.") as string,
    });
    expect(stage.aws.held.calls).toEqual([]);
  });

  it.each(["before the first call", "while a dead worker's apply waits for another"])(
    "stops when the journal's steps become others than those of the plan that was decided on, %s",
    async (when) => {
      const scenario = scenarioOf("a new role");
      const { id } = await stage.ask(scenario.prepare);
      if (when !== "before the first call") {
        stage.dieAt({ index: scenario.calls.indexOf("create-role"), when: "after" });
        await expect(stage.apply(id, "worker-0")).rejects.toThrow("the process died");
      }
      const called = [...stage.aws.held.calls];
      const smuggled: Change = {
        kind: "attach-policy",
        roleName: "role",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        before: null,
        after: "arn:aws:iam::aws:policy/AdministratorAccess",
      };
      await stage.databases
        .prismaAs("worker")
        .applyStep.update({ where: { requestId_index: { requestId: id, index: 4 } }, data: { change: smuggled } });
      await stage.apply(id, "worker-1");
      expect(await withSteps(id)).toMatchObject({
        state: "failed",
        reason: expect.stringContaining("not those of the plan") as string,
      });
      expect(stage.aws.held.calls).toEqual(called);
    },
  );

  it("keeps a provider that another role began to use", async () => {
    const { id } = await stage.ask(scenarioOf("a removal with the provider").prepare);
    stage.aws.held.around = (change, when) => {
      const stranger = {
        ...firstDocument("stranger"),
        arn: "arn:stranger",
        uniqueId: "AROASTRANGER",
        createdAt: "",
        lastUsedAt: null,
        attachedPolicies: [],
      };
      if (change.kind === "delete-role" && when === "after") stage.aws.held.roles.set("stranger", stranger);
    };
    await stage.apply(id, "worker-1");
    expect(stage.aws.held.provider?.arn).toBe(gitlabProvider);
    expect((await withSteps(id)).steps.map(({ state }) => state)).toEqual(["done", "done", "done", "done", "failed"]);
  });

  it("counts what somebody else deleted first as done", async () => {
    const { id, name } = await stage.ask(scenarioOf("a removal that keeps the provider").prepare);
    stage.aws.held.around = (change, when) => {
      if (change.kind === "delete-role" && when === "before") stage.aws.held.roles.delete(name);
    };
    await stage.apply(id, "worker-1");
    expect((await withSteps(id)).state).toBe("applied");
  });

  it("does not touch a role that was deleted and made again by somebody", async () => {
    const { id, name } = await stage.ask(scenarioOf("a removal that keeps the provider").prepare);
    const role = stage.aws.held.roles.get(name);
    stage.aws.held.around = (change, when) => {
      if (role && change.kind === "delete-inline-policy" && when === "after")
        stage.aws.held.roles.set(name, { ...role, uniqueId: "AROAOTHER", tags: {} });
    };
    await stage.apply(id, "worker-1");
    expect(await withSteps(id)).toMatchObject({ state: "failed" });
    expect(stage.aws.held.roles.get(name)?.uniqueId).toBe("AROAOTHER");
  });

  it("takes back what was known of a role that it changed only in part, and has it compared at once", async () => {
    const scenario = scenarioOf("a change of everything");
    const { id } = await stage.ask(scenario.prepare);
    stage.aws.held.around = (change, when) => {
      if (change.kind === "update-trust" && when === "before") throw refusalOfAws("AccessDenied", 403);
    };
    await sqlAs(stage.databases.adminUrl, "DELETE FROM graphile_worker._private_jobs");
    await stage.apply(id, "worker-1");
    const { state, roleId } = await withSteps(id);
    expect(state).toBe("failed");
    expect(await database().role.findUniqueOrThrow({ where: { id: roleId ?? "" } })).toMatchObject({
      liveState: "unknown",
      checkedAt: null,
      version: 1,
    });
    expect(await sqlAs(stage.databases.adminUrl, "SELECT key FROM graphile_worker._private_jobs")).toEqual([
      { key: `check-role:${roleId ?? ""}` },
    ]);
  });

  it("goes on to tell, of a role that was taken over, that the account's provider takes no tokens for it", async () => {
    const name = stage.nextName();
    const { id: roleId, live } = await stage.recordedRole(name);
    live.description = "theirs";
    stage.aws.held.provider = null;
    await stage.apply(
      await stage.inLine({
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
    const name = stage.nextName();
    const { id: oldId } = await stage.recordedRole(name);
    stage.aws.held.roles.delete(name);
    const project = { id: 8100, path: "acme/other" };
    const id = await requestInLine(
      { kind: "create", desired: wanted(firstDocument(name)), continues: [] },
      { person: stage.pia, account: stage.account, reader: stage.aws.reader, project },
    );
    await stage.apply(id, "worker-1");
    expect(await database().role.findUniqueOrThrow({ where: { id: oldId } })).toMatchObject({
      projectId: 7091,
      removedAt: expect.any(Date) as Date,
    });
    expect(await database().role.findFirstOrThrow({ where: { name, removedAt: null } })).toMatchObject({
      projectId: 8100,
      version: 1,
    });
    expect((await auditedActions(stage.databases, id)).slice(-3)).toEqual([
      "apply-finished",
      "role-removed",
      "role-recorded",
    ]);
  });
});
