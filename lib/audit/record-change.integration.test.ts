import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "@/lib/clock";
import { planExample } from "@/lib/plan/examples";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import type { Actor } from "./model";
import { recordChange } from "./record-change";

const clock = fixedClock("2026-03-01T12:00:00.000Z");
const pia: Actor = { kind: "person", personId: "p-pia", name: "Pia Okafor", username: "pia" };
const worker: Actor = { kind: "worker", workerId: "w-1" };
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** An account as it is told, and beside it what makes JSON hard to keep to the letter. */
const told = (name: string, accountId: string) => ({
  name,
  accountId,
  partition: "aws",
  region: "us-east-1",
  spokeRoleArn: null,
  hasExternalId: false,
  defaultPath: "/",
  boundaryArn: null,
  boundaryRequired: false,
  namePrefix: "",
  source: "page" as const,
  tags: ["ü", 1.5],
});

async function addAccount(name: string, accountId: string): Promise<string> {
  return recordChange({ actor: pia, clock }, async (tx) => {
    const row = await tx.awsAccount.create({ data: { name, accountId } });
    return { value: row.id, audit: { action: "account-added", accountId, after: told(name, accountId) } };
  });
}

interface Verdict {
  entries: string;
  broken_at: string | null;
  reason: string | null;
}
const verify = async (): Promise<Verdict | undefined> =>
  (await sqlAs<Verdict & { head: Buffer }>(db.webUrl, "SELECT * FROM audit.verify()"))[0];

/** Runs `sql` as the superuser with the audit's triggers off, then checks, then restores what was there. */
async function tampered(sql: string): Promise<Verdict | undefined> {
  await sqlAs(db.adminUrl, "CREATE TABLE public.kept AS SELECT * FROM audit.entry");
  await sqlAs(db.adminUrl, `ALTER TABLE audit.entry DISABLE TRIGGER only_grows; ${sql}`);
  const verdict = await verify();
  await sqlAs(
    db.adminUrl,
    "DELETE FROM audit.entry; INSERT INTO audit.entry SELECT * FROM public.kept; DROP TABLE public.kept; ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER only_grows",
  );
  return verdict;
}

describe("recordChange", () => {
  it("stores the change and its entry together", async () => {
    await addAccount("prod", "111122223333");
    const rows = await sqlAs(
      db.webUrl,
      "SELECT seq, at_text, actor_username, action, account_id, after FROM audit.entry",
    );
    expect(rows).toEqual([
      {
        seq: "1",
        at_text: "2026-03-01T12:00:00.000Z",
        actor_username: "pia",
        action: "account-added",
        account_id: "111122223333",
        after: told("prod", "111122223333"),
      },
    ]);
  });

  it("leaves neither change nor entry when the change throws", async () => {
    const attempt = recordChange({ actor: pia, clock }, async (tx) => {
      await tx.awsAccount.create({ data: { name: "lost", accountId: "000000000001" } });
      throw new Error("no");
    });
    await expect(attempt).rejects.toThrow("no");
    expect(await db.prismaAs("web").awsAccount.count({ where: { name: "lost" } })).toBe(0);
    expect((await verify())?.entries).toBe("1");
  });

  it("leaves no change when the entry is refused", async () => {
    const attempt = recordChange({ actor: worker, clock }, async (tx) => {
      await tx.awsAccount.create({ data: { name: "forged", accountId: "000000000002" } });
      return { value: null, audit: { action: "account-added", after: told("forged", "000000000002") } };
    });
    await expect(attempt).rejects.toThrow(/may not record/);
    expect(await db.prismaAs("web").awsAccount.count({ where: { name: "forged" } })).toBe(0);
  });

  it("keeps one chain under twenty appends at once", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => addAccount(`many-${index}`, String(200000000000 + index))),
    );
    expect(await verify()).toMatchObject({ entries: "21", broken_at: null, reason: null });
  });

  it("records several events of one change in order", async () => {
    await recordChange({ actor: worker, clock, db: db.prismaAs("worker") }, () =>
      Promise.resolve({
        value: null,
        audit: [
          { action: "apply-started", after: planExample },
          { action: "apply-finished", after: null },
        ] as const,
      }),
    );
    const rows = await sqlAs<{ action: string }>(db.webUrl, "SELECT action FROM audit.entry ORDER BY seq DESC LIMIT 2");
    expect(rows.map(({ action }) => action)).toEqual(["apply-finished", "apply-started"]);
  });
});

describe("the chain", () => {
  it.each(["webUrl", "workerUrl", "ownerUrl", "adminUrl"] as const)("refuses change and removal to %s", async (as) => {
    for (const sql of [
      "UPDATE audit.entry SET actor_name = 'x'",
      "DELETE FROM audit.entry",
      "TRUNCATE audit.entry",
      "UPDATE audit.entry SET actor_name = 'x' WHERE false",
    ]) {
      await expect(sqlAs(db[as], sql), sql).rejects.toThrow(/only grows|permission denied/);
    }
    await expect(sqlAs(db[as], "SET session_replication_role = replica; DELETE FROM audit.entry")).rejects.toThrow(
      /only grows|permission denied/,
    );
  });

  it.each(["webUrl", "workerUrl"] as const)("lets %s insert only through audit.append", async (as) => {
    await expect(sqlAs(db[as], "INSERT INTO audit.entry SELECT * FROM audit.entry")).rejects.toThrow(
      /permission denied/,
    );
    await expect(sqlAs(db[as], "ALTER TABLE audit.entry DISABLE TRIGGER only_grows")).rejects.toThrow(/must be owner/);
  });

  it.each([
    ["a name that is shown", "UPDATE audit.entry SET actor_name = 'Mallory' WHERE seq = 3", "3", "row-hash mismatch"],
    [
      "a value that is shown",
      `UPDATE audit.entry SET after = '{"name":"prod"}' WHERE seq = 1`,
      "1",
      "row-hash mismatch",
    ],
    [
      "the instant used by filters",
      "UPDATE audit.entry SET at = at - interval '1 day' WHERE seq = 4",
      "4",
      "row-hash mismatch",
    ],
    [
      "name, payload and hash of one entry",
      "UPDATE audit.entry SET actor_name = 'Mallory' WHERE seq = 5; UPDATE audit.entry SET payload = audit.payload_of(entry) WHERE seq = 5; UPDATE audit.entry SET hash = sha256(prev_hash || payload) WHERE seq = 5",
      "6",
      "prev-hash mismatch",
    ],
    ["an entry removed", "DELETE FROM audit.entry WHERE seq = 7", "7", "gap"],
    ["the first entry removed", "DELETE FROM audit.entry WHERE seq = 1", "1", "gap"],
  ])("finds that a superuser changed %s", async (_what, sql, brokenAt, reason) => {
    expect(await tampered(sql)).toMatchObject({ broken_at: brokenAt, reason });
    expect(await verify()).toMatchObject({ broken_at: null });
  });
});
