import { UpdateRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { awsAccess } from "@/lib/aws/access";
import { accountRoles } from "@/lib/aws/account-roles";
import { awsReader } from "@/lib/aws/reader";
import { fixedClock, systemClock } from "@/lib/clock";
import { sqlAs } from "@/lib/testing/db";
import { visibleRole } from "@/lib/testing/judgements";
import { recordedAccount } from "@/lib/testing/recorded-account";
import { asWorker } from "@/lib/testing/role-requests";
import { askRoleCheck } from "./ask-role-check";
import { checkAccount } from "./check-account";
import { checkRole } from "./check-role";

const actor = { kind: "worker" as const, workerId: "w" };
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

describe("one role, when somebody looks at it", () => {
  const check = (roleId: string) =>
    asWorker(account.databases, () =>
      checkRole(
        { roleId },
        {
          actor,
          clock,
          issuer: "https://gitlab.com",
          readerFor: (row) => awsReader(awsAccess(row, { clock, purpose: "check" }), clock),
        },
      ),
    );
  const jobs = async () =>
    (await sqlAs(account.databases.adminUrl, "DELETE FROM graphile_worker._private_jobs RETURNING 1")).length;

  it("is compared at most once in 10 s, and the sweep says the same of it", async () => {
    const id = await account.role("looked-at");
    await account.admin.send(
      new UpdateRoleCommand({ RoleName: "looked-at", Description: "Somebody else's", MaxSessionDuration: 3600 }),
    );
    expect(await askRoleCheck(await visibleRole(id), { clock })).toMatchObject({ state: "checking", checkedAt: null });
    await askRoleCheck(await visibleRole(id), { clock });
    expect(await jobs()).toBe(1);
    await check(id);
    expect(await account.sentencesOf(id)).toEqual(["The description or the longest session was changed in AWS."]);
    expect(await askRoleCheck(await visibleRole(id), { clock })).toMatchObject({
      state: "known",
      checkedAt: clock.now().toISOString(),
      failure: null,
    });
    expect(await jobs()).toBe(0);
    await asWorker(account.databases, () =>
      checkAccount(account, {
        actor,
        clock,
        issuer: "https://gitlab.com",
        rolesOf: (row) => accountRoles(awsAccess(row, { clock, purpose: "check" })),
      }),
    );
    expect(await account.audited("looked-at")).toHaveLength(1);
    clock.advance(10_000);
    expect((await askRoleCheck(await visibleRole(id), { clock })).state).toBe("checking");
  });

  it("is told to be closed while the account lacks the provider, as the sweep tells it", async () => {
    const id = await account.role("closed");
    await account.removeProvider();
    await check(id);
    const found = await account.sentencesOf(id);
    expect(found).toEqual([expect.stringContaining("is not in AWS any more: pipelines with its tokens are denied.")]);
    clock.advance(16 * 60_000);
    await asWorker(account.databases, () =>
      checkAccount(account, {
        actor,
        clock,
        issuer: "https://gitlab.com",
        rolesOf: (row) => accountRoles(awsAccess(row, { clock, purpose: "check" })),
      }),
    );
    expect(await account.sentencesOf(id)).toEqual(found);
    expect(await account.audited("closed")).toHaveLength(1);
    await account.makeProvider();
  });

  it("says why AWS could not be read", async () => {
    const id = await account.role("unread");
    await account.control("/faults", "POST", { kind: "deny", action: "GetRole", count: 1 });
    await check(id);
    expect(await askRoleCheck(await visibleRole(id), { clock })).toMatchObject({
      state: "known",
      checkedAt: null,
      failure: { code: "AccessDenied" },
    });
    expect((await account.stored(id)).liveState).toBe("unknown");
  });

  it("is not found once it is removed", async () => {
    const id = await account.role("removed");
    await sqlAs(account.databases.adminUrl, `UPDATE "Role" SET "removedAt" = now() WHERE "id" = $1`, [id]);
    await expect(visibleRole(id)).rejects.toThrow("There is no such role");
    await check(id);
    expect((await account.stored(id)).checkedAt).toBeNull();
  });
});
