import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askAccountTest } from "@/lib/account/ask-account-test";
import type { AwsAccountView } from "@/lib/account/model";
import { readAccount } from "@/lib/account/read";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { TestDatabase } from "@/lib/testing/db";
import { testDatabase } from "@/lib/testing/db";
import { actorOf, playground, somebody } from "@/lib/testing/role-requests";
import { startWorker } from "@/lib/testing/worker-process";

let databases: TestDatabase;
let pia: SignedInPerson;
let account: AwsAccountView;

beforeAll(async () => {
  databases = await testDatabase();
  pia = await somebody("pia", 11);
  account = await playground(pia);
});

afterAll(() => databases.drop());

/** A configuration whose GitLab and AWS answer nowhere. */
function environment(): Record<string, string> {
  const nowhere = "http://127.0.0.1:9";
  return {
    DATABASE_URL: databases.webUrl,
    TRUSTDESK_WORKER_DATABASE_URL: databases.workerUrl,
    NEXTAUTH_URL: nowhere,
    NEXTAUTH_SECRET: "s".repeat(32),
    GITLAB_URL: nowhere,
    GITLAB_CLIENT_ID: "trustdesk",
    GITLAB_CLIENT_SECRET: "secret",
    TRUSTDESK_GITLAB_TOKEN: "glpat-test",
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_IAM: nowhere,
    AWS_ENDPOINT_URL_STS: nowhere,
    AWS_ACCESS_KEY_ID: "AKIATEST",
    AWS_SECRET_ACCESS_KEY: "test",
  };
}

describe("the worker", () => {
  it("does its jobs, says whose side a failure is on, and ends when it is asked to", async () => {
    const worker = await startWorker(environment());
    await askAccountTest(account, { person: pia, actor: actorOf(pia), clock: systemClock });
    await expect.poll(async () => (await readAccount(database(), account.id)).lastTest?.state).toBe("failed");
    const { lastTest } = await readAccount(database(), account.id);
    expect(lastTest?.checks).toEqual([
      { id: "identity", ok: false, text: expect.stringContaining("cannot reach AWS") as string },
    ]);
    expect(await database().workerHeartbeat.count()).toBeGreaterThan(0);
    expect(await worker.end()).toBe(0);
    expect(await database().workerHeartbeat.count()).toBe(0);
  });

  it("says which setting is wrong, and does not start", async () => {
    await expect(startWorker({ ...environment(), GITLAB_URL: "not an address" })).rejects.toThrow(
      "GITLAB_URL must be an http or https address",
    );
  });
});
