import { IAMClient, PutRolePolicyCommand, UntagRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { verifyAudit } from "@/lib/audit-log/read";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Goal } from "@/lib/plan/goal";
import { questionOf } from "@/lib/plan/goal";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { allowing, firstDocument, requestInLine, unwanted, wanted } from "@/lib/testing/requests-in-line";
import { auditedActions, playground, somebody } from "@/lib/testing/role-requests";
import type { Stage } from "@/lib/testing/worker-on-sandbox";
import { settles, workerOnSandbox } from "@/lib/testing/worker-on-sandbox";
import type { WorkerProcess } from "@/lib/testing/worker-process";

let stage: Stage;
let pia: SignedInPerson;
let account: AwsAccountView;
let worker: WorkerProcess;
let number = 0;

beforeAll(async () => {
  stage = await workerOnSandbox();
  pia = await somebody("pia", 11);
  account = await playground(pia);
  worker = await stage.start();
});

afterEach(() => stage.control("/reset", "POST", {}));

afterAll(async () => {
  await worker.kill();
  await stage.stop();
});

const wholePlan = ["CreateOpenIDConnectProvider", "CreateRole", "PutRolePolicy"] as const;

interface Trouble {
  kind: "throttle" | "unavailable" | "deny" | "quota" | "slow";
  action: string;
  count?: number;
  ms?: number;
}

function goalOf(name: string, continues: string[]): Goal {
  const { attachedPolicies: _none, ...document } = firstDocument(name);
  return {
    kind: "create",
    desired: wanted({ ...document, inlinePolicies: { deploy: allowing("s3:GetObject") } }),
    continues,
  };
}

/** A request for a new role that falls into trouble at AWS once it is in line. */
async function askedDuring(trouble: Trouble): Promise<{ id: string; name: string }> {
  number += 1;
  const name = `refused-${number}`;
  const goal = goalOf(name, []);
  const reader = await stage.readerFor(account.id, name);
  const snapshot = await reader.readSnapshot(questionOf(goal));
  await stage.control("/aws/faults", "POST", trouble);
  return {
    id: await requestInLine(goal, {
      person: pia,
      account,
      reader: { ...reader, readSnapshot: () => Promise.resolve(snapshot) },
    }),
    name,
  };
}

const stored = (id: string) =>
  database().roleRequest.findUniqueOrThrow({ where: { id }, include: { steps: { orderBy: { index: "asc" } } } });

async function expectWhole(id: string, name: string): Promise<void> {
  await stage.settlesAtOnce(id, "applied");
  expect(await stage.changesMade()).toEqual(wholePlan);
  expect(await database().role.findFirstOrThrow({ where: { name } })).toMatchObject({ version: 1, removedAt: null });
  expect((await auditedActions(stage.databases, id)).filter((action) => action === "apply-step-done")).toHaveLength(
    wholePlan.length,
  );
  expect(await verifyAudit()).toMatchObject({ ok: true });
}

describe("what passes at AWS is waited out, and each change is made once", () => {
  const passing = [...wholePlan, "AssumeRole", "GetRole"].flatMap((action) => [
    { kind: "throttle", action, count: 2 } as const,
    { kind: "unavailable", action, count: 2 } as const,
  ]);

  it.each<Trouble>([...passing, { kind: "slow", action: "*", ms: 700 }])("$kind at $action", async (trouble) => {
    const { id, name } = await askedDuring(trouble);
    await expectWhole(id, name);
  });

  it("an answer that comes after we have stopped listening: what it made is found, and not made again", async () => {
    const { id, name } = await askedDuring({ kind: "slow", action: "CreateRole", ms: 30_500, count: 1 });
    await expect.poll(() => stage.changesMade()).toContain("CreateRole");
    await expectWhole(id, name);
  });
});

describe("a role whose tag was taken off by hand", () => {
  it("is tagged again first, since AWS denies the spoke role everything else there, then mended and removed", async () => {
    const { id, name } = await askedDuring({ kind: "slow", action: "GetRole", ms: 1, count: 1 });
    await expectWhole(id, name);
    const admin = new IAMClient({
      region: "us-east-1",
      endpoint: stage.sandbox.awsUrl,
      credentials: sandboxCredentials.admins.playground,
    });
    await admin.send(new UntagRoleCommand({ RoleName: name, TagKeys: ["trustdesk:managed"] }));
    await admin.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: "by-hand",
        PolicyDocument: JSON.stringify(allowing("*")),
      }),
    );
    const { id: roleId, uniqueId } = await database().role.findFirstOrThrow({ where: { name } });
    const { desired } = goalOf(name, []) as Extract<Goal, { kind: "create" }>;
    const before = (await stage.changesMade()).length;
    const asking = { person: pia, account, roleId, reader: await stage.readerFor(account.id, `${name}-restore`) };
    await settles(
      await requestInLine({ kind: "restore", desired, uniqueId, baseVersion: 1, continues: [] }, asking),
      "applied",
    );
    expect((await stage.changesMade()).slice(before)).toEqual(["TagRole", "DeleteRolePolicy"]);
    await admin.send(new UntagRoleCommand({ RoleName: name, TagKeys: ["trustdesk:managed"] }));
    const removal = { kind: "remove" as const, ...unwanted(name, false), uniqueId, baseVersion: 2, continues: [] };
    await settles(
      await requestInLine(removal, { ...asking, reader: await stage.readerFor(account.id, `${name}-removal`) }),
      "applied",
    );
    expect((await stage.changesMade()).slice(-3)).toEqual(["TagRole", "DeleteRolePolicy", "DeleteRole"]);
  });
});

describe("what AWS refuses for good ends the request at that step, says what to do, and is tried again from there", () => {
  const refusals = wholePlan.flatMap((action, index) => [
    { kind: "deny", action, index, words: /administrator of the account/ } as const,
    { kind: "quota", action, index, words: /Service Quotas/ } as const,
  ]);

  it.each(refusals)("$kind at $action", async ({ kind, action, index, words }) => {
    const { id, name } = await askedDuring({ kind, action, count: 1 });
    await settles(id, "failed");
    const request = await stored(id);
    expect(request.reason).toMatch(words);
    expect(request.steps.map(({ state }) => state)).toEqual(
      wholePlan.map((_action, step) => (step < index ? "done" : step === index ? "failed" : "skipped")),
    );
    expect(await stage.changesMade()).toEqual(wholePlan.slice(0, index));
    expect(await database().role.count({ where: { name } })).toBe(0);
    const reader = await stage.readerFor(account.id, `${name}-again`);
    const again = await requestInLine(goalOf(name, [id]), { person: pia, account, reader, originId: id });
    await settles(again, "applied");
    expect(await stage.changesMade()).toEqual(wholePlan);
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });
});
