import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor, AuditEvent } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import { fixedClock } from "@/lib/clock";
import { planExample } from "@/lib/plan/examples";
import type { TestDatabase } from "@/lib/testing/db";
import { testDatabase } from "@/lib/testing/db";
import type { AuditFilter } from "./contract";
import { auditFilterSchema } from "./contract";
import type { AuditScope } from "./read";
import { auditScope, listAudit, verifyAudit } from "./read";

const clock = fixedClock("2026-03-01T23:59:59.999Z");
const oleg: Actor = { kind: "person", personId: "p-oleg", name: "Oleg Brandt", username: "oleg" };
const mona: Actor = { kind: "person", personId: "p-mona", name: "Mona Reyes", username: "mona" };
let db: TestDatabase;

const record = (actor: Actor, audit: AuditEvent) =>
  recordChange({ actor, clock }, () => Promise.resolve({ value: null, audit }));
const asked = {
  after: { plan: planExample, planDigest: "0".repeat(64), grade: "safe", rule: "approval" },
  detail: "It is deployed from its pipeline.",
} as const;
const everything: AuditScope = { kind: "all" };
const list = async (filter: Partial<AuditFilter>, scope: AuditScope = everything) =>
  (await listAudit(auditFilterSchema.parse(filter), scope)).rows.map((row) => row.seq);

beforeAll(async () => {
  db = await testDatabase();
  await record(oleg, { action: "signed-in" });
  await record(oleg, {
    action: "role-request-submitted",
    projectId: 1,
    projectPath: "acme/shop/web",
    roleName: "deploy",
    accountId: "111122223333",
    requestId: "r1",
    ...asked,
  });
  clock.advance(1);
  await record(mona, {
    action: "role-request-refused",
    projectId: 2,
    projectPath: "acme/data/pipelines",
    roleName: "deploy",
    accountId: "444455556666",
    detail: "You are a Developer here.",
  });
  await record(mona, {
    action: "role-request-submitted",
    projectId: 3,
    projectPath: "acme/shop-evil/web",
    roleName: "load",
    accountId: "444455556666",
    ...asked,
  });
});
afterAll(() => db.drop());

describe("listAudit", () => {
  it("shows an entry with its sentence, newest first", async () => {
    const { rows } = await listAudit(auditFilterSchema.parse({}), everything);
    expect(rows.map((row) => row.sentence)).toEqual([
      "Mona Reyes asked for role load in 444455556666 for acme/shop-evil/web",
      "Mona Reyes was refused role deploy in 444455556666 for acme/data/pipelines: You are a Developer here",
      "Oleg Brandt asked for role deploy in 111122223333 for acme/shop/web",
      "Oleg Brandt signed in",
    ]);
    expect(rows[2]).toMatchObject({
      seq: 2,
      at: "2026-03-01T23:59:59.999Z",
      actor: { kind: "person", name: "Oleg Brandt", username: "oleg" },
      requestId: "r1",
      before: null,
      after: asked.after,
      prevHash: rows[3]?.hash,
    });
  });

  it.each<[Partial<AuditFilter>, number[]]>([
    [{ person: "oleg" }, [2, 1]],
    [{ action: "role-request-submitted" }, [4, 2]],
    [{ project: "acme/shop" }, [2]],
    [{ project: "acme/shop/web" }, [2]],
    [{ role: "deploy", account: "444455556666" }, [3]],
    [{ to: "2026-03-01" }, [2, 1]],
    [{ from: "2026-03-02", to: "2026-03-02" }, [4, 3]],
    [{ seq: 3 }, [3]],
    [{ person: "' OR true --" }, []],
  ])("filters by %j", async (filter, seqs) => {
    expect(await list(filter)).toEqual(seqs);
  });

  it("pages without loss or repetition", async () => {
    const first = await listAudit(auditFilterSchema.parse({ limit: 3 }), everything);
    expect(first.nextCursor).toBe("2");
    const second = await listAudit(auditFilterSchema.parse({ limit: 3, cursor: first.nextCursor }), everything);
    expect([...first.rows, ...second.rows].map((row) => row.seq)).toEqual([4, 3, 2, 1]);
    expect(second.nextCursor).toBeNull();
  });

  it("shows a member the projects they maintain and what they did, and nothing by filter either", async () => {
    const web = db.prismaAs("web");
    await web.person.create({
      data: { id: "p-oleg", instanceId: "gitlab.com", gitlabUserId: 12, username: "oleg", name: "Oleg Brandt" },
    });
    const membership = (projectId: number, accessLevel: number) => ({
      personId: "p-oleg",
      projectId,
      accessLevel,
      path: `acme/${projectId}`,
      name: "x",
      namespacePath: "acme",
      namespaceId: 9,
      visibility: "private",
      webUrl: "https://gitlab.com",
      syncedAt: clock.now(),
    });
    await web.projectMembership.createMany({ data: [membership(3, 40), membership(2, 30)] });
    const scope = auditScope({ id: "p-oleg", role: "member" }, clock);
    expect(await list({}, scope)).toEqual([4, 2, 1]);
    expect(await list({ seq: 3 }, scope)).toEqual([]);
    const later = fixedClock(new Date(clock.now().getTime() + 60 * 60_000 + 1));
    expect(
      await list({}, auditScope({ id: "p-oleg", role: "member" }, later)),
      "a projection too old to be trusted opens nothing",
    ).toEqual([2, 1]);
    expect(auditScope({ id: "p-oleg", role: "auditor" }, clock)).toEqual({ kind: "all" });
  });
});

describe("verifyAudit", () => {
  it("tells how many entries are whole and where the chain ends", async () => {
    const { rows } = await listAudit(auditFilterSchema.parse({ limit: 1 }), everything);
    expect(await verifyAudit()).toEqual({ ok: true, entries: 4, brokenAt: null, reason: null, head: rows[0]?.hash });
  });
});
