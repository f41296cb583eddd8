import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { verifyAudit } from "@/lib/audit-log/read";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { markVisible } from "@/lib/identity/mark-visible";
import type { SignedInPerson } from "@/lib/identity/model";
import { saidNow } from "@/lib/testing/as-shown";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { visible } from "@/lib/testing/judgements";
import {
  actorOf,
  articleProject,
  draftFor,
  issuer,
  planOnScreen,
  playground,
  readerOf,
  somebody,
  submit,
} from "@/lib/testing/role-requests";
import type { WebVerb } from "@/lib/testing/web-verb-process";
import { approveRequest } from "./approve";
import { submitRequest } from "./submit";

/** The lock that audit.append takes: whoever holds it stops a change after its rows and before its entry. */
const auditLock = 5210477;

let databases: TestDatabase;
let pia: SignedInPerson;
let oleg: SignedInPerson;
let account: AwsAccountView;

beforeAll(async () => {
  databases = await testDatabase();
  pia = await somebody("pia", 11);
  oleg = await somebody("oleg", 12, "member");
  account = await playground(pia);
});

afterAll(() => databases.drop());

const context = {
  instanceId: "gitlab.test",
  issuer,
  portalClientId: "trustdesk-demo",
  platformGroup: "acme/platform-engineers",
};
const live: WebVerb["live"] = {
  view: articleProject,
  refs: [{ name: "main", type: "branch", protected: true, default: true, pushedAt: null, whoMayPush: "maintainers" }],
};

function web(verb: WebVerb["verb"], input: unknown, person: SignedInPerson) {
  const task: WebVerb = { databaseUrl: databases.webUrl, person, actor: actorOf(person), verb, input, live, context };
  const child = spawn(process.execPath, ["--import", "tsx", "lib/testing/web-verb-process.ts", JSON.stringify(task)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { child, gone: once(child, "exit") as Promise<[number | null]> };
}

/** Runs `verb` in a process of its own, which is killed when its transaction has written everything but the audit entry. */
async function killedInside(...what: Parameters<typeof web>): Promise<void> {
  const holder = new pg.Client({ connectionString: databases.adminUrl });
  await holder.connect();
  try {
    await holder.query("SELECT pg_advisory_lock($1)", [auditLock]);
    const { child, gone } = web(...what);
    await expect.poll(waitingForTheLock).toBe(1);
    child.kill("SIGKILL");
    await gone;
  } finally {
    await holder.end();
  }
  await expect.poll(openTransactions).toBe(0);
}

async function waitingForTheLock(): Promise<number> {
  return count(
    "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1",
    [auditLock],
  );
}

async function openTransactions(): Promise<number> {
  return count(
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()",
  );
}

async function count(sql: string, values: unknown[] = []): Promise<number> {
  return (await sqlAs<{ count: number }>(databases.adminUrl, sql, values))[0]?.count ?? 0;
}

/** All that a request leaves: its row, journal, job and audit entries. */
async function left(roleName: string) {
  const requests = await database().roleRequest.findMany({
    where: { roleName },
    include: { steps: true, decisions: true },
  });
  return {
    requests: requests.length,
    states: requests.map(({ state }) => state),
    steps: requests.reduce((sum, { steps }) => sum + steps.length, 0),
    decisions: requests.reduce((sum, { decisions }) => sum + decisions.length, 0),
    jobs: await count(
      "SELECT count(*)::int AS count FROM graphile_worker._private_jobs j WHERE key LIKE 'apply-request:%' AND EXISTS (SELECT FROM \"RoleRequest\" r WHERE r.\"roleName\" = $1 AND j.key = 'apply-request:' || r.id)",
      [roleName],
    ),
    entries: await count("SELECT count(*)::int AS count FROM audit.entry WHERE role_name = $1", [roleName]),
  };
}

const nothing = { requests: 0, states: [], steps: 0, decisions: 0, jobs: 0, entries: 0 };

describe("the web killed with kill -9", () => {
  it("inside a submit leaves nothing, and the same submit then works", async () => {
    const draft = draftFor(account, "submitted");
    const planDigest = await planOnScreen(draft, pia, readerOf(), databases);
    const before = await count("SELECT count(*)::int AS count FROM graphile_worker._private_jobs");
    const asPia = { ...context, person: pia, actor: actorOf(pia), clock: systemClock };
    const liveProject = () => Promise.resolve(markVisible(live));
    const judgementDigest = await saidNow((digest) =>
      submitRequest(
        { draft, planDigest, judgementDigest: digest },
        { ...asPia, liveProject, recentProject: liveProject, accessLevel: () => Promise.resolve(40) },
      ),
    );
    await killedInside("submit", { draft, planDigest, judgementDigest }, pia);
    expect(await left("submitted")).toEqual(nothing);
    expect(await count("SELECT count(*)::int AS count FROM graphile_worker._private_jobs")).toBe(before);
    expect(await web("submit", { draft, planDigest, judgementDigest }, pia).gone).toEqual([0, null]);
    expect(await left("submitted")).toEqual({
      requests: 1,
      states: ["queued"],
      steps: 3,
      decisions: 0,
      jobs: 1,
      entries: 1,
    });
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });

  it("inside an approval leaves the request as it was, and the same approval then works", async () => {
    const draft = draftFor(account, "approved");
    const planDigest = await planOnScreen(draft, oleg, readerOf(), databases);
    const id = await submit(draft, planDigest, oleg);
    const waiting = { requests: 1, states: ["requested"], steps: 0, decisions: 0, jobs: 0, entries: 1 };
    expect(await left("approved")).toEqual(waiting);
    const judgementDigest = await saidNow(async (digest) =>
      approveRequest(
        await visible(id),
        { id, planDigest, judgementDigest: digest },
        {
          ...{ person: pia, actor: actorOf(pia), clock: systemClock },
          stillStands: () => Promise.resolve({ ok: true }),
          liveProject: () => Promise.resolve(live),
        },
      ),
    );
    const input = { id, planDigest, judgementDigest, reason: "looks right" };
    await killedInside("approve", input, pia);
    expect(await left("approved")).toEqual(waiting);
    expect(await web("approve", input, pia).gone).toEqual([0, null]);
    expect(await left("approved")).toEqual({
      requests: 1,
      states: ["queued"],
      steps: 3,
      decisions: 1,
      jobs: 1,
      entries: 2,
    });
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });
});
