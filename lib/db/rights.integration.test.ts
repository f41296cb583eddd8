import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asJson } from "@/lib/db/json";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { saidNothing, unjudged } from "@/lib/testing/judgements";

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  const owner = db.prismaAs("owner");
  await owner.person.create({
    data: { id: "p1", instanceId: "gitlab.com", gitlabUserId: 11, username: "pia", name: "Pia Okafor" },
  });
  await owner.awsAccount.create({ data: { id: "a1", accountId: "111122223333", name: "prod" } });
  await file("queued-1");
  await file("applying-1");
  await sqlAs(db.workerUrl, `UPDATE "RoleRequest" SET state = 'applying', "applyEpoch" = 1 WHERE id = 'applying-1'`);
});
afterAll(() => db.drop());

/** Files a request the way the product does: as the web. */
async function file(id: string, state = "queued", step = "pending") {
  return db.prismaAs("web").roleRequest.create({
    data: {
      id,
      instanceId: "gitlab.com",
      requesterId: "p1",
      projectId: 1,
      projectPath: "acme/web",
      awsAccountId: "a1",
      roleName: id,
      rolePath: "/",
      state,
      rule: "platform-engineer",
      planDigest: "0",
      grade: "safe",
      draft: {},
      plan: {},
      ...saidNothing,
      steps: { create: [0, 1].map((index) => ({ index, change: {}, state: step })) },
    },
  });
}

describe("the product's roles", () => {
  it("are ordinary ones", async () => {
    const rows = await sqlAs(
      db.adminUrl,
      "SELECT rolname FROM pg_roles WHERE rolname LIKE 'trustdesk_%' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)",
    );
    expect(rows).toEqual([]);
  });

  it.each<["webUrl" | "workerUrl", string, string]>([
    [
      "webUrl",
      "record a role",
      `INSERT INTO "Role" (id, "instanceId", "awsAccountId", name, path, arn, "projectId", "projectPath", "ownerId", grade, version) VALUES ('r', 'g', 'a1', 'n', '/', 'arn', 1, 'p', 'p1', 'safe', 1)`,
    ],
    ["webUrl", "change what was recorded of a role", `UPDATE "RoleVersion" SET document = '{}'`],
    ["webUrl", "raise a fence", `UPDATE "RoleRequest" SET "applyEpoch" = 9`],
    ["webUrl", "rewrite an approved plan", `UPDATE "RoleRequest" SET plan = '{}'`],
    ["webUrl", "call a waiting request applied", `UPDATE "RoleRequest" SET state = 'applied' WHERE id = 'queued-1'`],
    ["webUrl", "call a step done", `UPDATE "ApplyStep" SET state = 'done' WHERE "requestId" = 'queued-1'`],
    ["webUrl", "put AWS's answer into a snapshot that exists", `UPDATE "AwsSnapshot" SET value = '{}'`],
    ["webUrl", "erase a request", `DELETE FROM "RoleRequest"`],
    ["webUrl", "pretend that a worker lives", `INSERT INTO "WorkerHeartbeat" VALUES ('w', now(), now())`],
    ["webUrl", "make a table", "CREATE TABLE public.mine (a int)"],
    ["webUrl", "act as the worker", "SET ROLE trustdesk_worker"],
    ["workerUrl", "read people's tokens", `SELECT access_token FROM "Account"`],
    ["workerUrl", "read sessions", `SELECT "sessionToken" FROM "Session"`],
    ["workerUrl", "read drafts", `SELECT value FROM "Draft"`],
    [
      "workerUrl",
      "point an account elsewhere",
      `UPDATE "AwsAccount" SET "spokeRoleArn" = 'arn:aws:iam::999999999999:role/evil'`,
    ],
    ["workerUrl", "file a request", `INSERT INTO "RoleRequest" (id) VALUES ('x')`],
    ["workerUrl", "rewrite an approved plan", `UPDATE "RoleRequest" SET plan = '{}'`],
    ["workerUrl", "act as the owner", "SET ROLE trustdesk_owner"],
  ])("do not let %s %s", async (as, _what, sql) => {
    await expect(sqlAs(db[as], sql)).rejects.toThrow(/permission denied|row-level security/);
  });

  it("let the worker record a role for people that Trustdesk knows, who then stay on record", async () => {
    await db.prismaAs("owner").person.createMany({
      data: ["p2", "p3"].map((id, index) => ({ id, instanceId: "g", gitlabUserId: index, username: id, name: id })),
    });
    const record = (id: string, ownerId: string, authorId: string) =>
      db.prismaAs("worker").role.create({
        data: {
          id,
          instanceId: "gitlab.com",
          awsAccountId: "a1",
          name: id,
          path: "/",
          arn: id,
          projectId: 1,
          projectPath: "acme/web",
          ownerId,
          grade: "safe",
          version: 1,
          versions: { create: { version: 1, document: {}, judgement: asJson(unjudged), authorId } },
        },
      });
    await expect(record("r1", "p2", "p3")).resolves.toMatchObject({ ownerId: "p2" });
    await expect(record("r2", "nobody", "p1")).rejects.toThrow(/Role_ownerId_fkey/);
    await expect(record("r3", "p1", "nobody")).rejects.toThrow(/RoleVersion_authorId_fkey/);
    const forget = (id: string) => sqlAs(db.ownerUrl, `DELETE FROM "Person" WHERE id = $1`, [id]);
    await expect(forget("p2")).rejects.toThrow(/Role_ownerId_fkey/);
    await expect(forget("p3")).rejects.toThrow(/RoleVersion_authorId_fkey/);
  });

  it("do not let the web touch a request that is being applied", async () => {
    const web = db.prismaAs("web");
    expect(await web.roleRequest.updateMany({ where: { id: "applying-1" }, data: { state: "cancelled" } })).toEqual({
      count: 0,
    });
    await expect(file("born-applied", "applied")).rejects.toThrow(/row-level security/);
    await expect(file("born-done", "queued", "done")).rejects.toThrow(/row-level security/);
  });

  it("let the web cancel a request that waits", async () => {
    const web = db.prismaAs("web");
    expect(
      await web.roleRequest.updateMany({
        where: { id: "queued-1", state: "queued" },
        data: { state: "cancelled", finishedAt: new Date() },
      }),
    ).toEqual({ count: 1 });
    expect(
      await web.applyStep.updateMany({
        where: { requestId: "queued-1", state: "pending" },
        data: { state: "skipped" },
      }),
    ).toEqual({ count: 2 });
  });

  it("let the worker journal, and everybody else in the cluster stay outside", async () => {
    await db.prismaAs("worker").applyStep.update({
      where: { requestId_index: { requestId: "applying-1", index: 0 } },
      data: { state: "done", awsRequestId: "aws-1", finishedAt: new Date() },
    });
    await sqlAs(db.adminUrl, "DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
    const url = new URL(db.webUrl);
    url.username = "stranger";
    url.password = "stranger";
    await expect(sqlAs(url.href, "SELECT 1")).rejects.toThrow(/permission denied for database/);
  });
});
