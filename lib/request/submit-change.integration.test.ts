import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { TrustdeskError } from "@/lib/errors";
import { planDigest } from "@/lib/plan/digest";
import { asShown, unseen } from "@/lib/testing/as-shown";
import { awsAccountInMemory } from "@/lib/testing/aws-account";
import { visible } from "@/lib/testing/judgements";
import { articleProject, draftFor } from "@/lib/testing/role-requests";
import type { RoleStage } from "@/lib/testing/role-stage";
import { contextOf, refusal, roleStage, stored } from "@/lib/testing/role-stage";
import { approveRequest } from "./approve";
import { unjudged } from "./model";
import type { PlanNow } from "./plan-now";
import { goalOfRequest, planNow } from "./plan-now";
import { judgementOf } from "./read";
import type { RoleChange } from "./schema";
import type { SubmitContext } from "./submit";
import { submitRequest } from "./submit";
import { previewChange, submitChange } from "./submit-change";

let stage: RoleStage;

beforeAll(async () => {
  stage = await roleStage();
});
afterAll(() => stage.databases.drop());
beforeEach(() => {
  stage.aws = awsAccountInMemory();
});

const justification = "because";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Sends a change whose plan is on screen, with what is said of it now. */
const sent = (change: RoleChange, planDigest: string, context: SubmitContext) =>
  asShown((judgementDigest) => submitChange({ change, planDigest, judgementDigest }, context));

/** Somebody's hand in AWS. */
function byHand(roleName: string): void {
  const role = stage.aws.held.roles.get(roleName);
  if (role)
    role.inlinePolicies["by-hand"] = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    };
}

describe.each(["remove", "restore", "adopt"] as const)("asking to %s a role", (kind) => {
  const changeOf = (roleId: string): RoleChange =>
    kind === "remove" ? { kind, roleId, removeProvider: false, justification } : { kind, roleId, justification };

  it("puts a platform engineer's plan in line, and it becomes true", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    byHand(roleName);
    const id = await stage.send(changeOf(roleId), stage.pia, roleName);
    expect(await stored(id)).toMatchObject({ state: "queued", kind, roleId, rule: "platform-engineer" });
    await stage.apply(id);
    const role = await database().role.findUniqueOrThrow({ where: { id: roleId } });
    expect((await stored(id)).state).toBe("applied");
    expect([role.removedAt === null, role.version]).toEqual(kind === "remove" ? [false, 1] : [true, 2]);
    expect(Object.keys(stage.aws.held.roles.get(roleName)?.inlinePolicies ?? {})).toEqual(
      { remove: [], restore: ["deploy"], adopt: ["deploy", "by-hand"] }[kind],
    );
  });

  it("lets an owner's wait for approval", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    byHand(roleName);
    const id = await stage.send(changeOf(roleId), stage.oleg, roleName);
    expect(await stored(id)).toMatchObject({ state: "requested", kind, rule: "approval" });
    expect(stage.aws.held.roles.has(roleName)).toBe(true);
  });

  it("is refused to a developer with the reason on record, and tells a stranger nothing", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    const input = { change: changeOf(roleId), planDigest: "0".repeat(64) };
    expect(await refusal(sent(input.change, input.planDigest, contextOf(stage.oleg, 30)))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("project's Maintainers") as string,
    });
    expect(await refusal(sent(input.change, input.planDigest, contextOf(stage.oleg, 0)))).toMatchObject({
      code: "not-found",
      message: expect.not.stringContaining(roleName) as string,
    });
    expect(await database().roleRequest.count({ where: { roleId, kind } })).toBe(0);
  });

  it("is taken away and nothing else, by a platform engineer to whom GitLab does not show the project", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    byHand(roleName);
    const hidden = contextOf(stage.pia, 0);
    const shown = await stage.onScreen(changeOf(roleId), hidden, roleName);
    if (kind === "remove") {
      const { id } = await sent(changeOf(roleId), shown, hidden);
      const { after, before } = judgementOf(await visible(id));
      expect([after.kind, before?.kind]).toEqual(["nobody", "untold"]);
      await stage.apply(id);
      expect((await stored(id)).state).toBe("applied");
      return;
    }
    const { plan, planDigest: digest, problems } = await previewChange({ change: changeOf(roleId) }, hidden);
    const reason = `GitLab does not show the project ${articleProject.path} to Trustdesk any more.`;
    expect([digest, problems]).toEqual([null, [reason]]);
    const ready = plan ? await planDigest(plan) : "";
    expect(await refusal(sent(changeOf(roleId), ready, hidden))).toMatchObject({ code: "conflict", message: reason });
    expect(await database().roleRequest.count({ where: { roleId, kind } })).toBe(0);
  });

  it("tells somebody to whom GitLab does not show the project the same as of a role that is not there", async () => {
    const { roleId } = await stage.recordedRole();
    const said = (of: string) => refusal(sent(changeOf(of), "0".repeat(64), contextOf(stage.oleg, 0)));
    const hidden = await said(roleId);
    expect(hidden?.code).toBe("not-found");
    expect(await said("0198f0f0-0000-7000-8000-000000000000")).toMatchObject({
      code: hidden?.code,
      message: hidden?.message,
    });
  });

  it("is refused without a reason, and on an old plan, with the newer one", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    byHand(roleName);
    const digest = await stage.onScreen(changeOf(roleId), contextOf(stage.pia), roleName);
    expect(
      await refusal(sent({ ...changeOf(roleId), justification: " " }, digest, contextOf(stage.pia))),
    ).toMatchObject({ code: "bad-input", details: { field: "justification" } });
    expect(await refusal(sent(changeOf(roleId), "0".repeat(64), contextOf(stage.pia)))).toMatchObject({
      code: "conflict",
      details: { data: { planDigest: digest } },
    });
  });
});

describe.each([
  { kind: "restore", reason: "AWS agrees with the recorded version: there is nothing to put back." },
  { kind: "adopt", reason: "AWS agrees with the recorded version: there is nothing to take." },
] as const)("asking to $kind a role that AWS holds as recorded", ({ kind, reason }) => {
  it("is refused, and the plan says so before", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    const change: RoleChange = { kind, roleId, justification };
    await stage.onScreen(change, contextOf(stage.pia), roleName);
    const now = await previewChange({ change }, contextOf(stage.pia));
    expect(now).toMatchObject({ planDigest: null, problems: [reason] });
    const shown = now.plan ? await planDigest(now.plan) : "";
    expect(await refusal(sent(change, shown, contextOf(stage.pia)))).toMatchObject({
      code: "conflict",
      message: reason,
    });
    expect(await database().roleRequest.count({ where: { roleId, kind } })).toBe(0);
  });
});

it("takes a role that somebody made again by hand for ours, unique id and all", async () => {
  const { roleId, roleName } = await stage.recordedRole();
  const role = stage.aws.held.roles.get(roleName);
  if (role) stage.aws.held.roles.set(roleName, { ...role, uniqueId: "AROAAGAIN" });
  await stage.apply(await stage.send({ kind: "adopt", roleId, justification }, stage.pia, roleName));
  expect(await database().role.findUniqueOrThrow({ where: { id: roleId } })).toMatchObject({
    version: 2,
    uniqueId: "AROAAGAIN",
  });
  expect(await refusal(stage.send({ kind: "adopt", roleId, justification }, stage.pia, roleName))).toMatchObject({
    code: "conflict",
  });
});

describe("a role on its way", () => {
  it("takes one request at a time, and says whose it is", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    await stage.send({ kind: "remove", roleId, removeProvider: false, justification }, stage.oleg, roleName);
    const second = { kind: "remove", roleId, removeProvider: false, justification } as const;
    expect(await refusal(stage.send(second, stage.pia, roleName))).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Oleg has already asked") as string,
    });
  });

  it("keeps the provider while another role trusts it, and takes it away with the last", async () => {
    const [first, last] = [await stage.recordedRole(), await stage.recordedRole()];
    await stage.apply(
      await stage.send(
        { kind: "remove", roleId: first.roleId, removeProvider: true, justification },
        stage.pia,
        first.roleName,
      ),
    );
    expect(stage.aws.held.provider).not.toBeNull();
    await stage.apply(
      await stage.send(
        { kind: "remove", roleId: last.roleId, removeProvider: true, justification },
        stage.pia,
        last.roleName,
      ),
    );
    expect(stage.aws.held.provider).toBeNull();
  });

  it("is not changed from an old version, and the refusal brings the new one", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    byHand(roleName);
    await stage.apply(await stage.send({ kind: "adopt", roleId, justification }, stage.pia, roleName));
    const draft = draftFor(stage.account, roleName, { maxSessionHours: 2 });
    const error = await refusal(
      submitRequest(
        { draft, planDigest: "0".repeat(64), judgementDigest: unseen, edit: { roleId, baseVersion: 1 } },
        contextOf(stage.pia),
      ),
    );
    expect(error).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Pia has changed the role meanwhile: it is at version 2") as string,
      details: { data: { version: 2 } },
    });
  });

  it("cannot be changed under another project, name or account", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    const edit = { roleId, baseVersion: 1 };
    const sent = (changes: Parameters<typeof draftFor>[2], name = roleName) =>
      refusal(
        submitRequest(
          { draft: draftFor(stage.account, name, changes), planDigest: "0".repeat(64), judgementDigest: unseen, edit },
          contextOf(stage.pia),
        ),
      );
    expect(await sent({ projectId: 4711 })).toMatchObject({ code: "not-found" });
    expect(await sent({}, "another")).toMatchObject({ code: "bad-input", details: { field: "roleName" } });
    expect(await sent({ rolePath: "/else/" })).toMatchObject({ code: "bad-input", details: { field: "rolePath" } });
  });
});

describe("a plan that moved while it waited for approval", () => {
  /** As the approver's page has it. */
  const now = async (id: string, live = contextOf(stage.pia).recentProject) => {
    const request = await stored(id);
    return planNow(goalOfRequest(request), request.awsAccountId, {
      refresh: false,
      clock: systemClock,
      about: {
        project: { id: request.projectId, path: request.projectPath },
        live,
      },
    });
  };
  const approve = async (id: string, { planDigest, judgementDigest }: PlanNow) =>
    approveRequest(
      await visible(id),
      { id, planDigest, judgementDigest, reason: "" },
      {
        ...contextOf(stage.pia),
        stillStands: () => Promise.resolve({ ok: true }),
        liveProject: contextOf(stage.pia).liveProject,
      },
    );

  it("cannot be decided on while GitLab does not answer what it means, and says so", async () => {
    const { roleId, roleName } = await stage.recordedRole();
    byHand(roleName);
    const id = await stage.send({ kind: "restore", roleId, justification }, stage.oleg, roleName);
    const silent = () => Promise.reject(new TrustdeskError("unavailable", "GitLab does not answer."));
    const { plan, judgementDigest, problems } = await now(id, silent);
    expect([plan === null, judgementDigest, problems]).toEqual([false, null, [unjudged]]);
    expect((await now(id)).problems).toEqual([]);
  });

  it("is judged as it is, before it is approved and in the record", async () => {
    const attached = expect.arrayContaining([
      expect.objectContaining({ id: "managed-policy", severity: "danger" }),
    ]) as unknown;
    const { roleId, roleName } = await stage.recordedRole();
    const live = stage.aws.held.roles.get(roleName);
    if (live) live.description = "by hand";
    const id = await stage.send({ kind: "adopt", roleId, justification }, stage.oleg, roleName);
    const asked = await now(id);
    expect([(await stored(id)).grade, asked.judgement?.grade]).toEqual(["caution", "caution"]);
    live?.attachedPolicies.push(administrator);
    await stage.read(roleName, false);
    const moved = await now(id);
    expect(moved.judgement).toMatchObject({ grade: "danger", findings: attached });
    await approve(id, moved);
    await stage.apply(id);
    expect(await stored(id)).toMatchObject({ state: "applied", grade: "danger" });
    const { judgements, decisions, ...request } = await visible(id);
    expect(judgements.map(({ digest }) => digest)).toEqual(
      expect.arrayContaining([asked.judgementDigest, moved.judgementDigest]),
    );
    expect([request.judgementDigest, decisions[0]?.judgementDigest]).toEqual([
      moved.judgementDigest,
      moved.judgementDigest,
    ]);
    expect(
      await database().role.findUniqueOrThrow({
        where: { id: roleId },
        include: { versions: { orderBy: { version: "desc" }, take: 1 } },
      }),
    ).toMatchObject({ grade: "danger", versions: [{ version: 2, judgement: { findings: attached } }] });
  });
});
