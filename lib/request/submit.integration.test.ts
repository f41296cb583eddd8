import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { applyPlan } from "@/lib/apply/apply-plan";
import { systemClock } from "@/lib/clock";
import { database, setDatabase } from "@/lib/db/client";
import type { TrustdeskError } from "@/lib/errors";
import { knownError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Change } from "@/lib/plan/change";
import type { RoleDraft } from "@/lib/role-form/schema";
import { unseen } from "@/lib/testing/as-shown";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { visible } from "@/lib/testing/judgements";
import {
  actorOf,
  articleProject,
  asWorker,
  auditedActions,
  draftFor,
  planOnScreen,
  playground,
  readerOf,
  sendAs,
  somebody,
  submit,
} from "@/lib/testing/role-requests";
import { cancelRequest } from "./cancel";

let databases: TestDatabase;
let pia: SignedInPerson;
let paul: SignedInPerson;
let account: AwsAccountView;

beforeAll(async () => {
  databases = await testDatabase();
  [pia, paul] = [await somebody("pia", 11), await somebody("paul", 21)];
  account = await playground(pia);
});

afterAll(() => databases.drop());

const refusal = (work: Promise<unknown>): Promise<TrustdeskError | null> => work.then(() => null, knownError);
const shown = (draft: RoleDraft, { person = pia, reader = readerOf() } = {}) =>
  planOnScreen(draft, person, reader, databases);

async function waitingJobs(): Promise<number> {
  const [row] = await sqlAs<{ count: number }>(
    databases.adminUrl,
    "SELECT count(*)::int AS count FROM graphile_worker._private_jobs",
  );
  return row?.count ?? 0;
}

/** The refusal, after making sure that it left neither a request nor a job. */
async function refusedWithoutTrace(work: () => Promise<unknown>): Promise<TrustdeskError | null> {
  const before = [await database().roleRequest.count(), await waitingJobs()];
  const error = await refusal(work());
  expect([await database().roleRequest.count(), await waitingJobs()]).toEqual(before);
  return error;
}

describe("submitting", () => {
  it("stores the plan that was on screen, its steps and a job, and says so in the audit", async () => {
    const draft = draftFor(account, "website");
    const id = await submit(draft, await shown(draft), pia);
    const request = await database().roleRequest.findUniqueOrThrow({ where: { id }, include: { steps: true } });
    expect(request).toMatchObject({
      state: "queued",
      roleName: "website",
      rule: "platform-engineer",
      grade: "caution",
    });
    expect(request.steps.map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
    expect(await auditedActions(databases, id)).toEqual(["role-request-submitted"]);
  });

  it("refuses a taken name, at its field, and shows whose it is", async () => {
    const draft = draftFor(account, "taken");
    const role = { ...draftRole("taken"), arn: "arn:aws:iam::777788889999:role/taken" };
    const digest = await shown(draft, { reader: readerOf({ role }) });
    const error = await refusedWithoutTrace(() => submit(draft, digest, pia));
    expect(error).toMatchObject({
      code: "conflict",
      details: { field: "roleName", data: { problems: [{ roleArn: role.arn }] } },
    });
  });

  it("refuses a plan that is not the one on screen, and hands back the new one", async () => {
    const draft = draftFor(account, "moved");
    const digest = await shown(draft);
    const error = await refusedWithoutTrace(() => submit(draft, digest, pia, { path: "acme/renamed" }));
    expect(error).toMatchObject({
      code: "conflict",
      details: { data: { planDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
    });
    expect(JSON.stringify(error?.details.data)).toContain("acme/renamed");
  });

  it("refuses what nobody was told the meaning of, or another one, and hands back what is said now", async () => {
    const draft = draftFor(account, "unjudged");
    const digest = await shown(draft);
    const send = (judgementDigest: string) => sendAs(pia, { draft, planDigest: digest, judgementDigest });
    const error = await refusedWithoutTrace(() => send(unseen));
    expect(error).toMatchObject({
      code: "conflict",
      details: { data: { kind: "judgement-moved", grade: "caution", findings: [{ id: "full-access" }] } },
    });
    const { data } = error?.details ?? {};
    await send(data?.kind === "judgement-moved" ? data.judgementDigest : "");
    expect(await database().roleRequest.count({ where: { roleName: "unjudged", state: "queued" } })).toBe(1);
  });

  it("refuses when AWS was not read", async () => {
    const draft = draftFor(account, "unread");
    expect(await refusedWithoutTrace(() => submit(draft, "0".repeat(64), pia))).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("AWS was not read yet") as string,
    });
  });

  it("refuses a boundary that was not looked for", async () => {
    const draft = draftFor(account, "bounded");
    const digest = await shown(draft);
    const bounded = { ...draft, boundaryArn: "arn:aws:iam::777788889999:policy/boundary" };
    expect(await refusedWithoutTrace(() => submit(bounded, digest, pia))).toMatchObject({ code: "conflict" });
  });

  it("says at which field a draft is not whole", async () => {
    const draft = draftFor(account, "why", { justification: " " });
    expect(await refusedWithoutTrace(() => submit(draft, "0".repeat(64), pia))).toMatchObject({
      code: "bad-input",
      details: { field: "justification" },
    });
  });

  it("never lets the portal's own application be an audience", async () => {
    const draft = draftFor(account, "audience", { audience: "trustdesk-demo" });
    expect(await refusedWithoutTrace(() => submit(draft, "0".repeat(64), pia))).toMatchObject({
      code: "bad-input",
      details: { field: "audience" },
    });
  });

  it.each([
    ["auditor", 50],
    ["member", 30],
  ] as const)("refuses a %s of level %i with the reason, and records that", async (role, accessLevel) => {
    const draft = draftFor(account, `by-${role}`);
    const error = await refusedWithoutTrace(() => submit(draft, "0".repeat(64), { ...pia, role }, { accessLevel }));
    expect(error?.code).toBe("forbidden");
    const entries = await sqlAs<{ detail: string; project_path: string }>(
      databases.adminUrl,
      "SELECT detail, project_path FROM audit.entry WHERE action = 'role-request-refused' AND role_name = $1",
      [draft.roleName],
    );
    expect(entries).toEqual([{ detail: error?.message, project_path: articleProject.path }]);
  });
});

describe("two people on one role", () => {
  it("refuses the second, whatever the name's case, with the difference", async () => {
    const [first, second] = [draftFor(account, "shared"), draftFor(account, "Shared", { maxSessionHours: 8 })];
    const id = await submit(first, await shown(first), pia);
    const digest = await shown(second, { person: paul });
    const error = await refusedWithoutTrace(() => submit(second, digest, paul));
    expect(error).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Pia has already asked") as string,
      details: { data: { requestId: id } },
    });
    const { diff } = error?.details.data as { diff: { kind: string; text: string }[] };
    expect(diff.filter(({ kind }) => kind !== "same").map(({ text }) => text.trim())).toContain(
      `"maxSessionSeconds": 28800,`,
    );
  });

  it("takes no other name for the same one", async () => {
    const [first, second] = [draftFor(account, "web-site"), draftFor(account, "web_site")];
    await submit(first, await shown(first), pia);
    await expect(submit(second, await shown(second, { person: paul }), paul)).resolves.toEqual(expect.any(String));
  });

  it("lets exactly one through when both press at the same moment", async () => {
    const draft = draftFor(account, "race");
    const digests = { pia: await shown(draft), paul: await shown(draft, { person: paul }) };
    const outcomes = await Promise.allSettled([submit(draft, digests.pia, pia), submit(draft, digests.paul, paul)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().roleRequest.count({ where: { roleName: "race" } })).toBe(1);
  });
});

describe("cancelling", () => {
  it("before the first call means that none is made, and frees the name", async () => {
    const draft = draftFor(account, "cancelled");
    const id = await submit(draft, await shown(draft), pia);
    await cancelRequest(await visible(id), { person: pia, actor: actorOf(pia), clock: systemClock });
    const { calls, writer } = countingWriter();
    const context = {
      actor: { kind: "worker" as const, workerId: "w1" },
      clock: systemClock,
      connect: () => ({ reader: readerOf(), writer }),
      stillStands: () => Promise.resolve({ ok: true as const }),
      lastTry: false,
    };
    await asWorker(databases, () => applyPlan({ requestId: id }, context));
    expect(calls).toEqual([]);
    expect(await auditedActions(databases, id)).toEqual(["role-request-submitted", "apply-cancelled"]);
    await expect(submit(draft, await shown(draft, { person: paul }), paul)).resolves.toEqual(expect.any(String));
  });

  it("in the moment in which the worker begins has one winner", async () => {
    const draft = draftFor(account, "late");
    const id = await submit(draft, await shown(draft), pia);
    const { calls, writer } = countingWriter();
    const stillStands = async () => {
      setDatabase(databases.webUrl);
      await cancelRequest(await visible(id), { person: pia, actor: actorOf(pia), clock: systemClock });
      setDatabase(databases.workerUrl);
      return { ok: true as const };
    };
    await asWorker(databases, () =>
      applyPlan(
        { requestId: id },
        {
          actor: { kind: "worker", workerId: "w1" },
          clock: systemClock,
          connect: () => ({ reader: readerOf(), writer }),
          stillStands,
          lastTry: false,
        },
      ),
    );
    expect(calls).toEqual([]);
    expect((await database().roleRequest.findUniqueOrThrow({ where: { id } })).state).toBe("cancelled");
  });

  it("is refused to others", async () => {
    const draft = draftFor(account, "mine");
    const id = await submit(draft, await shown(draft), pia);
    const stranger = { ...paul, role: "member" as const };
    expect(
      await refusal(
        cancelRequest(await visible(id), { person: stranger, actor: actorOf(stranger), clock: systemClock }),
      ),
    ).toMatchObject({ code: "forbidden" });
    expect((await database().roleRequest.findUniqueOrThrow({ where: { id } })).state).toBe("queued");
  });
});

/** A writer that does nothing, and the kinds of the changes that it was asked for. */
function countingWriter() {
  const calls: string[] = [];
  const perform = (change: Change) => {
    calls.push(change.kind);
    return Promise.resolve({ awsRequestId: null });
  };
  return { calls, writer: { perform } };
}

function draftRole(name: string) {
  const trustPolicy = { Version: "2012-10-17", Statement: [] };
  return {
    name,
    path: "/",
    uniqueId: "AROA",
    trustPolicy,
    description: "",
    maxSessionSeconds: 3600,
    boundaryArn: null,
    tags: {},
    createdAt: "",
    lastUsedAt: null,
    inlinePolicies: {},
    attachedPolicies: [],
  };
}
