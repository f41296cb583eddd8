import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/catalog/model";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { fromJson } from "@/lib/db/json";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Plan } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import type { Goal } from "@/lib/plan/goal";
import { applyPlan } from "@/lib/role/apply-plan";
import { awsAccountInMemory, refusalOfAws } from "@/lib/testing/aws-account";
import { testDatabase } from "@/lib/testing/db";
import type { TestDatabase } from "@/lib/testing/db";
import { actorOf, articleProject, asWorker, auditedActions, draftFor, issuer, planOnScreen, playground, somebody, submit } from "@/lib/testing/role-requests";
import { cancelRequest } from "./cancel";
import { refreshSnapshot } from "./refresh-snapshot";
import type { RoleChange } from "./schema";
import { previewChange, submitChange } from "./submit-change";
import type { SubmitContext } from "./submit-context";
import { submitRequest } from "./submit";

let databases: TestDatabase;
let pia: SignedInPerson;
let oleg: SignedInPerson;
let account: AwsAccountView;
let aws: ReturnType<typeof awsAccountInMemory>;
let number = 0;

beforeAll(async () => {
  databases = await testDatabase();
  pia = await somebody("pia", 11);
  oleg = await somebody("oleg", 12, "member");
  account = await playground(pia);
});
afterAll(() => databases.drop());
beforeEach(() => {
  aws = awsAccountInMemory();
});

function contextOf(person: SignedInPerson, accessLevel = 40): SubmitContext {
  const shown = <T>(answer: T): Promise<T> => (accessLevel > 0 ? Promise.resolve(answer) : Promise.reject(new TrustdeskError("not-found", "GitLab shows you no such project.")));
  return {
    ...{ person, actor: actorOf(person), clock: systemClock, instanceId: "gitlab.test", issuer, portalClientId: "trustdesk-demo", platformGroup: "acme/platform-engineers" },
    liveProject: () => shown({ view: { ...articleProject, accessLevel }, refs: [] }),
    accessLevel: () => shown(accessLevel),
  };
}

/** What the worker's process does with a request. */
function apply(requestId: string): Promise<void> {
  return asWorker(databases, () => applyPlan({ requestId }, { actor: { kind: "worker", workerId: "w1" }, clock: systemClock, connect: () => aws, rightsCheck: () => Promise.resolve({ ok: true }), lastTry: true }));
}

/** A role that Pia made, applied and recorded. */
async function recordedRole(): Promise<{ roleId: string; roleName: string; requestId: string }> {
  number += 1;
  const roleName = `made-${number}`;
  const draft = draftFor(account, roleName);
  const requestId = await submit(draft, await planOnScreen(draft, pia, aws.reader, databases), pia);
  await apply(requestId);
  const { id } = await database().role.findFirstOrThrow({ where: { name: roleName, removedAt: null } });
  return { roleId: id, roleName, requestId };
}

/** The plan as the dialog shows it: asked for, read by the worker, asked for again. */
async function onScreen(change: RoleChange, context: SubmitContext, roleName: string): Promise<string> {
  await previewChange({ change }, context);
  const withProviderUsers = "removeProvider" in change && change.removeProvider;
  await asWorker(databases, () => refreshSnapshot({ awsAccountId: account.id, roleName, issuer, boundaryArn: null, withProviderUsers }, { clock: systemClock, readerFor: () => aws.reader }));
  return (await previewChange({ change }, context)).planDigest ?? "0".repeat(64);
}

async function send(change: RoleChange, person: SignedInPerson, roleName: string): Promise<string> {
  const context = contextOf(person);
  return (await submitChange({ change, planDigest: await onScreen(change, context, roleName) }, context)).id;
}

const refusal = (work: Promise<unknown>): Promise<TrustdeskError | null> => work.then(() => null, knownError);
const stored = (id: string) => database().roleRequest.findUniqueOrThrow({ where: { id } });
const justification = "because";

/** Somebody's hand in AWS. */
function byHand(roleName: string): void {
  const role = aws.held.roles.get(roleName);
  if (role) role.inlinePolicies["by-hand"] = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
}

describe.each(["remove", "restore", "adopt"] as const)("asking to %s a role", (kind) => {
  const changeOf = (roleId: string): RoleChange => (kind === "remove" ? { kind, roleId, removeProvider: false, justification } : { kind, roleId, justification });

  it("puts a platform engineer's plan in line, and it becomes true", async () => {
    const { roleId, roleName } = await recordedRole();
    byHand(roleName);
    const id = await send(changeOf(roleId), pia, roleName);
    expect(await stored(id)).toMatchObject({ state: "queued", kind, roleId, rule: "platform-engineer" });
    await apply(id);
    const role = await database().role.findUniqueOrThrow({ where: { id: roleId } });
    expect((await stored(id)).state).toBe("applied");
    expect([role.removedAt === null, role.version]).toEqual(kind === "remove" ? [false, 1] : [true, 2]);
    expect(Object.keys(aws.held.roles.get(roleName)?.inlinePolicies ?? {})).toEqual({ remove: [], restore: ["deploy"], adopt: ["deploy", "by-hand"] }[kind]);
  });

  it("lets an owner's wait for approval", async () => {
    const { roleId, roleName } = await recordedRole();
    byHand(roleName);
    const id = await send(changeOf(roleId), oleg, roleName);
    expect(await stored(id)).toMatchObject({ state: "requested", kind, rule: "approval" });
    expect(aws.held.roles.has(roleName)).toBe(true);
  });

  it("is refused to a developer with the reason on record, and tells a stranger nothing", async () => {
    const { roleId, roleName } = await recordedRole();
    const input = { change: changeOf(roleId), planDigest: "0".repeat(64) };
    expect(await refusal(submitChange(input, contextOf(oleg, 30)))).toMatchObject({ code: "forbidden", message: expect.stringContaining("project's Maintainers") as string });
    expect(await refusal(submitChange(input, contextOf(oleg, 0)))).toMatchObject({ code: "not-found", message: expect.not.stringContaining(roleName) as string });
    expect(await database().roleRequest.count({ where: { roleId, kind } })).toBe(0);
  });

  it("tells somebody to whom GitLab does not show the project the same as of a role that is not there", async () => {
    const { roleId } = await recordedRole();
    const said = (of: string) => refusal(submitChange({ change: changeOf(of), planDigest: "0".repeat(64) }, contextOf(oleg, 0)));
    const hidden = await said(roleId);
    expect(hidden?.code).toBe("not-found");
    expect(await said("0198f0f0-0000-7000-8000-000000000000")).toMatchObject({ code: hidden?.code, message: hidden?.message });
  });

  it("is refused without a reason, and on an old plan, with the newer one", async () => {
    const { roleId, roleName } = await recordedRole();
    byHand(roleName);
    const digest = await onScreen(changeOf(roleId), contextOf(pia), roleName);
    expect(await refusal(submitChange({ change: { ...changeOf(roleId), justification: " " }, planDigest: digest }, contextOf(pia)))).toMatchObject({ code: "bad-input", details: { field: "justification" } });
    expect(await refusal(submitChange({ change: changeOf(roleId), planDigest: "0".repeat(64) }, contextOf(pia)))).toMatchObject({ code: "conflict", details: { data: { planDigest: digest } } });
  });
});

describe.each([
  { kind: "restore", reason: "AWS agrees with the recorded version: there is nothing to put back." },
  { kind: "adopt", reason: "AWS agrees with the recorded version: there is nothing to take." },
] as const)("asking to $kind a role that AWS holds as recorded", ({ kind, reason }) => {
  it("is refused, and the plan says so before", async () => {
    const { roleId, roleName } = await recordedRole();
    const change: RoleChange = { kind, roleId, justification };
    await onScreen(change, contextOf(pia), roleName);
    const now = await previewChange({ change }, contextOf(pia));
    expect(now).toMatchObject({ planDigest: null, problems: [reason] });
    const shown = now.plan ? await planDigest(now.plan) : "";
    expect(await refusal(submitChange({ change, planDigest: shown }, contextOf(pia)))).toMatchObject({ code: "conflict", message: reason });
    expect(await database().roleRequest.count({ where: { roleId, kind } })).toBe(0);
  });
});

it("takes a role that somebody made again by hand for ours, unique id and all", async () => {
  const { roleId, roleName } = await recordedRole();
  const role = aws.held.roles.get(roleName);
  if (role) aws.held.roles.set(roleName, { ...role, uniqueId: "AROAAGAIN" });
  await apply(await send({ kind: "adopt", roleId, justification }, pia, roleName));
  expect(await database().role.findUniqueOrThrow({ where: { id: roleId } })).toMatchObject({ version: 2, uniqueId: "AROAAGAIN" });
  expect(await refusal(send({ kind: "adopt", roleId, justification }, pia, roleName))).toMatchObject({ code: "conflict" });
});

describe("a role on its way", () => {
  it("takes one request at a time, and says whose it is", async () => {
    const { roleId, roleName } = await recordedRole();
    await send({ kind: "remove", roleId, removeProvider: false, justification }, oleg, roleName);
    const second = { kind: "remove", roleId, removeProvider: false, justification } as const;
    expect(await refusal(send(second, pia, roleName))).toMatchObject({ code: "conflict", message: expect.stringContaining("Oleg has already asked") as string });
  });

  it("keeps the provider while another role trusts it, and takes it away with the last", async () => {
    const [first, last] = [await recordedRole(), await recordedRole()];
    await apply(await send({ kind: "remove", roleId: first.roleId, removeProvider: true, justification }, pia, first.roleName));
    expect(aws.held.provider).not.toBeNull();
    await apply(await send({ kind: "remove", roleId: last.roleId, removeProvider: true, justification }, pia, last.roleName));
    expect(aws.held.provider).toBeNull();
  });

  it("is not changed from an old version, and the refusal brings the new one", async () => {
    const { roleId, roleName } = await recordedRole();
    byHand(roleName);
    await apply(await send({ kind: "adopt", roleId, justification }, pia, roleName));
    const draft = draftFor(account, roleName, { maxSessionHours: 2 });
    const error = await refusal(submitRequest({ draft, planDigest: "0".repeat(64), edit: { roleId, baseVersion: 1 } }, contextOf(pia)));
    expect(error).toMatchObject({ code: "conflict", message: expect.stringContaining("Pia has changed the role meanwhile: it is at version 2") as string, details: { data: { version: 2 } } });
  });

  it("cannot be changed under another project, name or account", async () => {
    const { roleId, roleName } = await recordedRole();
    const edit = { roleId, baseVersion: 1 };
    const sent = (changes: Parameters<typeof draftFor>[2], name = roleName) => refusal(submitRequest({ draft: draftFor(account, name, changes), planDigest: "0".repeat(64), edit }, contextOf(pia)));
    expect(await sent({ projectId: 4711 })).toMatchObject({ code: "not-found" });
    expect(await sent({}, "another")).toMatchObject({ code: "bad-input", details: { field: "roleName" } });
    expect(await sent({ rolePath: "/else/" })).toMatchObject({ code: "bad-input", details: { field: "rolePath" } });
  });
});

describe("a failed apply", () => {
  /** A role whose apply ended after CreateRole, before its policy. */
  async function halfMade(): Promise<{ failedId: string; roleName: string }> {
    number += 1;
    const roleName = `half-${number}`;
    const draft = draftFor(account, roleName);
    const failedId = await submit(draft, await planOnScreen(draft, pia, aws.reader, databases), pia);
    aws.held.around = (change, when) => {
      if (change.kind === "put-inline-policy" && when === "before") throw refusalOfAws("AccessDenied", 403);
    };
    await apply(failedId);
    aws.held.around = () => undefined;
    expect((await stored(failedId)).state).toBe("failed");
    return { failedId, roleName };
  }

  it("is tried again from where it stopped, once", async () => {
    const { failedId, roleName } = await halfMade();
    const id = await send({ kind: "retry", requestId: failedId, justification: "" }, pia, roleName);
    const request = await stored(id);
    expect(fromJson<Plan>(request.plan).changes.map(({ kind }) => kind)).toEqual(["keep-provider", "put-inline-policy"]);
    expect(request).toMatchObject({ originId: failedId, kind: "create" });
    expect(await refusal(send({ kind: "undo", requestId: failedId, justification }, pia, roleName))).toMatchObject({ code: "forbidden", message: expect.stringContaining("goes on from this one already") as string });
    await apply(id);
    expect(await database().role.findFirst({ where: { name: roleName } })).toMatchObject({ version: 1, removedAt: null });
    expect(await auditedActions(databases, id)).toContain("role-recorded");
  });

  it("is undone: what it made goes, the provider that only it made too", async () => {
    const { failedId, roleName } = await halfMade();
    const goal = fromJson<Goal>((await stored(await sendUndo(failedId, roleName))).goal);
    expect(goal).toMatchObject({ kind: "undo", removeProvider: true, continues: [failedId] });
    expect([aws.held.roles.size, aws.held.provider]).toEqual([0, null]);
    expect(await database().role.count({ where: { name: roleName } })).toBe(0);
  });

  async function sendUndo(failedId: string, roleName: string): Promise<string> {
    const change: RoleChange = { kind: "undo", requestId: failedId, justification };
    const context = contextOf(pia);
    await previewChange({ change }, context);
    await asWorker(databases, () => refreshSnapshot({ awsAccountId: account.id, roleName, issuer, boundaryArn: null, withProviderUsers: true }, { clock: systemClock, readerFor: () => aws.reader }));
    const { id } = await submitChange({ change, planDigest: (await previewChange({ change }, context)).planDigest ?? "" }, context);
    await apply(id);
    return id;
  }

  it("is undone after a second failed try, with the provider that the first one made", async () => {
    const { failedId, roleName } = await halfMade();
    aws.held.around = (change, when) => {
      if (change.kind === "put-inline-policy" && when === "before") throw refusalOfAws("AccessDenied", 403);
    };
    const second = await send({ kind: "retry", requestId: failedId, justification: "" }, pia, roleName);
    await apply(second);
    aws.held.around = () => undefined;
    expect(fromJson<Goal>((await stored(await sendUndo(second, roleName))).goal)).toMatchObject({ kind: "undo", removeProvider: true, continues: [failedId, second] });
    expect([aws.held.roles.size, aws.held.provider]).toEqual([0, null]);
  });

  it("touches nothing of a stranger who took the name meanwhile", async () => {
    const { failedId, roleName } = await halfMade();
    const stranger = aws.held.roles.get(roleName);
    if (stranger) Object.assign(stranger, { uniqueId: "AROASTRANGER", tags: {} });
    const { problems, planDigest } = await previewAfterReading({ kind: "undo", requestId: failedId, justification }, roleName);
    expect([planDigest, problems[0]]).toEqual([null, expect.stringContaining("Trustdesk does not touch it")]);
  });

  async function previewAfterReading(change: RoleChange, roleName: string) {
    await previewChange({ change }, contextOf(pia));
    await asWorker(databases, () => refreshSnapshot({ awsAccountId: account.id, roleName, issuer, boundaryArn: null, withProviderUsers: true }, { clock: systemClock, readerFor: () => aws.reader }));
    return previewChange({ change }, contextOf(pia));
  }

  it("is not undone from its beginning once a later try has made the role", async () => {
    const { failedId, roleName } = await halfMade();
    aws.held.around = (change, when) => {
      if (change.kind === "put-inline-policy" && when === "before") throw refusalOfAws("AccessDenied", 403);
    };
    const second = await send({ kind: "retry", requestId: failedId, justification: "" }, pia, roleName);
    await apply(second);
    aws.held.around = () => undefined;
    await apply(await send({ kind: "retry", requestId: second, justification: "" }, pia, roleName));
    expect(await database().role.count({ where: { name: roleName, removedAt: null } })).toBe(1);
    expect(await refusal(previewChange({ change: { kind: "undo", requestId: failedId, justification } }, contextOf(pia)))).toMatchObject({ code: "forbidden", message: expect.stringContaining("goes on from this one already") as string });
    expect(aws.held.roles.has(roleName)).toBe(true);
  });

  it("that touched nothing has nothing to undo", async () => {
    number += 1;
    const draft = draftFor(account, `untouched-${number}`);
    const failedId = await submit(draft, await planOnScreen(draft, pia, aws.reader, databases), pia);
    await asWorker(databases, () => applyPlan({ requestId: failedId }, { actor: { kind: "worker", workerId: "w1" }, clock: systemClock, connect: () => aws, rightsCheck: () => Promise.resolve({ ok: false, reason: "Pia is gone." }), lastTry: true }));
    expect(await refusal(previewChange({ change: { kind: "undo", requestId: failedId, justification } }, contextOf(pia)))).toMatchObject({ code: "forbidden", message: "It changed nothing in AWS: there is nothing to undo." });
  });

  it("is no way on from one that did not fail, or of another's project", async () => {
    const { requestId } = await recordedRole();
    expect(await refusal(previewChange({ change: { kind: "retry", requestId, justification } }, contextOf(pia)))).toMatchObject({ code: "forbidden", message: expect.stringContaining("only a failed one") as string });
    expect(await refusal(previewChange({ change: { kind: "retry", requestId, justification } }, contextOf(oleg, 0)))).toMatchObject({ code: "not-found" });
  });
});

describe("sending a request again", () => {
  it("takes the place of the one that waits, in one step", async () => {
    number += 1;
    const draft = draftFor(account, `again-${number}`);
    const first = await submit(draft, await planOnScreen(draft, oleg, aws.reader, databases), oleg);
    const changed = { ...draft, maxSessionHours: 2 };
    const digest = await planOnScreen(changed, oleg, aws.reader, databases);
    const { id } = await submitRequest({ draft: changed, planDigest: digest, replaces: first }, contextOf(oleg));
    expect([(await stored(first)).state, (await stored(id)).state, (await stored(id)).originId]).toEqual(["withdrawn", "requested", first]);
    expect(await auditedActions(databases, first)).toEqual(["role-request-submitted", "role-request-withdrawn"]);
    const again = { ...changed, maxSessionHours: 4 };
    const error = await refusal(submitRequest({ draft: again, planDigest: await planOnScreen(again, oleg, aws.reader, databases), replaces: first }, contextOf(oleg)));
    expect(error).toMatchObject({ code: "forbidden", message: "Another request goes on from this one already." });
  });

  it("is not for somebody else's, nor for one that is under way", async () => {
    number += 1;
    const draft = draftFor(account, `mine-${number}`);
    const digest = await planOnScreen(draft, pia, aws.reader, databases);
    const id = await submit(draft, digest, pia);
    expect(await refusal(submitRequest({ draft, planDigest: await planOnScreen(draft, oleg, aws.reader, databases), replaces: id }, contextOf(oleg)))).toMatchObject({ code: "forbidden" });
    expect(await refusal(submitRequest({ draft, planDigest: digest, replaces: id }, contextOf(pia)))).toMatchObject({ code: "forbidden" });
    await cancelRequest({ id }, { person: pia, actor: actorOf(pia), clock: systemClock });
    expect((await stored(id)).state).toBe("cancelled");
  });
});
