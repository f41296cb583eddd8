import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { fromJson } from "@/lib/db/json";
import type { Decision, TrustdeskError } from "@/lib/errors";
import { knownError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Plan } from "@/lib/plan/change";
import { asShown, unseen } from "@/lib/testing/as-shown";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { visible } from "@/lib/testing/judgements";
import {
  actorOf,
  articleProject,
  auditedActions,
  draftFor,
  planOnScreen,
  playground,
  readerOf,
  somebody,
  submit,
} from "@/lib/testing/role-requests";
import { approveRequest } from "./approve";
import { readNews } from "./read-news";
import { rejectRequest } from "./reject";
import { withdrawRequest } from "./withdraw";

let databases: TestDatabase;
let pia: SignedInPerson;
let paul: SignedInPerson;
let oleg: SignedInPerson;
let account: AwsAccountView;
let number = 0;

beforeAll(async () => {
  databases = await testDatabase();
  [pia, paul] = [await somebody("pia", 11), await somebody("paul", 21)];
  oleg = await somebody("oleg", 12, "member");
  account = await playground(pia);
});

afterAll(() => databases.drop());

/** A request of Oleg's that waits for approval, with the digest that is on screen. */
/** Only Maintainers push to main: a branch of that name that does not exist is nobody's else. */
const rules = { protectedBranches: [{ name: "main", push: 40, merge: 40 } as const], protectedTags: [] };

async function waiting(): Promise<{ id: string; digest: string; roleName: string }> {
  number += 1;
  const roleName = `asked-${number}`;
  const draft = draftFor(account, roleName);
  const digest = await planOnScreen(draft, oleg, readerOf(), databases);
  return { id: await submit(draft, digest, oleg), digest, roleName };
}

const sought = { instanceId: "gitlab.test", scope: "all" as const, clock: systemClock };
const as = (person: SignedInPerson) => ({ person, actor: actorOf(person), clock: systemClock });
const refusal = (work: Promise<unknown>): Promise<TrustdeskError | null> => work.then(() => null, knownError);
const approve = async (
  id: string,
  planDigest: string,
  { person = pia, stands = { ok: true } }: { person?: SignedInPerson; stands?: Decision } = {},
) => asShown((judgementDigest) => approveAs(id, { planDigest, judgementDigest }, { person, stands }));
const approveAs = async (
  id: string,
  shown: { planDigest: string; judgementDigest: string },
  { person = pia, stands = { ok: true } }: { person?: SignedInPerson; stands?: Decision } = {},
) =>
  approveRequest(
    await visible(id),
    { id, ...shown, reason: "looks right" },
    {
      ...as(person),
      stillStands: () => Promise.resolve(stands),
      liveProject: () => Promise.resolve({ view: articleProject, refs: [], rules }),
    },
  );
const stored = (id: string) =>
  database().roleRequest.findUniqueOrThrow({ where: { id }, include: { steps: true, decisions: true } });

async function jobsFor(id: string): Promise<number> {
  const [row] = await sqlAs<{ count: number }>(
    databases.adminUrl,
    "SELECT count(*)::int AS count FROM graphile_worker._private_jobs WHERE key = $1",
    [`apply-request:${id}`],
  );
  return row?.count ?? 0;
}

describe("an owner's request", () => {
  it("waits for approval: no journal, no job, nothing for a worker to take up", async () => {
    const { id } = await waiting();
    expect(await stored(id)).toMatchObject({
      state: "requested",
      rule: "approval",
      steps: [],
      decisions: [],
      queuedAt: null,
    });
    expect(await jobsFor(id)).toBe(0);
    expect(await auditedActions(databases, id)).toEqual(["role-request-submitted"]);
  });

  it("is put in line by the approval of its plan, and says who approved which digest", async () => {
    const { id, digest } = await waiting();
    await approve(id, digest);
    const request = await stored(id);
    expect(request).toMatchObject({
      state: "queued",
      planDigest: digest,
      decisions: [{ personId: pia.id, verdict: "approved", planDigest: digest, reason: "looks right" }],
    });
    expect(request.steps).toHaveLength(fromJson<Plan>(request.plan).changes.length);
    expect(await jobsFor(id)).toBe(1);
    expect(await auditedActions(databases, id)).toEqual(["role-request-submitted", "role-request-approved"]);
  });

  it("is rejected with a reason only, which its requester is told once", async () => {
    const { id } = await waiting();
    expect(await refusal(rejectRequest(await visible(id), { id, reason: "  " }, as(pia)))).toMatchObject({
      code: "bad-input",
      details: { field: "reason" },
    });
    await rejectRequest(await visible(id), { id, reason: "Use a boundary." }, as(pia));
    expect(await stored(id)).toMatchObject({ state: "rejected", reason: "Use a boundary.", steps: [] });
    const { news } = await readNews(database(), oleg, sought);
    expect(news.find((row) => row.id === id)?.sentence).toMatch(/was rejected by Pia: Use a boundary\./);
    expect((await readNews(database(), oleg, { ...sought, scope: { memberId: oleg.id } })).news).toEqual([]);
    await database().requestSeen.create({ data: { requestId: id, personId: oleg.id, seenAt: systemClock.now() } });
    expect((await readNews(database(), oleg, sought)).news.map((row) => row.id)).not.toContain(id);
  });

  it("is withdrawn by its requester only, and only while nobody decided", async () => {
    const { id, digest } = await waiting();
    expect(await refusal(withdrawRequest(await visible(id), as(paul)))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("who made it") as string,
    });
    await withdrawRequest(await visible(id), as(oleg));
    expect((await stored(id)).state).toBe("withdrawn");
    expect(await refusal(approve(id, digest))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("withdrawn") as string,
    });
  });

  it("is seen by those who may decide it, and not counted for its requester", async () => {
    const { id } = await waiting();
    expect((await readNews(database(), paul, sought)).toDecide.map((row) => row.id)).toContain(id);
    expect((await readNews(database(), oleg, sought)).toDecideCount).toBe(0);
  });
});

describe("an approval is refused", () => {
  it("to the requester, by the product and by the database", async () => {
    const { id, digest } = await waiting();
    const promoted = { ...oleg, role: "platform-engineer" as const };
    expect(await refusal(approve(id, digest, { person: promoted }))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("Nobody decides their own request") as string,
    });
    const own = sqlAs(
      databases.webUrl,
      `INSERT INTO "Decision" ("requestId", "personId", "requesterId", "verdict", "planDigest", "decidedAt") VALUES ($1, $2, $2, 'approved', $3, now())`,
      [id, oleg.id, digest],
    );
    await expect(own).rejects.toThrow(/Decision_not_own_check/);
    const inAnothersName = sqlAs(
      databases.webUrl,
      `INSERT INTO "Decision" ("requestId", "personId", "requesterId", "verdict", "planDigest", "decidedAt") VALUES ($1, $2, $3, 'approved', $4, now())`,
      [id, oleg.id, paul.id, digest],
    );
    await expect(inAnothersName).rejects.toThrow(/Decision_requestId_requesterId_fkey/);
    expect(await stored(id)).toMatchObject({ state: "requested", decisions: [] });
  });

  it("when the plan on screen is not the plan now, with the new plan", async () => {
    const { id } = await waiting();
    const error = await refusal(approve(id, "0".repeat(64)));
    expect(error).toMatchObject({
      code: "conflict",
      details: { data: { planDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
    });
    expect(await stored(id)).toMatchObject({ state: "requested", decisions: [] });
  });

  it("when what is said of it is not what was on screen, with what is said now", async () => {
    const { id, digest } = await waiting();
    const error = await refusal(approveAs(id, { planDigest: digest, judgementDigest: unseen }));
    expect(error).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("What the plan means is not what was on screen") as string,
      details: { data: { kind: "judgement-moved", grade: "caution", findings: [{ id: "full-access" }] } },
    });
    expect(await stored(id)).toMatchObject({ state: "requested", decisions: [] });
  });

  it("when the requester lost the right, or the project moved, with that reason", async () => {
    const { id, digest } = await waiting();
    const error = await refusal(
      approve(id, digest, { stands: { ok: false, reason: "Oleg is not a Maintainer of acme/shop any more." } }),
    );
    expect(error).toMatchObject({ code: "conflict", message: expect.stringContaining("not a Maintainer") as string });
    expect((await stored(id)).state).toBe("requested");
  });

  it("to the slower of two, and the request is applied once", async () => {
    const { id, digest } = await waiting();
    const outcomes = await Promise.allSettled([
      approve(id, digest),
      rejectRequest(await visible(id), { id, reason: "no" }, as(paul)),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { state, decisions } = await stored(id);
    expect(decisions).toHaveLength(1);
    expect(await jobsFor(id)).toBe(state === "queued" ? 1 : 0);
  });

  it("to a second press of the same button, in words", async () => {
    const { id, digest } = await waiting();
    const outcomes = await Promise.all([refusal(approve(id, digest)), refusal(approve(id, digest))]);
    expect(outcomes.flatMap((error) => (error ? [error.message] : []))).toEqual([
      expect.stringMatching(/Somebody was faster|nothing to decide/),
    ]);
    expect(await jobsFor(id)).toBe(1);
  });
});

describe("the database lets nothing into the queue by itself", () => {
  const approvalByPaul = `INSERT INTO "Decision" ("requestId", "personId", "requesterId", "verdict", "planDigest", "decidedAt") VALUES ($1, $2, $3, 'approved', $4, now())`;
  const set = (id: string, state: string) =>
    sqlAs(databases.webUrl, `UPDATE "RoleRequest" SET "state" = $2 WHERE "id" = $1`, [id, state]);

  it("without an approval, or with one of another plan", async () => {
    const { id } = await waiting();
    await expect(set(id, "queued")).rejects.toThrow(/row-level security/);
    await sqlAs(
      databases.webUrl,
      `INSERT INTO "Decision" ("requestId", "personId", "requesterId", "verdict", "planDigest", "decidedAt") VALUES ($1, $2, $3, 'approved', $4, now())`,
      [id, pia.id, oleg.id, "f".repeat(64)],
    );
    await expect(set(id, "queued")).rejects.toThrow(/row-level security/);
    await expect(set(id, "applied")).rejects.toThrow(/row-level security/);
  });

  it("and filing one as if no approval were needed is not a member's way", async () => {
    const { id } = await waiting();
    await expect(
      sqlAs(databases.webUrl, `UPDATE "RoleRequest" SET "rule" = 'platform-engineer' WHERE "id" = $1`, [id]),
    ).rejects.toThrow(/permission denied/);
  });

  it("by a decision on what is decided already", async () => {
    const { id, digest } = await waiting();
    await rejectRequest(await visible(id), { id, reason: "no" }, as(pia));
    await expect(sqlAs(databases.webUrl, approvalByPaul, [id, paul.id, oleg.id, digest])).rejects.toThrow(
      /row-level security/,
    );
  });

  it("by a step beside the plan, once the worker may be at it", async () => {
    const { id, digest } = await waiting();
    const step = `INSERT INTO "ApplyStep" ("requestId", "index", "change", "state") VALUES ($1, 99, '{}', 'pending')`;
    await expect(sqlAs(databases.webUrl, step, [id])).rejects.toThrow(/row-level security/);
    await approve(id, digest);
    await sqlAs(databases.workerUrl, `UPDATE "RoleRequest" SET "state" = 'applying' WHERE "id" = $1`, [id]);
    await expect(sqlAs(databases.webUrl, step, [id])).rejects.toThrow(/row-level security/);
  });
});
