import type { IAMClient } from "@aws-sdk/client-iam";
import {
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAccount } from "@/lib/account/read";
import { awsAccess } from "@/lib/aws/access";
import type { AccountRoles, ListedRole } from "@/lib/aws/account-roles";
import { accountRoles } from "@/lib/aws/account-roles";
import { fixedClock, systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { asJson } from "@/lib/db/json";
import type { RoleState } from "@/lib/plan/change";
import { sqlAs } from "@/lib/testing/db";
import { saidNothing, unjudged } from "@/lib/testing/judgements";
import {
  accountId,
  gitlabProvider,
  managedPolicy,
  narrow,
  recordedAccount,
  recordedDocument,
  recordedRow,
  trustFor,
  wide,
} from "@/lib/testing/recorded-account";
import { asWorker } from "@/lib/testing/role-requests";
import { checkAccount } from "./check-account";
import { checkAccounts } from "./check-accounts";

type RolesOf = Parameters<typeof checkAccount>[1]["rolesOf"];

let account: Awaited<ReturnType<typeof recordedAccount>>;
let clock: ReturnType<typeof fixedClock>;

beforeAll(async () => {
  account = await recordedAccount();
});

beforeEach(() => {
  clock = fixedClock(systemClock.now());
});

afterEach(() => account.forget());

afterAll(() => account.stop());

const rolesOf =
  (pageSize?: number): RolesOf =>
  (row) =>
    accountRoles(awsAccess(row, { clock: systemClock, purpose: "check" }), pageSize);

/** A listing that shows no role yet. */
async function* nothing(): AsyncGenerator<ListedRole[]> {
  yield await Promise.resolve([]);
}

/** The comparison that is due next. */
function sweep(roles: RolesOf = rolesOf()): Promise<void> {
  clock.advance(16 * 60_000);
  return asWorker(account.databases, () =>
    checkAccount(
      { awsAccountId: account.awsAccountId },
      { actor: { kind: "worker", workerId: "w" }, clock, issuer: "https://gitlab.com", rolesOf: roles },
    ),
  );
}

/** Puts a request about a role into the table. */
async function request(roleName: string, state: string): Promise<void> {
  const { awsAccountId, ownerId: requesterId, databases } = account;
  const given = {
    instanceId: "gitlab.test",
    requesterId,
    projectId: 7091,
    projectPath: "acme/web",
    awsAccountId,
    roleName,
    rolePath: "/ci/",
    draft: {},
    plan: {},
    planDigest: "",
    grade: "safe",
    ...saidNothing,
    rule: "platform-engineer",
  };
  const { id } = await databases.prismaAs("web").roleRequest.create({ data: { ...given, state: "queued" } });
  await databases.prismaAs("worker").roleRequest.update({ where: { id }, data: { state } });
}

/** The client, with its calls in flight counted. */
function counted(iam: IAMClient, flight: { now: number; most: number }): { iam: IAMClient } {
  const count = { step: "initialize", name: "counted" } as const;
  iam.middlewareStack.add(
    (next) => (args) => {
      flight.now += 1;
      flight.most = Math.max(flight.most, flight.now);
      return next(args).finally(() => (flight.now -= 1));
    },
    count,
  );
  return { iam };
}

describe("comparing an account with AWS", () => {
  it("says that both agree, and writes nothing into the audit", async () => {
    const id = await account.role("agrees");
    await sweep();
    expect(await account.stored(id)).toMatchObject({
      liveState: "same",
      drift: null,
      driftSince: null,
      checkedAt: clock.now(),
      live: { name: "agrees", description: "Made by Trustdesk" },
    });
    expect((await readAccount(database(), account.awsAccountId)).checkedAt).toBe(clock.now().toISOString());
    expect(await account.audited("agrees")).toEqual([]);
  });

  it("finds none where AWS's role is only written otherwise", async () => {
    const id = await account.role("otherwise");
    const { Statement, ...rest } = trustFor("project_path:acme/web");
    const written = [Statement]
      .flat()
      .map((statement) => ({ ...statement, Sid: "Pipelines", Action: [statement.Action].flat() }));
    const PolicyDocument = JSON.stringify({ ...rest, Statement: written });
    await account.admin.send(new UpdateAssumeRolePolicyCommand({ RoleName: "otherwise", PolicyDocument }));
    await sweep();
    expect(await account.stored(id)).toMatchObject({ liveState: "same", drift: null });
    expect(await account.audited("otherwise")).toEqual([]);
  });

  it.each<[string, (name: string) => Promise<unknown>, string]>([
    [
      "trust",
      (RoleName) =>
        account.admin.send(
          new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(trustFor("project_path:*")) }),
        ),
      "The trust policy was changed in AWS: who may assume the role is not what was approved. It now also lets in whoever gets a token from arn:aws:iam::777788889999:oidc-provider/gitlab.com with the subject project_path:*. It no longer lets in acme/web, as project_path:acme/web.",
    ],
    [
      "inline",
      (RoleName) =>
        account.admin.send(
          new PutRolePolicyCommand({ RoleName, PolicyName: "deploy", PolicyDocument: JSON.stringify(wide) }),
        ),
      "The inline policy deploy was changed in AWS. Whether it means the same, Trustdesk does not tell.",
    ],
    [
      "added",
      (RoleName) =>
        account.admin.send(
          new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument: JSON.stringify(wide) }),
        ),
      "The inline policy more was added in AWS.",
    ],
    ["attached", (RoleName) => account.attach(RoleName), `The managed policy ${managedPolicy} was attached in AWS.`],
    [
      "settings",
      (RoleName) =>
        account.admin.send(
          new UpdateRoleCommand({ RoleName, Description: "Made by Trustdesk", MaxSessionDuration: 43_200 }),
        ),
      "The description or the longest session was changed in AWS.",
    ],
    [
      "gone",
      (name) => account.removeFromAws(name),
      "The role is not in AWS any more: pipelines that assume it are denied.",
    ],
  ])("finds drift in words (%s), tells it once, and keeps since when", async (what, change, sentence) => {
    const name = `drift-${what}`;
    const id = await account.role(name);
    await sweep();
    await change(name);
    await sweep();
    expect(await account.sentencesOf(id)).toEqual([sentence]);
    const found = await account.stored(id);
    expect(found).toMatchObject({ liveState: what === "gone" ? "gone" : "drifted", driftSince: clock.now() });
    await sweep();
    expect(await account.stored(id)).toMatchObject({ driftSince: found.driftSince, checkedAt: clock.now() });
    expect(await account.audited(name)).toEqual([{ action: "drift-found", detail: sentence }]);
  });

  it("finds that a boundary is not the recorded one", async () => {
    const bounded = (name: string) => ({ ...recordedDocument(name), boundaryArn: managedPolicy });
    const same = await account.record("bounded", await account.makeInAws("bounded", managedPolicy), bounded("bounded"));
    const off = await account.record("unbounded", await account.makeInAws("unbounded"), bounded("unbounded"));
    const on = await account.record("tied", await account.makeInAws("tied", managedPolicy));
    await sweep();
    expect(await account.sentencesOf(same)).toEqual([]);
    expect(await account.sentencesOf(off)).toEqual(["The permissions boundary was taken off in AWS."]);
    expect(await account.sentencesOf(on)).toEqual(["A permissions boundary was put on in AWS."]);
  });

  it("finds that a role was deleted and made again", async () => {
    const id = await account.role("twice");
    await account.removeFromAws("twice");
    await account.makeInAws("twice");
    await sweep();
    expect(await account.sentencesOf(id)).toEqual([expect.stringContaining("deleted and made again in AWS")]);
  });

  it("tells another drift, and that it is gone again", async () => {
    const id = await account.role("mended");
    await account.attach("mended");
    await sweep();
    await account.admin.send(
      new PutRolePolicyCommand({ RoleName: "mended", PolicyName: "deploy", PolicyDocument: JSON.stringify(wide) }),
    );
    await sweep();
    await account.admin.send(new DetachRolePolicyCommand({ RoleName: "mended", PolicyArn: managedPolicy }));
    await account.admin.send(
      new PutRolePolicyCommand({ RoleName: "mended", PolicyName: "deploy", PolicyDocument: JSON.stringify(narrow) }),
    );
    await sweep();
    expect((await account.audited("mended")).map(({ action }) => action)).toEqual([
      "drift-found",
      "drift-found",
      "drift-gone",
    ]);
    expect(await account.stored(id)).toMatchObject({ liveState: "same", drift: null, driftSince: null });
  });

  it("finds that somebody deleted the provider, of each role, and that it is there again", async () => {
    const ids = [await account.role("closed-a"), await account.role("closed-b")];
    await sweep();
    await account.removeProvider();
    await sweep();
    const sentence = `The OIDC provider ${gitlabProvider.arn} is not in AWS any more: pipelines with its tokens are denied.`;
    for (const id of ids)
      expect([(await account.stored(id)).liveState, await account.sentencesOf(id)]).toEqual(["drifted", [sentence]]);
    await account.control("/faults", "POST", { kind: "deny", action: "GetOpenIDConnectProvider", count: 1 });
    await sweep();
    for (const id of ids) expect(await account.sentencesOf(id)).toEqual([sentence]);
    await account.makeProvider();
    await sweep();
    expect((await account.audited("closed-a")).map(({ action }) => action)).toEqual(["drift-found", "drift-gone"]);
  });

  it("compares the roles also where the worker may not read the provider", async () => {
    const id = await account.role("unread-provider");
    await account.attach("unread-provider");
    await account.control("/faults", "POST", { kind: "deny", action: "GetOpenIDConnectProvider", count: 1 });
    await sweep();
    expect(await account.sentencesOf(id)).toEqual([`The managed policy ${managedPolicy} was attached in AWS.`]);
    expect((await readAccount(database(), account.awsAccountId)).checkFailure).toBeNull();
  });

  it("finds a role whatever the case of its name", async () => {
    const id = await account.record("CASED", await account.makeInAws("cased"), { ...recordedDocument("cased") });
    await sweep();
    expect((await account.stored(id)).liveState).toBe("same");
  });

  it("reads pages, one call after another, and asks for each page once", async () => {
    const ids = [await account.role("page-a"), await account.role("page-b"), await account.role("page-c")];
    await account.control("/calls", "DELETE");
    await account.control("/faults", "POST", { kind: "slow", action: "GetAccountAuthorizationDetails", ms: 20 });
    const flight = { now: 0, most: 0 };
    await sweep((row) =>
      accountRoles(counted(awsAccess(row, { clock: systemClock, purpose: "check" }).iam, flight), 2),
    );
    expect(flight.most).toBe(1);
    const calls = (await account.control<{ action: string }[]>("/calls"))
      .filter(({ action }) => action !== "AssumeRole")
      .map(({ action }) => action);
    expect(calls.slice(0, 2)).toEqual(["ListRoles", "GetOpenIDConnectProvider"]);
    expect(calls.slice(2).length).toBeGreaterThan(1);
    expect(new Set(calls.slice(2))).toEqual(new Set(["GetAccountAuthorizationDetails"]));
    for (const id of ids) expect((await account.stored(id)).liveState).toBe("same");
  });

  it("does not look again within a quarter of an hour", async () => {
    await account.role("once");
    await sweep();
    await account.control("/calls", "DELETE");
    clock.advance(-16 * 60_000);
    await sweep();
    expect(await account.control("/calls")).toEqual([]);
  });
});

describe("what is applied meanwhile", () => {
  it("is not called drift while it is applied, nor by what was read before it was", async () => {
    const id = await account.role("moving");
    await account.attach("moving");
    await request("moving", "applying");
    await sweep();
    expect(await account.stored(id)).toMatchObject({ liveState: "unknown", checkedAt: null });
    await sqlAs(account.databases.adminUrl, `UPDATE "RoleRequest" SET "state" = 'applied', "finishedAt" = $1`, [
      new Date(clock.now().getTime() + 16 * 60_000),
    ]);
    await sweep();
    expect(await account.stored(id)).toMatchObject({ liveState: "unknown" });
    await sweep();
    expect(await account.stored(id)).toMatchObject({ liveState: "drifted" });
    expect(await account.audited("moving")).toHaveLength(1);
  });

  it("is judged while a request only waits", async () => {
    const id = await account.role("waiting");
    await account.attach("waiting");
    await request("waiting", "queued");
    await sweep();
    expect((await account.stored(id)).liveState).toBe("drifted");
  });

  it("is not called gone because a listing lags behind", async () => {
    const id = await account.role("lagging");
    await sweep((row) => ({ ...rolesOf()(row), pages: nothing }));
    expect((await account.stored(id)).liveState).toBe("unknown");
    expect(await account.audited("lagging")).toEqual([]);
  });
});

describe("an account of 2,500 roles", () => {
  it("is compared in a few transactions, page by page", async () => {
    const names = Array.from({ length: 2500 }, (_, index) => `many-${index}`);
    const live = (name: string): RoleState => ({
      ...recordedDocument(name),
      arn: `arn:aws:iam::${accountId}:role/ci/${name}`,
      uniqueId: `AROA${name}`,
      createdAt: "2026-11-22T12:00:00.000Z",
      lastUsedAt: null,
      attachedPolicies: [],
    });
    const db = account.databases.prismaAs("worker");
    await db.role.createMany({
      data: names.map((name) => ({ id: name, ...recordedRow(name, { ...account, uniqueId: `AROA${name}` }) })),
    });
    await db.roleVersion.createMany({
      data: names.map((name) => ({
        roleId: name,
        version: 1,
        document: asJson(recordedDocument(name)),
        judgement: asJson(unjudged),
        authorId: account.ownerId,
      })),
    });
    const listing = (): AccountRoles => ({
      settings: () => Promise.resolve(new Map()),
      pages: async function* () {
        for (let from = 0; from < names.length; from += 200)
          yield await Promise.resolve(names.slice(from, from + 200).map((name) => ({ name, state: () => live(name) })));
      },
      holds: () => Promise.resolve(false),
      provider: (arn) =>
        Promise.resolve({ arn, url: "gitlab.com", audiences: [gitlabProvider.audience], thumbprints: [] }),
    });
    await sweep(listing);
    const [counts] = await sqlAs<{ same: number; transactions: number }>(
      account.databases.adminUrl,
      `SELECT count(*)::int AS same, count(DISTINCT xmin::text)::int AS transactions FROM "Role" WHERE "liveState" = 'same'`,
    );
    expect(counts).toEqual({ same: 2500, transactions: 13 });
    await sweep(() => ({ ...listing(), pages: nothing }));
    const [gone] = await sqlAs<{ gone: number; transactions: number }>(
      account.databases.adminUrl,
      `SELECT count(*)::int AS gone, count(DISTINCT xmin::text)::int AS transactions FROM "Role" WHERE "liveState" = 'gone'`,
    );
    expect(gone).toEqual({ gone: 2500, transactions: 25 });
  });
});

describe("the schedule", () => {
  it("queues each account that is due once", async () => {
    const queued = () =>
      sqlAs<{ task: string }>(
        account.databases.adminUrl,
        "SELECT t.identifier AS task FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id",
      );
    const look = () => asWorker(account.databases, () => checkAccounts({ clock }));
    await look();
    await look();
    expect(await queued()).toEqual([{ task: "check-account" }]);
    await sqlAs(account.databases.adminUrl, "DELETE FROM graphile_worker._private_jobs");
    await sweep();
    await look();
    expect(await queued()).toEqual([]);
    clock.advance(15 * 60_000);
    await look();
    expect(await queued()).toHaveLength(1);
  });
});
