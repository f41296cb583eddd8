import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { fixedClock, systemClock } from "@/lib/clock";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { asWorker, issuer, playground, readerOf, somebody } from "@/lib/testing/role-requests";
import { askSnapshot } from "./ask-snapshot";
import { refreshSnapshot } from "./refresh-snapshot";

let databases: TestDatabase;
let account: AwsAccountView;

beforeAll(async () => {
  databases = await testDatabase();
  account = await playground(await somebody("pia", 11));
});

afterAll(() => databases.drop());

async function jobsTaken(): Promise<number> {
  const [row] = await sqlAs<{ count: number }>(
    databases.adminUrl,
    "WITH taken AS (DELETE FROM graphile_worker._private_jobs RETURNING 1) SELECT count(*)::int AS count FROM taken",
  );
  return row?.count ?? 0;
}

function subjectOf(roleName: string, boundaryArn: string | null = null) {
  return { awsAccountId: account.id, roleName, issuer, boundaryArn };
}

describe("what AWS holds for a name", () => {
  it("is read at most once in 10 s, however often it is asked for", async () => {
    const clock = fixedClock(systemClock.now());
    const ask = () => askSnapshot(subjectOf("deploy"), { refresh: true, clock });
    const read = () =>
      asWorker(databases, () => refreshSnapshot(subjectOf("deploy"), { clock, readerFor: () => readerOf() }));
    expect((await ask()).state).toBe("reading");
    await ask();
    expect(await jobsTaken()).toBe(1);
    await read();
    clock.advance(9_000);
    expect(await ask()).toMatchObject({ state: "ready", snapshot: { accountId: "777788889999" } });
    expect(await jobsTaken()).toBe(0);
    clock.advance(1_000);
    expect((await ask()).state).toBe("reading");
    expect(await jobsTaken()).toBe(1);
  });

  it("is read anew for another boundary", async () => {
    const clock = fixedClock(systemClock.now());
    await asWorker(databases, () => refreshSnapshot(subjectOf("bounded"), { clock, readerFor: () => readerOf() }));
    const boundary = subjectOf("bounded", "arn:aws:iam::777788889999:policy/boundary");
    expect(await askSnapshot(boundary, { refresh: false, clock })).toMatchObject({ state: "reading", snapshot: null });
    expect(await jobsTaken()).toBe(1);
  });

  it("says that no worker runs after 20 s, and why AWS could not be read", async () => {
    const clock = fixedClock(systemClock.now());
    const ask = () => askSnapshot(subjectOf("waiting"), { refresh: false, clock });
    expect((await ask()).waiting).toBeNull();
    clock.advance(20_000);
    expect((await ask()).waiting).toContain("No worker is running");
    const denied = {
      readSnapshot: () =>
        Promise.reject(
          Object.assign(new Error("no"), {
            name: "AccessDenied",
            $fault: "client",
            $metadata: { httpStatusCode: 403 },
          }),
        ),
    };
    await asWorker(databases, () => refreshSnapshot(subjectOf("waiting"), { clock, readerFor: () => denied }));
    expect(await ask()).toMatchObject({ state: "failed", failure: { code: "AccessDenied" } });
  });
});
