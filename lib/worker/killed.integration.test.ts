import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { askAccountTest } from "@/lib/account/ask-account-test";
import type { AwsAccountView } from "@/lib/account/model";
import { readAccount } from "@/lib/account/read";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { requestInLine, unwanted } from "@/lib/testing/requests-in-line";
import {
  actorOf,
  audience,
  auditedActions,
  draftFor,
  issuer,
  planOnScreen,
  playground,
  somebody,
  submit,
} from "@/lib/testing/role-requests";
import type { Stage } from "@/lib/testing/worker-on-sandbox";
import { settles, stateOf, workerOnSandbox } from "@/lib/testing/worker-on-sandbox";
import type { WorkerProcess } from "@/lib/testing/worker-process";

let stage: Stage;
let pia: SignedInPerson;
let account: AwsAccountView;
let worker: WorkerProcess | null = null;

beforeAll(async () => {
  stage = await workerOnSandbox();
  pia = await somebody("pia", 11);
  account = await playground(pia);
});

afterEach(async () => {
  await worker?.kill();
  worker = null;
  await stage.control("/reset", "POST", {});
});

afterAll(() => stage.stop());

async function requestFor(roleName: string): Promise<string> {
  const draft = draftFor(account, roleName);
  return submit(
    draft,
    await planOnScreen(draft, pia, await stage.readerFor(account.id, roleName), stage.databases),
    pia,
  );
}

/** Asks for a role's removal with its provider, and answers what the worker deleted for it. */
async function removed(name: string): Promise<string[]> {
  const before = (await stage.changesMade()).length;
  const {
    id: roleId,
    uniqueId,
    version: baseVersion,
  } = await database().role.findFirstOrThrow({ where: { name, removedAt: null } });
  const goal = { kind: "remove" as const, ...unwanted(name, true), uniqueId, baseVersion, continues: [] };
  await settles(
    await requestInLine(goal, { person: pia, account, reader: await stage.readerFor(account.id, name), roleId }),
    "applied",
  );
  return (await stage.changesMade()).slice(before);
}

const wholeAudit = [
  "role-request-submitted",
  "apply-started",
  "apply-step-done",
  "apply-step-done",
  "apply-step-done",
  "apply-finished",
  "role-recorded",
];
const wholePlan = ["CreateOpenIDConnectProvider", "CreateRole", "PutRolePolicy"];

describe("the worker on real protocols", () => {
  it("makes what the plan says: provider with a thumbprint, tagged role, policy", async () => {
    worker = await stage.start();
    const id = await requestFor("deploy");
    await settles(id, "applied");
    const snapshot = await (await stage.readerFor(account.id, "deploy")).readSnapshot({
      accountId: account.accountId,
      partition: "aws",
      roleName: "deploy",
      issuer,
      boundaryArn: null,
    });
    expect(snapshot.provider).toMatchObject({
      url: "gitlab.com",
      audiences: [audience],
      thumbprints: [expect.stringMatching(/^[0-9a-f]{40}$/) as string],
    });
    expect(snapshot.role).toMatchObject({
      tags: { "trustdesk:managed": "true", "trustdesk:apply": id },
      inlinePolicies: { deploy: { Statement: [{ Action: "s3:*" }] } },
    });
    expect(await stage.changesMade()).toEqual(wholePlan);
    expect(await auditedActions(stage.databases, id)).toEqual(wholeAudit);
  });

  it("removes a role and the provider, unless somebody else trusts it", async () => {
    worker = await stage.start();
    await settles(await requestFor("stays"), "applied");
    await settles(await requestFor("goes"), "applied");
    expect(await removed("goes")).toEqual(["DeleteRolePolicy", "DeleteRole"]);
    expect(await removed("stays")).toEqual(["DeleteRolePolicy", "DeleteRole", "DeleteOpenIDConnectProvider"]);
    expect(await database().role.count({ where: { name: { in: ["stays", "goes"] }, removedAt: null } })).toBe(0);
  });

  it("finds the way to an account, step by step", async () => {
    worker = await stage.start();
    await askAccountTest(account, { person: pia, actor: actorOf(pia), clock: systemClock });
    await expect.poll(async () => (await readAccount(database(), account.id)).lastTest?.state).toBe("passed");
    expect((await readAccount(database(), account.id)).lastTest?.checks.map(({ id }) => id)).toEqual([
      "identity",
      "spoke-role",
      "account",
      "read-iam",
      "boundary",
    ]);
  });

  it("asks GitLab again whether the requester may still do it", async () => {
    const id = await requestFor("not-any-more");
    await stage.control("/memberships", "POST", { username: "pia", source: "acme/platform-engineers", accessLevel: 0 });
    worker = await stage.start({ TRUSTDESK_GITLAB_TOKEN: "glpat-sandbox-bot" });
    await settles(id, "failed");
    expect((await database().roleRequest.findUniqueOrThrow({ where: { id } })).reason).toContain(
      "not a platform engineer any more",
    );
    expect(await stage.changesMade()).toEqual([]);
  });
});

describe("a worker killed with kill -9", () => {
  it.each([
    ["before CreateOpenIDConnectProvider", "hold-before", "CreateOpenIDConnectProvider", "killed-1"],
    ["after CreateRole took effect", "hold-after", "CreateRole", "killed-2"],
    ["after PutRolePolicy took effect", "hold-after", "PutRolePolicy", "killed-3"],
  ])(
    "%s: another finishes without a duplicate, and the audit knows every change",
    async (_when, kind, action, roleName) => {
      await stage.control("/aws/faults", "POST", { kind, action });
      worker = await stage.start();
      const id = await requestFor(roleName);
      await stage.isHeld(action);
      await worker.kill();
      expect(await stateOf(id)).toBe("applying");
      await stage.growOld();
      worker = await stage.start();
      await settles(id, "applied");
      expect(await stage.changesMade()).toEqual(wholePlan);
      expect(await auditedActions(stage.databases, id)).toEqual(wholeAudit);
      expect(await database().role.count({ where: { name: roleName } })).toBe(1);
    },
  );
});

describe("a worker that is asked to end during a call to AWS", () => {
  const held = async (roleName: string, environment: Record<string, string>) => {
    await stage.control("/aws/faults", "POST", { kind: "hold-after", action: "CreateRole" });
    const asked = await stage.start(environment);
    const id = await requestFor(roleName);
    await stage.isHeld("CreateRole");
    return { asked, id };
  };

  it("finishes what it does, and ends with 0", async () => {
    const { asked, id } = await held("ended-1", {});
    const ended = asked.end();
    await expect.poll(() => asked.logged().map(({ msg }) => msg)).toContain("the worker finishes what it does");
    await stage.control("/aws/holds/release", "POST", {});
    expect(await ended).toBe(0);
    expect(await stateOf(id)).toBe("applied");
    expect(await auditedActions(stage.databases, id)).toEqual(wholeAudit);
  });

  it("hands back what takes too long, ends with 0, and another finishes it without a duplicate", async () => {
    const { asked, id } = await held("ended-2", { TRUSTDESK_SHUTDOWN_SECONDS: "1" });
    expect(await asked.end()).toBe(0);
    expect(await stateOf(id)).toBe("applying");
    worker = await stage.start();
    await settles(id, "applied");
    expect(await stage.changesMade()).toEqual(wholePlan);
    expect(await auditedActions(stage.databases, id)).toEqual(wholeAudit);
  });
});
