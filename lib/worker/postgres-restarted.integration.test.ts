import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { verifyAudit } from "@/lib/audit/read";
import type { AwsAccountView } from "@/lib/catalog/model";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { sqlAs } from "@/lib/testing/db";
import { firstDocument, requestInLine, wanted } from "@/lib/testing/requests-in-line";
import { auditedActions, playground, somebody } from "@/lib/testing/role-requests";
import { settles, stateOf, workerOnSandbox } from "@/lib/testing/worker-on-sandbox";
import type { Stage } from "@/lib/testing/worker-on-sandbox";
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
});

afterAll(() => stage.stop());

/** What a restart of Postgres is to the portal: no connection of worker or web survives. */
async function everyConnectionEnds(): Promise<void> {
  await sqlAs(stage.databases.adminUrl, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

it.each(["hold-before", "hold-after"])("an apply under way when Postgres goes (%s CreateRole) is finished by the same worker, and the web answers on", async (kind) => {
  const name = `restarted-${kind}`;
  const desired = wanted({ ...firstDocument(name), attachedPolicies: [] });
  const id = await requestInLine({ kind: "create", desired, continues: [] }, { person: pia, account, reader: await stage.readerFor(account.id, name) });
  await stage.control("/aws/calls", "DELETE");
  await stage.control("/aws/faults", "POST", { kind, action: "CreateRole" });
  worker = await stage.start();
  await stage.isHeld("CreateRole");
  await everyConnectionEnds();
  expect(await stateOf(id)).toBe("applying");
  await stage.control("/aws/holds/release", "POST", {});
  await settles(id, "applied");
  const changes = await stage.changesMade();
  expect(changes.filter((action) => action !== "CreateOpenIDConnectProvider")).toEqual(["CreateRole", "PutRolePolicy", "PutRolePolicy"]);
  expect((await auditedActions(stage.databases, id)).filter((action) => action === "apply-step-done")).toHaveLength(4);
  expect(await database().role.count({ where: { name, removedAt: null } })).toBe(1);
  expect(await verifyAudit()).toMatchObject({ ok: true });
});
