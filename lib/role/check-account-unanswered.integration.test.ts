import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAccount } from "@/lib/account/read";
import { awsAccess } from "@/lib/aws/access";
import type { ListedRole } from "@/lib/aws/account-roles";
import { accountRoles } from "@/lib/aws/account-roles";
import { fixedClock, systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { recordedAccount } from "@/lib/testing/recorded-account";
import { asWorker } from "@/lib/testing/role-requests";
import { checkAccount } from "./check-account";

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

describe("when AWS does not answer", () => {
  it("goes on after throttling", async () => {
    const id = await account.role("throttled");
    await account.control("/faults", "POST", { kind: "throttle", action: "GetAccountAuthorizationDetails", count: 2 });
    await sweep();
    expect((await account.stored(id)).liveState).toBe("same");
    expect((await readAccount(database(), account.awsAccountId)).checkFailure).toBeNull();
  });

  it("says what is denied and what to do, calls nothing gone, and recovers", async () => {
    const id = await account.role("denied");
    await sweep();
    const before = await readAccount(database(), account.awsAccountId);
    await account.removeFromAws("denied");
    await account.control("/faults", "POST", { kind: "deny", action: "GetAccountAuthorizationDetails", count: 1 });
    await sweep();
    expect(await readAccount(database(), account.awsAccountId)).toMatchObject({
      checkedAt: before.checkedAt,
      checkFailure: {
        code: "AccessDenied",
        todo: expect.stringContaining("gives the spoke role this permission") as string,
        at: clock.now().toISOString(),
      },
    });
    expect((await account.stored(id)).liveState).toBe("same");
    await sweep();
    expect((await readAccount(database(), account.awsAccountId)).checkFailure).toBeNull();
    expect((await account.stored(id)).liveState).toBe("gone");
  });

  it("keeps what it compared before a page failed", async () => {
    const [early, late] = [await account.role("aa-early"), await account.role("zz-late")];
    await account.attach("aa-early");
    const cut = async function* (pages: AsyncGenerator<ListedRole[]>) {
      for await (const page of pages) {
        if (page[0]?.name === "zz-late")
          throw Object.assign(new Error("cut"), { name: "ServiceFailure", $metadata: { httpStatusCode: 500 } });
        yield page;
      }
    };
    const failing: RolesOf = (row) => ({ ...rolesOf()(row), pages: () => cut(rolesOf(1)(row).pages()) });
    await sweep(failing);
    expect([(await account.stored(early)).liveState, (await account.stored(late)).liveState]).toEqual([
      "drifted",
      "unknown",
    ]);
    expect((await readAccount(database(), account.awsAccountId)).checkFailure).toMatchObject({
      message: "AWS failed on its side.",
    });
  });
});
