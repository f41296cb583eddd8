import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readAuditAfter } from "@/lib/audit-log/read";
import { database } from "@/lib/db/client";
import { sessionCookie } from "@/lib/identity/wire-names";
import { sqlAs } from "@/lib/testing/db";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import { handleAuditExport } from "./export-audit";

vi.mock("@/lib/audit-log/read", { spy: true });

const entries = 30_000;
const ownOrigin = "http://127.0.0.1:3999";
let portal: Portal;
const sessions: Record<string, string> = {};

beforeAll(async () => {
  portal = await startPortal();
  for (const username of ["ada", "oleg"]) {
    sessions[username] = (await portal.signIn(username)).sessionToken ?? "";
    await portal.as(sessions[username]).projects.search({ query: "", archived: false, limit: 1 });
  }
  await portal.settled();
  await sqlAs(
    portal.db.ownerUrl,
    `DO $$ BEGIN FOR i IN 1..${entries} LOOP
    PERFORM audit.append('2026-11-22T12:00:00.000Z', 'system', 'seed', 'Seed', null, 'account-added', CASE WHEN i % 2 = 0 THEN 90201 ELSE 90401 END, CASE WHEN i % 2 = 0 THEN 'acme/shop/web' ELSE 'acme/data/pipelines' END,
      'role-' || i, null, null, null, '{"n": ' || i || '}', CASE WHEN i = 1 THEN '=HYPERLINK("http://evil.example")' ELSE 'says "hello", ok' END); END LOOP; END $$`,
  );
});
afterAll(() => portal.stop());

function send(
  fields: Record<string, string> | string,
  { who, origin = ownOrigin }: { who?: string; origin?: string } = {},
): Promise<Response> {
  const headers = { origin, ...(who ? { cookie: `${sessionCookie}=${encodeURIComponent(sessions[who] ?? "")}` } : {}) };
  return handleAuditExport(
    new Request(`${ownOrigin}/api/audit/export`, {
      method: "POST",
      headers,
      body: typeof fields === "string" ? fields : new URLSearchParams(fields),
    }),
  );
}

const lastEntry = async () =>
  (
    await sqlAs<{ action: string; actor_username: string; detail: string }>(
      portal.db.adminUrl,
      "SELECT action, actor_username, detail FROM audit.entry ORDER BY seq DESC LIMIT 1",
    )
  )[0];

/** What a reader does with the file alone: the hash of each entry, from its own fields and the hash before it. */
function hashOf(entry: Record<string, string | number | null>, previous: Buffer): string {
  const fields = [
    "trustdesk-audit-1",
    ...[
      "seq",
      "id",
      "at",
      "actorKind",
      "actorId",
      "actorName",
      "actorUsername",
      "action",
      "projectId",
      "projectPath",
      "roleName",
      "accountId",
      "requestId",
      "before",
      "after",
      "detail",
    ].map((name) => entry[name] ?? null),
  ];
  const framed = fields.map((field) => {
    if (field === null) return Buffer.from("ffffffff", "hex");
    const bytes = Buffer.from(String(field), "utf8");
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return createHash("sha256")
    .update(Buffer.concat([previous, ...framed]))
    .digest("hex");
}

describe("an export", () => {
  it("holds every entry, ends with how many, and proves the chain without Trustdesk", async () => {
    const answer = await send({ format: "jsonl" }, { who: "ada" });
    expect([answer.status, answer.headers.get("content-disposition"), answer.headers.get("cache-control")]).toEqual([
      200,
      expect.stringMatching(/^attachment; filename="trustdesk-audit-\d{4}-\d\d-\d\d\.jsonl"$/),
      "no-store",
    ]);
    const lines = (await answer.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, string | number | null>);
    const end = lines.pop();
    expect(end).toEqual({ end: true, rows: lines.length });
    expect(lines.length).toBeGreaterThan(entries);
    let previous: Buffer = Buffer.alloc(32);
    for (const entry of lines) {
      const hash = hashOf(entry, previous);
      if (entry.hash !== hash) expect(entry).toMatchObject({ hash });
      previous = Buffer.from(hash, "hex");
    }
  });

  it("is itself recorded, before its first line, with who took what", async () => {
    const answer = await send({ format: "csv", role: "role-7", from: "2026-11-22" }, { who: "ada" });
    expect(await lastEntry()).toMatchObject({
      action: "audit-exported",
      actor_username: "ada",
      detail: expect.stringMatching(/^CSV, role role-7, from 2026-11-22, up to entry \d+$/) as string,
    });
    const [header, row, ...others] = (await answer.text()).trimEnd().split("\r\n");
    expect([header?.split(",").slice(0, 3), others]).toEqual([["seq", "at", "actor_kind"], []]);
    expect(row).toContain(`"says ""hello"", ok"`);
  });

  it("makes no formula of what somebody wrote", async () => {
    const text = await (await send({ format: "csv", role: "role-1" }, { who: "ada" })).text();
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(text).not.toMatch(/(?:^|,)"?=/m);
  });

  it("holds for a Maintainer what the audit page shows them, and nothing of other projects", async () => {
    const text = await (await send({ format: "csv", action: "account-added" }, { who: "oleg" })).text();
    expect(text.split("\r\n").length - 2).toBe(entries / 2);
    expect(text).not.toContain("acme/data/pipelines");
  });

  it("is read only as far as it is taken", async () => {
    const answer = await send({ format: "jsonl" }, { who: "ada" });
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value).trimEnd().split("\n")).toHaveLength(1000);
    const pages = () => vi.mocked(readAuditAfter).mock.calls.length;
    const read = pages();
    await reader?.read();
    expect(pages()).toBe(read + 1);
    await reader?.cancel();
    await send({ format: "jsonl", seq: "1" }, { who: "ada" }).then((next) => next.text());
    expect(pages(), "beside what was taken, only the two of the next export").toBe(read + 3);
  });

  it("breaks off, and does not look whole, when the reading fails midway", async () => {
    const reader = (await send({ format: "jsonl" }, { who: "ada" })).body?.getReader();
    await reader?.read();
    await sqlAs(portal.db.adminUrl, "REVOKE SELECT ON audit.entry FROM trustdesk_web");
    try {
      await expect(reader?.read()).rejects.toThrow();
    } finally {
      await sqlAs(portal.db.adminUrl, "GRANT SELECT ON audit.entry TO trustdesk_web");
    }
  });

  it("and the page ask GitLab again before they show a Maintainer's projects by what was known long ago", async () => {
    await portal.settled();
    const ofLongAgo = new Date("2020-01-01T00:00:00Z");
    const forget = async () => {
      await database().projectMembership.updateMany({ data: { syncedAt: ofLongAgo } });
      await database().projectSync.updateMany({ data: { startedAt: ofLongAgo } });
    };
    await forget();
    const { rows } = await portal.as(sessions.oleg ?? "").audit.list({ action: "account-added", limit: 1 });
    expect(rows).toMatchObject([{ projectPath: "acme/shop/web" }]);
    await forget();
    expect(await (await send({ format: "csv", role: "role-2" }, { who: "oleg" })).text()).toContain("acme/shop/web");
  });

  it("is refused to nobody in particular, to other sites, and for filters that are none; nothing is recorded then", async () => {
    const before = await lastEntry();
    expect((await send({ format: "csv" })).status).toBe(401);
    expect((await send({ format: "csv" }, { who: "ada", origin: "https://evil.example" })).status).toBe(403);
    expect((await send({ format: "pdf" }, { who: "ada" })).status).toBe(400);
    expect((await send({ format: "csv", person: "a\0" }, { who: "ada" })).status).toBe(400);
    expect((await send({ format: "csv", from: "0000-01-01" }, { who: "ada" })).status).toBe(400);
    expect((await send("no form", { who: "ada" })).status).toBe(400);
    expect(await lastEntry()).toEqual(before);
  });
});
