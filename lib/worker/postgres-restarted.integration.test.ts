import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { verifyAudit } from "@/lib/audit-log/read";
import { database, databaseAt, disconnect, setDatabase } from "@/lib/db/client";
import type { EmbeddedPostgres } from "@/lib/db/embedded";
import { startEmbedded } from "@/lib/db/embedded";
import { migrateDatabase, provisionEmpty, urlsOf } from "@/lib/db/provision";
import type { SignedInPerson } from "@/lib/identity/model";
import type { TestDatabase } from "@/lib/testing/db";
import { testPasswords } from "@/lib/testing/db";
import { firstDocument, requestInLine, wanted } from "@/lib/testing/requests-in-line";
import { auditedActions, playground, somebody } from "@/lib/testing/role-requests";
import type { Stage } from "@/lib/testing/worker-on-sandbox";
import { settles, stateOf, workerOnSandbox } from "@/lib/testing/worker-on-sandbox";
import type { WorkerProcess } from "@/lib/testing/worker-process";

let folder: string;
let cluster: EmbeddedPostgres;
let stage: Stage;
let pia: SignedInPerson;
let account: AwsAccountView;
let worker: WorkerProcess | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trustdesk-restarted-"));
  cluster = await startEmbedded({ folder });
  stage = await workerOnSandbox(await databaseOfItsOwn(cluster.adminUrl));
  pia = await somebody("pia", 11);
  account = await playground(pia);
});

afterEach(async () => {
  await worker?.kill();
  worker = null;
});

afterAll(async () => {
  await stage.databases.drop();
  await stage.stop();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

async function databaseOfItsOwn(clusterUrl: string): Promise<TestDatabase> {
  const urls = urlsOf(clusterUrl, "restarted", testPasswords);
  await provisionEmpty(clusterUrl, "restarted", testPasswords);
  await migrateDatabase(urls);
  setDatabase(urls.webUrl);
  const adminUrl = new URL(clusterUrl);
  adminUrl.pathname = "/restarted";
  const drop = async () => {
    await Promise.all(Object.values(urls).map((url) => disconnect(url)));
  };
  return { ...urls, adminUrl: adminUrl.href, prismaAs: (role) => databaseAt(urls[`${role}Url`]), drop };
}

async function postgresRestarts(): Promise<void> {
  await cluster.stop();
  cluster = await startEmbedded({ folder, port: Number(new URL(cluster.adminUrl).port) });
}

it.each(["hold-before", "hold-after"])(
  "an apply under way when Postgres is restarted (%s CreateRole) is finished by the same worker, and the web answers on",
  async (kind) => {
    const name = `restarted-${kind}`;
    const desired = wanted({ ...firstDocument(name), attachedPolicies: [] });
    const id = await requestInLine(
      { kind: "create", desired, continues: [] },
      { person: pia, account, reader: await stage.readerFor(account.id, name) },
    );
    await stage.control("/aws/calls", "DELETE");
    await stage.control("/aws/faults", "POST", { kind, action: "CreateRole" });
    worker = await stage.start();
    await stage.isHeld("CreateRole");
    await postgresRestarts();
    expect(await stateOf(id)).toBe("applying");
    await stage.control("/aws/holds/release", "POST", {});
    await settles(id, "applied");
    const changes = await stage.changesMade();
    expect(changes.filter((action) => action !== "CreateOpenIDConnectProvider")).toEqual([
      "CreateRole",
      "PutRolePolicy",
      "PutRolePolicy",
    ]);
    expect((await auditedActions(stage.databases, id)).filter((action) => action === "apply-step-done")).toHaveLength(
      4,
    );
    expect(await database().role.count({ where: { name, removedAt: null } })).toBe(1);
    expect(await verifyAudit()).toMatchObject({ ok: true });
  },
);
