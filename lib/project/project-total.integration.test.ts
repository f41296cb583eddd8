import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

beforeEach(async () => {
  await sqlAs(db.ownerUrl, `DELETE FROM "Person"`);
  await sqlAs(
    db.ownerUrl,
    `INSERT INTO "Person" ("id", "instanceId", "gitlabUserId", "username", "name") VALUES ('pia', 'gitlab.com', 1, 'pia', 'Pia'), ('oleg', 'gitlab.com', 2, 'oleg', 'Oleg')`,
  );
  await store("pia", 1, 200);
  await store("oleg", 1, 3);
});

/** Stores projects `first` to `last` as the web does: what is there already is brought up to date. */
async function store(personId: string, first: number, last: number, archived = false): Promise<void> {
  await sqlAs(
    db.webUrl,
    `INSERT INTO "ProjectMembership" ("personId", "projectId", "path", "name", "namespacePath", "namespaceId", "accessLevel", "visibility", "webUrl", "syncedAt", "archived")
     SELECT '${personId}', i, 'acme/' || i, i, 'acme', 1, 40, 'private', 'https://gitlab.com/acme/' || i, now(), ${archived} FROM generate_series(${first}, ${last}) i
     ON CONFLICT ("personId", "projectId") DO UPDATE SET "archived" = excluded."archived", "syncedAt" = excluded."syncedAt"`,
  );
}

/** What is kept, and what counting says. */
async function totals(personId: string): Promise<{ kept: unknown; counted: unknown }> {
  const [kept = null] = await sqlAs(
    db.webUrl,
    `SELECT "current", "archived" FROM "ProjectTotal" WHERE "personId" = '${personId}'`,
  );
  const [counted] = await sqlAs(
    db.webUrl,
    `SELECT count(*) FILTER (WHERE NOT "archived")::integer AS current, count(*) FILTER (WHERE "archived")::integer AS archived FROM "ProjectMembership" WHERE "personId" = '${personId}'`,
  );
  return { kept, counted };
}

describe("a person's total of projects", () => {
  it.each<[string, () => Promise<unknown>, { current: number; archived: number }]>([
    ["that come", () => store("pia", 201, 210), { current: 210, archived: 0 }],
    ["that come and were there before", () => store("pia", 150, 250), { current: 250, archived: 0 }],
    ["that are archived", () => store("pia", 191, 205, true), { current: 190, archived: 15 }],
    [
      "that are taken out of the archive again",
      async () => {
        await store("pia", 1, 20, true);
        await store("pia", 11, 30);
      },
      { current: 190, archived: 10 },
    ],
    [
      "that go",
      async () => {
        await store("pia", 1, 20, true);
        await sqlAs(db.webUrl, `DELETE FROM "ProjectMembership" WHERE "projectId" <= 50`);
      },
      { current: 150, archived: 0 },
    ],
    [
      "when nothing goes",
      () => sqlAs(db.webUrl, `DELETE FROM "ProjectMembership" WHERE "projectId" = -1`),
      { current: 200, archived: 0 },
    ],
  ])("follows projects %s", async (_what, change, expected) => {
    await change();
    expect(await totals("pia")).toEqual({ kept: expected, counted: expected });
  });

  it("is one's own", async () => {
    await store("oleg", 4, 9);
    expect((await totals("pia")).kept).toEqual({ current: 200, archived: 0 });
    expect((await totals("oleg")).kept).toEqual({ current: 9, archived: 0 });
  });

  it("stays true while two refreshes write at once", async () => {
    await Promise.all([store("pia", 201, 300), store("pia", 301, 400), store("pia", 1, 100, true)]);
    expect(await totals("pia")).toEqual({
      kept: { current: 300, archived: 100 },
      counted: { current: 300, archived: 100 },
    });
  });

  it("goes with its person, and is written by nobody", async () => {
    await expect(sqlAs(db.webUrl, `UPDATE "ProjectTotal" SET "current" = 1`)).rejects.toThrow(/permission denied/);
    await sqlAs(db.ownerUrl, `DELETE FROM "Person" WHERE "id" = 'pia'`);
    expect((await totals("pia")).kept).toBeNull();
  });
});
