import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { fromJson } from "@/lib/db/json";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Plan } from "@/lib/plan/change";
import type { Goal } from "@/lib/plan/goal";
import type { RoleDraft } from "@/lib/role-form/schema";
import { asShown } from "@/lib/testing/as-shown";
import { awsAccountInMemory, refusalOfAws } from "@/lib/testing/aws-account";
import { visible } from "@/lib/testing/judgements";
import { actorOf, auditedActions, draftFor, planOnScreen, submit } from "@/lib/testing/role-requests";
import type { RoleStage } from "@/lib/testing/role-stage";
import { contextOf, refusal, roleStage, stored } from "@/lib/testing/role-stage";
import { cancelRequest } from "./cancel";
import type { RoleChange } from "./schema";
import { submitRequest } from "./submit";
import { previewChange } from "./submit-change";

let stage: RoleStage;

beforeAll(async () => {
  stage = await roleStage();
});
afterAll(() => stage.databases.drop());
beforeEach(() => {
  stage.aws = awsAccountInMemory();
});

const justification = "because";

/** From here AWS denies to put a policy on a role. */
function denyPolicies(): void {
  stage.aws.held.around = (change, when) => {
    if (change.kind === "put-inline-policy" && when === "before") throw refusalOfAws("AccessDenied", 403);
  };
}

/** Sends the form again in the place of a request, with what is said of it now. */
const replacing = (replaces: string, draft: RoleDraft, planDigest: string, person: SignedInPerson) =>
  asShown((judgementDigest) => submitRequest({ draft, planDigest, judgementDigest, replaces }, contextOf(person)));

describe("a failed apply", () => {
  /** A role whose apply ended after CreateRole, before its policy. */
  async function halfMade(): Promise<{ failedId: string; roleName: string }> {
    const roleName = stage.nextName();
    const draft = draftFor(stage.account, roleName);
    const failedId = await submit(
      draft,
      await planOnScreen(draft, stage.pia, stage.aws.reader, stage.databases),
      stage.pia,
    );
    denyPolicies();
    await stage.apply(failedId);
    stage.aws.held.around = () => undefined;
    expect((await stored(failedId)).state).toBe("failed");
    return { failedId, roleName };
  }

  it("is tried again from where it stopped, once", async () => {
    const { failedId, roleName } = await halfMade();
    const id = await stage.send({ kind: "retry", requestId: failedId, justification: "" }, stage.pia, roleName);
    const request = await stored(id);
    expect(fromJson<Plan>(request.plan).changes.map(({ kind }) => kind)).toEqual([
      "keep-provider",
      "put-inline-policy",
    ]);
    expect(request).toMatchObject({ originId: failedId, kind: "create" });
    expect(
      await refusal(stage.send({ kind: "undo", requestId: failedId, justification }, stage.pia, roleName)),
    ).toMatchObject({ code: "forbidden", message: expect.stringContaining("goes on from this one already") as string });
    await stage.apply(id);
    expect(await database().role.findFirst({ where: { name: roleName } })).toMatchObject({
      version: 1,
      removedAt: null,
    });
    expect(await auditedActions(stage.databases, id)).toContain("role-recorded");
  });

  it("is undone: what it made goes, the provider that only it made too", async () => {
    const { failedId, roleName } = await halfMade();
    const goal = fromJson<Goal>((await stored(await sendUndo(failedId, roleName))).goal);
    expect(goal).toMatchObject({ kind: "undo", removeProvider: true, continues: [failedId] });
    expect([stage.aws.held.roles.size, stage.aws.held.provider]).toEqual([0, null]);
    expect(await database().role.count({ where: { name: roleName } })).toBe(0);
  });

  async function sendUndo(failedId: string, roleName: string): Promise<string> {
    const id = await stage.send({ kind: "undo", requestId: failedId, justification }, stage.pia, roleName);
    await stage.apply(id);
    return id;
  }

  it("is undone after a second failed try, with the provider that the first one made", async () => {
    const { failedId, roleName } = await halfMade();
    denyPolicies();
    const second = await stage.send({ kind: "retry", requestId: failedId, justification: "" }, stage.pia, roleName);
    await stage.apply(second);
    stage.aws.held.around = () => undefined;
    expect(fromJson<Goal>((await stored(await sendUndo(second, roleName))).goal)).toMatchObject({
      kind: "undo",
      removeProvider: true,
      continues: [failedId, second],
    });
    expect([stage.aws.held.roles.size, stage.aws.held.provider]).toEqual([0, null]);
  });

  it("touches nothing of a stranger who took the name meanwhile", async () => {
    const { failedId, roleName } = await halfMade();
    const stranger = stage.aws.held.roles.get(roleName);
    if (stranger) Object.assign(stranger, { uniqueId: "AROASTRANGER", tags: {} });
    const change: RoleChange = { kind: "undo", requestId: failedId, justification };
    await previewChange({ change }, contextOf(stage.pia));
    await stage.read(roleName, true);
    const { problems, planDigest } = await previewChange({ change }, contextOf(stage.pia));
    expect([planDigest, problems[0]]).toEqual([null, expect.stringContaining("Trustdesk does not touch it")]);
  });

  it("is not undone from its beginning once a later try has made the role", async () => {
    const { failedId, roleName } = await halfMade();
    denyPolicies();
    const second = await stage.send({ kind: "retry", requestId: failedId, justification: "" }, stage.pia, roleName);
    await stage.apply(second);
    stage.aws.held.around = () => undefined;
    await stage.apply(await stage.send({ kind: "retry", requestId: second, justification: "" }, stage.pia, roleName));
    expect(await database().role.count({ where: { name: roleName, removedAt: null } })).toBe(1);
    expect(
      await refusal(
        previewChange({ change: { kind: "undo", requestId: failedId, justification } }, contextOf(stage.pia)),
      ),
    ).toMatchObject({ code: "forbidden", message: expect.stringContaining("goes on from this one already") as string });
    expect(stage.aws.held.roles.has(roleName)).toBe(true);
  });

  it("that touched nothing has nothing to undo", async () => {
    const draft = draftFor(stage.account, stage.nextName());
    const failedId = await submit(
      draft,
      await planOnScreen(draft, stage.pia, stage.aws.reader, stage.databases),
      stage.pia,
    );
    await stage.apply(failedId, { ok: false, reason: "Pia is gone." });
    expect(
      await refusal(
        previewChange({ change: { kind: "undo", requestId: failedId, justification } }, contextOf(stage.pia)),
      ),
    ).toMatchObject({ code: "forbidden", message: "It changed nothing in AWS: there is nothing to undo." });
  });

  it("is no way on from one that did not fail, or of another's project", async () => {
    const { requestId } = await stage.recordedRole();
    expect(
      await refusal(previewChange({ change: { kind: "retry", requestId, justification } }, contextOf(stage.pia))),
    ).toMatchObject({ code: "forbidden", message: expect.stringContaining("only a failed one") as string });
    expect(
      await refusal(previewChange({ change: { kind: "retry", requestId, justification } }, contextOf(stage.oleg, 0))),
    ).toMatchObject({ code: "not-found" });
  });
});

describe("sending a request again", () => {
  it("takes the place of the one that waits, in one step", async () => {
    const draft = draftFor(stage.account, stage.nextName());
    const first = await submit(
      draft,
      await planOnScreen(draft, stage.oleg, stage.aws.reader, stage.databases),
      stage.oleg,
    );
    const changed = { ...draft, maxSessionHours: 2 };
    const digest = await planOnScreen(changed, stage.oleg, stage.aws.reader, stage.databases);
    const { id } = await replacing(first, changed, digest, stage.oleg);
    expect([(await stored(first)).state, (await stored(id)).state, (await stored(id)).originId]).toEqual([
      "withdrawn",
      "requested",
      first,
    ]);
    expect(await auditedActions(stage.databases, first)).toEqual(["role-request-submitted", "role-request-withdrawn"]);
    const again = { ...changed, maxSessionHours: 4 };
    const error = await refusal(
      replacing(first, again, await planOnScreen(again, stage.oleg, stage.aws.reader, stage.databases), stage.oleg),
    );
    expect(error).toMatchObject({ code: "forbidden", message: "Another request goes on from this one already." });
  });

  it("is not for somebody else's, nor for one that is under way", async () => {
    const draft = draftFor(stage.account, stage.nextName());
    const digest = await planOnScreen(draft, stage.pia, stage.aws.reader, stage.databases);
    const id = await submit(draft, digest, stage.pia);
    expect(
      await refusal(
        replacing(id, draft, await planOnScreen(draft, stage.oleg, stage.aws.reader, stage.databases), stage.oleg),
      ),
    ).toMatchObject({ code: "forbidden" });
    expect(await refusal(replacing(id, draft, digest, stage.pia))).toMatchObject({ code: "forbidden" });
    await cancelRequest(await visible(id), { person: stage.pia, actor: actorOf(stage.pia), clock: systemClock });
    expect((await stored(id)).state).toBe("cancelled");
  });
});
