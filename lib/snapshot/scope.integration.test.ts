import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Signed } from "@/lib/identity/signed";
import type { Snapshot } from "@/lib/plan/change";
import type { TestDatabase } from "@/lib/testing/db";
import { testDatabase } from "@/lib/testing/db";
import { actorOf, playground, readerOf, somebody } from "@/lib/testing/role-requests";
import { snapshotAsSeenBy } from "./scope";

let databases: TestDatabase;
let pia: SignedInPerson;
let oleg: SignedInPerson;
let accountId: string;
let snapshot: Snapshot;

beforeAll(async () => {
  databases = await testDatabase();
  pia = await somebody("pia", 11);
  oleg = await somebody("oleg", 12, "member");
  accountId = (await playground(pia)).id;
  await database().projectSync.create({
    data: { personId: oleg.id, state: "ready", seen: 0, startedAt: systemClock.now(), finishedAt: systemClock.now() },
  });
  const read = await readerOf().readSnapshot({
    accountId: "777788889999",
    partition: "aws",
    roleName: "x",
    issuer: "https://gitlab.com",
    boundaryArn: null,
    withProviderUsers: true,
  });
  snapshot = { ...read, providerUsers: ["payroll-deploy"] };
});

afterAll(() => databases.drop());

const signed = (person: SignedInPerson) => ({ person, actor: actorOf(person) }) as unknown as Signed;
const seenBy = (person: SignedInPerson) => snapshotAsSeenBy(signed(person), snapshot, accountId, systemClock);

it("names the provider's other roles to who sees every role, and not to a project's Maintainer", async () => {
  expect(JSON.stringify(await seenBy(pia))).toContain("payroll-deploy");
  expect(JSON.stringify(await seenBy(oleg))).not.toContain("payroll-deploy");
});
