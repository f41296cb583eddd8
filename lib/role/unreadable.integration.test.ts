import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { asJson } from "@/lib/db/json";
import { requestViewSchema } from "@/lib/request/contract";
import { readRequest, requestView } from "@/lib/request/read";
import { readRecordedRole } from "@/lib/request/read-recorded-role";
import { askSnapshot } from "@/lib/snapshot/ask-snapshot";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { unjudged } from "@/lib/testing/judgements";
import { recordedDocument, recordedRow } from "@/lib/testing/recorded-account";
import { requestInLine, wanted } from "@/lib/testing/requests-in-line";
import { issuer, playground, readerOf, somebody } from "@/lib/testing/role-requests";
import { roleViewSchema } from "./contract";
import { readRole, roleView } from "./read";

const instanceId = "gitlab.test";
const no = { ok: false as const, reason: "It is not asked here." };

const asked = { issuer, can: { edit: no, remove: no, restore: no, adopt: no, check: no } };
/** Whatever was said: that it cannot be told, which is never safe. */
const untold = {
  grade: "caution",
  findings: [],
  after: { kind: "untold", because: expect.stringContaining("does not read") as string },
  before: null,
};

let databases: TestDatabase;
let awsAccountId: string;
let requestId: string;
let roleId: string;

beforeAll(async () => {
  databases = await testDatabase();
  const pia = await somebody("pia", 11);
  const account = await playground(pia);
  awsAccountId = account.id;
  requestId = await requestInLine(
    { kind: "create", desired: wanted(recordedDocument("deploy")), continues: [] },
    { person: pia, account, reader: readerOf() },
  );
  const version = { judgement: asJson(unjudged), authorId: pia.id };
  const { id } = await databases.prismaAs("worker").role.create({
    data: {
      ...recordedRow("deploy", { awsAccountId, ownerId: pia.id, uniqueId: "AROA1" }),
      version: 2,
      liveState: "same",
      checkedAt: systemClock.now(),
      versions: {
        create: [
          { ...version, version: 1, document: asJson(recordedDocument("deploy")), judgement: { findings: [] } },
          { ...version, version: 2, document: { name: "deploy", trust: [] } },
        ],
      },
    },
  });
  roleId = id;
});
afterAll(() => databases.drop());

describe("what another version of Trustdesk wrote in another form", () => {
  it("is told as such on a request's page, which says everything else", async () => {
    const before = await requestView(
      database(),
      await readRequest(database(), instanceId, requestId),
      { approve: no, reject: no, withdraw: no, replace: no, cancel: no, retry: no, undo: no },
      systemClock,
    );
    await sqlAs(
      databases.adminUrl,
      `UPDATE "RoleRequest" SET plan = '{"calls":[]}'; UPDATE "Judgement" SET value = '{"findings":["too wide"]}'`,
    );
    await sqlAs(databases.adminUrl, `UPDATE "ApplyStep" SET change = '{"kind":"make-role"}'`);
    const after = await requestView(
      database(),
      await readRequest(database(), instanceId, requestId),
      before.can,
      systemClock,
    );
    expect(before.plan?.changes.map(({ kind }) => kind)).toEqual([
      "create-provider",
      "create-role",
      "put-inline-policy",
    ]);
    expect(after).toEqual({
      ...before,
      plan: null,
      roleArn: null,
      judgement: untold,
      steps: before.steps.map((step) => ({ ...step, change: null })),
    });
    expect(requestViewSchema.parse(after)).toEqual(after);
  });

  it("leaves a role's page without that version, and no older one stands in for it", async () => {
    const view = await roleView(database(), await readRole(database(), instanceId, roleId), asked);
    expect(view.versions).toMatchObject([{ version: 1, document: recordedDocument("deploy"), judgement: untold }]);
    expect(view).toMatchObject({ version: 2, unreadable: [2] });
    expect(roleViewSchema.parse(view)).toEqual(view);
    await expect(readRecordedRole(database(), instanceId, roleId)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("does not read") as string,
    });
  });

  it("is no comparison with AWS: the role counts as not compared, never as the same", async () => {
    await sqlAs(databases.adminUrl, `UPDATE "Role" SET live = '{"trust":[]}'`);
    const view = await roleView(database(), await readRole(database(), instanceId, roleId), asked);
    expect(view).toMatchObject({ liveState: "unknown", live: null, drift: null, driftSince: null, checkedAt: null });
  });

  it("is no reading of AWS either: the worker reads it again", async () => {
    const subject = { awsAccountId, roleName: "other", issuer, boundaryArn: null };
    const now = systemClock.now();
    await databases.prismaAs("worker").awsSnapshot.create({
      data: {
        awsAccountId,
        roleName: "other",
        issuer: "gitlab.com",
        state: "ready",
        askedAt: now,
        readAt: now,
        value: { accountId: "777788889999", boundaryArn: null },
      },
    });
    expect(await askSnapshot(subject, { refresh: false, clock: systemClock })).toMatchObject({
      state: "reading",
      snapshot: null,
    });
  });
});
