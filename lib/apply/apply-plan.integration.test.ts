import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Decision } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Change } from "@/lib/plan/change";
import { awsAccountInMemory, refusalOfAws } from "@/lib/testing/aws-account";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import {
  asWorker,
  audience,
  auditedActions,
  draftFor,
  planOnScreen,
  playground,
  somebody,
  submit,
} from "@/lib/testing/role-requests";
import { applyPlan } from "./apply-plan";

let databases: TestDatabase;
let pia: SignedInPerson;
let account: AwsAccountView;
let aws: ReturnType<typeof awsAccountInMemory>;
let number = 0;

beforeAll(async () => {
  databases = await testDatabase();
  pia = await somebody("pia", 11);
  account = await playground(pia);
});

afterAll(() => databases.drop());

beforeEach(() => {
  aws = awsAccountInMemory();
});

/** A request for a role of its own name. */
async function request(): Promise<{ id: string; roleName: string }> {
  number += 1;
  const roleName = `role-${number}`;
  const draft = draftFor(account, roleName);
  return { id: await submit(draft, await planOnScreen(draft, pia, aws.reader, databases), pia), roleName };
}

/** What one worker's process does with a request; throws what it throws. */
function apply(id: string, options: { decision?: Decision; lastTry?: boolean } = {}): Promise<void> {
  return asWorker(databases, () => applyAs("worker-1", id, options));
}

function applyAs(
  workerId: string,
  requestId: string,
  { decision = { ok: true }, lastTry = false }: { decision?: Decision; lastTry?: boolean } = {},
): Promise<void> {
  return applyPlan(
    { requestId },
    {
      actor: { kind: "worker", workerId },
      clock: systemClock,
      connect: () => aws,
      stillStands: () => Promise.resolve(decision),
      lastTry,
    },
  );
}

function stored(id: string) {
  return database().roleRequest.findUniqueOrThrow({
    where: { id },
    include: { steps: { orderBy: { index: "asc" } }, versions: true },
  });
}

const whole = [
  "role-request-submitted",
  "apply-started",
  "apply-step-done",
  "apply-step-done",
  "apply-step-done",
  "apply-finished",
  "role-recorded",
];

describe("applying a plan", () => {
  it("makes provider, role and policy, journals each step and records the role", async () => {
    const { id, roleName } = await request();
    await apply(id);
    expect(aws.held.calls).toEqual(["create-provider", "create-role", "put-inline-policy"]);
    const done = await stored(id);
    expect(done.state).toBe("applied");
    expect(done.steps.map(({ state, awsRequestId }) => [state, awsRequestId])).toEqual([
      ["done", "aws-1"],
      ["done", "aws-2"],
      ["done", "aws-3"],
    ]);
    expect(await auditedActions(databases, id)).toEqual(whole);
    const role = await database().role.findFirstOrThrow({ where: { name: roleName }, include: { versions: true } });
    expect(role).toMatchObject({
      arn: `arn:aws:iam::777788889999:role/${roleName}`,
      uniqueId: "AROAEXAMPLE2",
      version: 1,
      ownerId: pia.id,
      versions: [{ version: 1, requestId: id }],
    });
  });

  it("marks the role as ours in AWS", async () => {
    const { id, roleName } = await request();
    await apply(id);
    expect(aws.held.roles.get(roleName)?.tags).toEqual({
      "trustdesk:managed": "true",
      "trustdesk:project-id": "7091",
      "trustdesk:owner": "pia",
      "trustdesk:apply": id,
    });
  });

  it("adds the audience to a provider that is there, and makes no second one", async () => {
    aws.held.provider = {
      arn: "arn:aws:iam::777788889999:oidc-provider/gitlab.com",
      url: "gitlab.com",
      audiences: ["https://gitlab.com"],
      thumbprints: [],
    };
    const { id } = await request();
    await apply(id);
    expect(aws.held.calls).toEqual(["add-audience", "create-role", "put-inline-policy"]);
    expect(aws.held.provider.audiences).toEqual(["https://gitlab.com", audience]);
  });

  it("leaves a provider that has the audience as it is, and says so", async () => {
    aws.held.provider = {
      arn: "arn:aws:iam::777788889999:oidc-provider/gitlab.com",
      url: "gitlab.com",
      audiences: [audience],
      thumbprints: [],
    };
    const { id } = await request();
    await apply(id);
    expect(aws.held.calls).toEqual(["create-role", "put-inline-policy"]);
    expect((await stored(id)).steps.map(({ state }) => state)).toEqual(["unchanged", "done", "done"]);
  });

  it("does nothing more when it is asked again", async () => {
    const { id } = await request();
    await apply(id);
    await apply(id);
    expect(aws.held.calls).toHaveLength(3);
    expect(await auditedActions(databases, id)).toEqual(whole);
  });
});

describe("before the first call", () => {
  it("refuses when a stranger's role took the name after the plan", async () => {
    const { id, roleName } = await request();
    await strangerMakes(roleName);
    await apply(id);
    expect(aws.held.calls).toEqual([]);
    expect(await stored(id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("exists in this account already") as string,
    });
    expect(await auditedActions(databases, id)).toEqual(["role-request-submitted", "apply-failed"]);
  });

  it("refuses when the plan has moved", async () => {
    const { id } = await request();
    aws.held.provider = {
      arn: "arn:aws:iam::777788889999:oidc-provider/gitlab.com",
      url: "gitlab.com",
      audiences: [],
      thumbprints: [],
    };
    await apply(id);
    expect(aws.held.calls).toEqual([]);
    expect((await stored(id)).reason).toContain("AWS has changed since this plan was made");
  });

  it("goes on when another role's apply has made the provider that both needed", async () => {
    const [first, second] = [await request(), await request()];
    await apply(first.id);
    await apply(second.id);
    expect(aws.held.calls.filter((kind) => kind === "create-provider")).toHaveLength(1);
    const { state, steps } = await stored(second.id);
    expect([state, steps[0]?.state]).toEqual(["applied", "unchanged"]);
  });

  it("refuses when the requester's right is gone, or cannot be asked", async () => {
    const { id } = await request();
    await apply(id, { decision: { ok: false, reason: "Pia is not a platform engineer any more." } });
    expect(aws.held.calls).toEqual([]);
    expect((await stored(id)).reason).toContain("not a platform engineer any more");
  });
});

describe("a worker that dies", () => {
  const kinds = ["create-provider", "create-role", "put-inline-policy"] as const;
  const moments = kinds.flatMap((kind) => (["before", "after"] as const).map((when) => [when, kind] as const));

  it.each(moments)("%s %s is taken over without a duplicate", async (when, kind) => {
    const { id } = await request();
    aws.held.around = dieOnce(when, kind);
    await expect(apply(id)).rejects.toThrow("the process died");
    expect((await stored(id)).state).toBe("applying");
    await apply(id);
    expect(aws.held.calls).toEqual([...kinds]);
    expect((await stored(id)).state).toBe("applied");
    expect(await auditedActions(databases, id)).toEqual(whole);
  });

  it("finds a stranger's role where its own should be, and overwrites nothing", async () => {
    const { id, roleName } = await request();
    aws.held.around = dieOnce("before", "create-role");
    await expect(apply(id)).rejects.toThrow("the process died");
    await strangerMakes(roleName);
    const theirs = structuredClone(aws.held.roles.get(roleName));
    await apply(id);
    expect(aws.held.roles.get(roleName)).toEqual(theirs);
    const failed = await stored(id);
    expect(failed.steps.map(({ state }) => state)).toEqual(["done", "failed", "skipped"]);
    expect(failed.reason).toContain("AWS holds neither what was before this change nor what comes after it");
  });

  it("that was only paused cannot go on once another has taken over", async () => {
    const { id } = await request();
    aws.held.around = async (change, when) => {
      if (change.kind !== "create-role" || when !== "after") return;
      aws.held.around = () => undefined;
      await applyAs("worker-2", id);
    };
    await expect(apply(id)).rejects.toThrow("is not this worker's any more");
    expect(aws.held.calls).toEqual([...kinds]);
    expect((await stored(id)).state).toBe("applied");
    expect(await auditedActions(databases, id)).toEqual(whole);
  });
});

describe("a call that AWS refuses", () => {
  it("ends the request, says why at its step, and what AWS holds now", async () => {
    const { id } = await request();
    aws.held.around = (change, when) => {
      if (change.kind === "put-inline-policy" && when === "before") throw refusalOfAws("AccessDenied", 403);
    };
    await apply(id);
    const failed = await stored(id);
    expect(failed.steps.map(({ state }) => state)).toEqual(["done", "done", "failed"]);
    expect(failed.steps[2]?.failure).toMatchObject({ code: "AccessDenied", requestId: "aws-refused" });
    expect(await auditedActions(databases, id)).toEqual([...whole.slice(0, 4), "apply-step-failed", "apply-failed"]);
    const [entry] = await sqlAs<{ after: { role: { name: string } } }>(
      databases.adminUrl,
      "SELECT after FROM audit.entry WHERE request_id = $1 AND action = 'apply-failed'",
      [id],
    );
    expect(entry?.after.role.name).toBe(failed.roleName);
  });

  it("waits for a role that is not visible everywhere yet", async () => {
    const { id } = await request();
    aws.held.around = once((change, when) => {
      if (change.kind === "put-inline-policy" && when === "before") throw refusalOfAws("NoSuchEntityException", 404);
      return false;
    });
    await expect(apply(id)).rejects.toThrow("does not show yet what was done a moment ago");
    await apply(id);
    expect((await stored(id)).state).toBe("applied");
  });

  it("gives up after the last try when AWS stays out of reach", async () => {
    const { id } = await request();
    aws.held.around = () => {
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", $metadata: {} });
    };
    await expect(apply(id)).rejects.toThrow("ECONNREFUSED");
    await apply(id, { lastTry: true });
    expect(await stored(id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("cannot reach AWS") as string,
    });
  });
});

/** Somebody makes a role of that name, by hand. */
async function strangerMakes(name: string): Promise<void> {
  const change: Change = {
    kind: "create-role",
    arn: `arn:aws:iam::777788889999:role/${name}`,
    before: null,
    after: {
      name,
      path: "/",
      trustPolicy: { Version: "2012-10-17", Statement: [] },
      description: "by hand",
      maxSessionSeconds: 3600,
      boundaryArn: null,
      tags: {},
    },
  };
  const around = aws.held.around;
  aws.held.around = () => undefined;
  await aws.writer.perform(change, "nobody");
  aws.held.around = around;
  aws.held.calls.pop();
}

function dieOnce(at: "before" | "after", kind: Change["kind"]) {
  return once((change, when) => {
    if (when === at && change.kind === kind) throw new Error("the process died");
    return false;
  });
}

/** Lets `strike` throw once. */
function once(
  strike: (change: Change, when: "before" | "after") => false,
): (change: Change, when: "before" | "after") => void {
  let struck = false;
  return (change, when) => {
    if (struck) return;
    try {
      strike(change, when);
    } catch (error) {
      struck = true;
      throw error;
    }
  };
}
