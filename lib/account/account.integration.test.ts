import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { knownError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { actorOf, asWorker, somebody } from "@/lib/testing/role-requests";
import { askAccountTest } from "./ask-account-test";
import { changeAccount } from "./change-account";
import { createAccount } from "./create-account";
import { importAccounts } from "./import-accounts";
import { readAccount, readAccounts } from "./read";
import { testAccount } from "./test-account";

let databases: TestDatabase;
let pia: SignedInPerson;
let folder: string;

beforeAll(async () => {
  [databases, folder] = [await testDatabase(), await mkdtemp(join(tmpdir(), "trustdesk-accounts-"))];
  pia = await somebody("pia", 11);
});

afterAll(async () => {
  await databases.drop();
  await rm(folder, { recursive: true });
});

const dev = {
  accountId: "444455556666",
  name: "dev",
  externalId: "a-secret-between-us",
  spokeRoleArn: "arn:aws:iam::444455556666:role/trustdesk-spoke",
};
const as = (person: SignedInPerson) => ({ person, actor: actorOf(person), clock: systemClock });
const refusal = (work: Promise<unknown>) => work.then(() => null, knownError);

describe("AWS accounts", () => {
  it("are added once, by platform engineers", async () => {
    expect(await createAccount(dev, as(pia))).toMatchObject({
      name: "dev",
      hasExternalId: true,
      source: "page",
      roles: 0,
    });
    expect(await refusal(createAccount(dev, as(pia)))).toMatchObject({ code: "conflict" });
    expect(
      await refusal(
        createAccount({ ...dev, accountId: "111122223333", name: "prod" }, as({ ...pia, role: "auditor" })),
      ),
    ).toMatchObject({ code: "forbidden" });
    expect(await database().awsAccount.count()).toBe(1);
  });

  it.each([
    ["a spoke role of another account", { spokeRoleArn: "arn:aws:iam::999999999999:role/spoke" }, "spokeRoleArn"],
    ["a boundary of another account", { boundaryArn: "arn:aws:iam::999999999999:policy/b" }, "boundaryArn"],
    ["a required boundary that is not named", { boundaryRequired: true }, "boundaryArn"],
  ])("refuse %s at its field", async (_what, wrong, field) => {
    const input = { accountId: "222233334444", name: "other", ...wrong };
    expect(await refusal(createAccount(input, as(pia)))).toMatchObject({ code: "bad-input", details: { field } });
  });

  it("keep their ExternalId when it is not typed again, and tell it to nobody", async () => {
    const [account] = await readAccounts(database(), "all");
    if (!account) throw new Error("no account");
    await changeAccount({ ...dev, externalId: null, id: account.id, namePrefix: "gitlab-" }, as(pia));
    expect(await database().awsAccount.findUnique({ where: { id: account.id } })).toMatchObject({
      externalId: dev.externalId,
      namePrefix: "gitlab-",
    });
    const entries = await sqlAs(databases.adminUrl, "SELECT * FROM audit.entry");
    expect(
      JSON.stringify([
        entries.map(({ before, after, detail }) => [before, after, detail]),
        await readAccount(database(), account.id),
      ]),
    ).not.toContain(dev.externalId);
  });

  it("are tested by the worker; people see it running, then what was found", async () => {
    const [account] = await readAccounts(database(), "all");
    if (!account) throw new Error("no account");
    expect((await askAccountTest(account, as(pia))).lastTest?.state).toBe("running");
    const checks = [
      { id: "identity" as const, ok: true, text: "The worker is known." },
      { id: "spoke-role" as const, ok: false, text: "AWS denied it." },
    ];
    await asWorker(databases, () =>
      testAccount(
        { awsAccountId: account.id },
        { actor: { kind: "worker", workerId: "w" }, clock: systemClock, probe: () => Promise.resolve(checks) },
      ),
    );
    expect((await readAccount(database(), account.id)).lastTest).toMatchObject({ state: "failed", checks });
  });
});

describe("the accounts file", () => {
  it("brings accounts in, and changes nothing the second time", async () => {
    const file = join(folder, "accounts.json");
    await writeFile(file, JSON.stringify([{ accountId: "777788889999", name: "playground" }]));
    expect(await importAccounts(file, systemClock)).toBe(1);
    expect(await importAccounts(file, systemClock)).toBe(0);
    const account = (await readAccounts(database(), "all")).find(({ name }) => name === "playground");
    expect(account?.source).toBe("file");
    expect(
      await refusal(changeAccount({ accountId: "777788889999", name: "renamed", id: account?.id }, as(pia))),
    ).toMatchObject({ code: "conflict", message: expect.stringContaining("accounts file") as string });
  });

  it("leaves what it says nothing about as it is, and tells of a replaced ExternalId without showing it", async () => {
    const input = {
      accountId: "222233334444",
      name: "kept",
      region: "eu-west-1",
      spokeRoleArn: "arn:aws:iam::222233334444:role/trustdesk-spoke",
      externalId: "first-secret",
      namePrefix: "ci-",
    };
    await createAccount(input, as(pia));
    const file = join(folder, "partial.json");
    await writeFile(file, JSON.stringify([{ accountId: "222233334444", name: "kept", externalId: "second-secret" }]));
    await importAccounts(file, systemClock);
    expect(await database().awsAccount.findUnique({ where: { accountId: "222233334444" } })).toMatchObject({
      region: "eu-west-1",
      namePrefix: "ci-",
      spokeRoleArn: input.spokeRoleArn,
      externalId: "second-secret",
      source: "file",
    });
    const [entry] = await sqlAs<{ detail: string; text: string }>(
      databases.adminUrl,
      "SELECT detail, before::text || after::text AS text FROM audit.entry WHERE action = 'account-changed' AND account_id = '222233334444'",
    );
    expect([entry?.detail, entry?.text]).toEqual([
      "the ExternalId was replaced",
      expect.not.stringMatching(/first-secret|second-secret/),
    ]);
  });

  it("names the field that is wrong", async () => {
    const file = join(folder, "wrong.json");
    await writeFile(file, JSON.stringify([{ accountId: "12", name: "short" }]));
    await expect(importAccounts(file, systemClock)).rejects.toThrow(
      "0.accountId: An AWS account id has twelve digits.",
    );
  });
});
