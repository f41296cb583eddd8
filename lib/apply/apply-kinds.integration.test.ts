import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import type { Scenario } from "@/lib/testing/apply-scenarios";
import { scenarios } from "@/lib/testing/apply-scenarios";
import type { ApplyStage } from "@/lib/testing/apply-stage";
import { applyStage, withSteps } from "@/lib/testing/apply-stage";
import { awsAccountInMemory } from "@/lib/testing/aws-account";
import { auditedActions } from "@/lib/testing/role-requests";

let stage: ApplyStage;

beforeAll(async () => {
  stage = await applyStage();
});

afterAll(() => stage.databases.drop());

beforeEach(() => {
  stage.aws = awsAccountInMemory();
});

const moments = scenarios.flatMap((scenario) =>
  scenario.calls.flatMap((kind, index) =>
    (["before", "after"] as const).map((when) => ({ ...scenario, kind, index, when })),
  ),
);

describe("every kind of plan", () => {
  it.each(scenarios)("$what: applied, recorded and in the audit", async (scenario) => {
    const { id, name } = await stage.ask(scenario.prepare);
    await stage.apply(id, "worker-1");
    await expectDone(id, name, scenario);
  });

  it.each(moments)(
    "$what: a worker that dies $when call $index ($kind) is taken over without a duplicate",
    async (scenario) => {
      const { id, name } = await stage.ask(scenario.prepare);
      stage.dieAt(scenario);
      await expect(stage.apply(id, "worker-1")).rejects.toThrow("the process died");
      expect((await withSteps(id)).state).toBe("applying");
      await stage.apply(id, "worker-2");
      await expectDone(id, name, scenario);
    },
  );
});

async function expectDone(
  id: string,
  name: string,
  { calls, unchanged = 0, asked, recorded, version, live }: Scenario,
): Promise<void> {
  expect(stage.aws.held.calls).toEqual(calls);
  const request = await withSteps(id);
  expect(request.state).toBe("applied");
  expect(request.steps.filter(({ state }) => state === "unchanged")).toHaveLength(unchanged);
  expect(request.steps.filter(({ state }) => state === "done")).toHaveLength(calls.length);
  const steps = new Array<string>(calls.length + unchanged).fill("apply-step-done");
  expect(await auditedActions(stage.databases, id)).toEqual([
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
  const inAws = stage.aws.held.roles.get(name);
  if (!live) return expect(inAws).toBeUndefined();
  expect(inAws).toMatchObject(live);
  expect(inAws?.inlinePolicies).toEqual(live.inlinePolicies ?? inAws?.inlinePolicies);
  expect(role).toMatchObject({ uniqueId: inAws?.uniqueId, liveState: "same", drift: null, live: inAws });
  expect(role?.versions[0]).toMatchObject({ requestId: id, version, document: { description: inAws?.description } });
  expect(request.roleId).toBe(role?.id);
}
