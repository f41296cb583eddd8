import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { verifyAudit } from "@/lib/audit-log/read";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Goal } from "@/lib/plan/goal";
import type { Standing } from "@/lib/request/grounds";
import { awsAccountInMemory, refusalOfAws } from "@/lib/testing/aws-account";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import { firstDocument, requestInLine, unwanted, wanted } from "@/lib/testing/requests-in-line";
import { asWorker, playground, somebody } from "@/lib/testing/role-requests";
import type { ApplyContext } from "./apply-plan";
import { applyPlan } from "./apply-plan";
import { standsAtApply } from "./stands-at-apply";

let portal: Portal;
let pia: SignedInPerson;
let account: AwsAccountView;
let aws: ReturnType<typeof awsAccountInMemory>;
let number = 0;

beforeAll(async () => {
  portal = await startPortal();
  pia = await somebody("pia-of-this-suite", 9011);
  account = await playground(pia);
});

afterAll(() => portal.stop());

beforeEach(async () => {
  vi.unstubAllGlobals();
  aws = awsAccountInMemory();
  await control("/reset", {});
});

/** acme/shop/web in the sandbox, where Oleg is a Maintainer. */
const shopWeb = 90201;
const allowed = () => Promise.resolve({ ok: true as const });
const stored = (id: string) =>
  database().roleRequest.findUniqueOrThrow({ where: { id }, include: { steps: { orderBy: { index: "asc" } } } });

async function control(path: string, body: unknown): Promise<void> {
  await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function inLine(goal: (name: string) => Goal): Promise<string> {
  return requestInLine(goal(`failing-${(number += 1)}`), { person: pia, account, reader: aws.reader });
}

const create = (name: string): Goal => ({ kind: "create", desired: wanted(firstDocument(name)), continues: [] });

function apply(requestId: string, lastTry: boolean, check: ApplyContext["stillStands"] = allowed): Promise<void> {
  return asWorker(portal.db, () =>
    applyPlan(
      { requestId },
      { actor: { kind: "worker", workerId: "w" }, clock: systemClock, connect: () => aws, stillStands: check, lastTry },
    ),
  );
}

describe("a refusal of AWS that passes", () => {
  it.each([
    ["DeleteConflict", "delete-role", 409, /take off what is still attached/],
    ["NoSuchEntity", "put-inline-policy", 404, /make a new plan/],
    ["Throttling", "create-role", 400, /Try again in a minute/],
    ["ServiceUnavailable", "create-role", 503, /Health Dashboard/],
    ["TimeoutError", "create-role", undefined, /did not answer in time.*Health Dashboard/],
  ] as const)(
    "%s at %s is tried again, and is a failure with words after the last try",
    async (code, kind, status, words) => {
      const id = kind === "delete-role" ? await removalInLine() : await inLine(create);
      aws.held.around = (change, when) => {
        if (change.kind === kind && when === "before")
          throw Object.assign(refusalOfAws(code, status ?? 0), status === undefined ? { $metadata: {} } : {});
      };
      await expect(apply(id, false)).rejects.toThrow();
      expect((await stored(id)).state).toBe("applying");
      await apply(id, true);
      expect(await stored(id)).toMatchObject({ state: "failed", reason: expect.stringMatching(words) as string });
      expect(await verifyAudit()).toMatchObject({ ok: true });
    },
  );

  it.each([
    ["LimitExceeded", 409, /Service Quotas/],
    ["AccessDenied", 403, /administrator of the account/],
  ])("%s is for good: no second try, and what to do", async (code, status, words) => {
    const id = await inLine(create);
    let asked = 0;
    aws.held.around = (change, when) => {
      if (change.kind !== "create-role" || when !== "before") return;
      asked += 1;
      throw refusalOfAws(code, status);
    };
    await apply(id, false);
    expect(asked).toBe(1);
    const request = await stored(id);
    expect(request).toMatchObject({ state: "failed", reason: expect.stringMatching(words) as string });
    expect(request.steps.map(({ state }) => state).slice(0, 3)).toEqual(["done", "failed", "skipped"]);
  });

  it("goes on when the role that AWS says exists shows up at the next try as its own", async () => {
    const id = await inLine(create);
    let hidden: ReturnType<typeof aws.held.roles.get>;
    aws.held.around = (change, when) => {
      if (change.kind !== "create-role" || when !== "after") return;
      hidden = aws.held.roles.get(change.after.name);
      aws.held.roles.delete(change.after.name);
      throw refusalOfAws("EntityAlreadyExists", 409);
    };
    await expect(apply(id, false)).rejects.toThrow();
    if (hidden) aws.held.roles.set(hidden.name, hidden);
    aws.held.around = () => undefined;
    await apply(id, false);
    expect((await stored(id)).state).toBe("applied");
    expect(aws.held.calls.filter((kind) => kind === "create-role")).toHaveLength(1);
  });
});

describe("an apply that cannot come to its end", () => {
  it("says so after the last try when the role is not as it was made", async () => {
    const id = await inLine(create);
    aws.held.around = (change, when) => {
      if (change.kind === "attach-policy" && when === "after") aws.held.roles.clear();
    };
    await expect(apply(id, false)).rejects.toThrow();
    await apply(id, true);
    expect(await stored(id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("Compare with AWS below") as string,
    });
  });

  it("ends a request of an older version with a way on", async () => {
    const id = await inLine(create);
    await portal.db.prismaAs("owner").$executeRaw`UPDATE "RoleRequest" SET goal = NULL WHERE id = ${id}`;
    await apply(id, false);
    expect(await stored(id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("Make a new plan") as string,
    });
    expect(aws.held.calls).toEqual([]);
  });
});

describe("the question to GitLab before an apply", () => {
  const piaAtGitlab = { gitlabUserId: 0, name: "Pia" };
  const asking = (changes: Partial<Standing> = {}) =>
    standsAtApply(systemClock)(
      {
        kind: "create",
        rule: "platform-engineer",
        projectId: 1,
        projectPath: "acme/web",
        requester: piaAtGitlab,
        approvers: [],
        ...changes,
      },
      () => Promise.resolve([]),
    );

  const trouble = {
    "a 502": () => control("/faults", { target: "gitlab", kind: "down", match: "/api/v4" }),
    "no answer": () =>
      vi.stubGlobal("fetch", () =>
        Promise.reject(new DOMException("The operation was aborted due to timeout", "TimeoutError")),
      ),
    "a 429 with Retry-After": () =>
      vi.stubGlobal("fetch", () =>
        Promise.resolve(new Response("Retry later\n", { status: 429, headers: { "retry-after": "60" } })),
      ),
    "a 429 with RateLimit-Reset alone": () =>
      vi.stubGlobal("fetch", () =>
        Promise.resolve(new Response("Retry later\n", { status: 429, headers: { "ratelimit-reset": "99999999999" } })),
      ),
  };
  it.each(Object.entries(trouble))("%s: a later try asks again, and the last one says so", async (_what, begin) => {
    const id = await inLine(create);
    await begin();
    await expect(apply(id, false, standsAtApply(systemClock))).rejects.toThrow(/could not be asked/);
    expect((await stored(id)).state).toBe("queued");
    await apply(id, true, standsAtApply(systemClock));
    expect(await stored(id)).toMatchObject({
      state: "failed",
      reason: expect.stringMatching(/could not be asked.*Nothing was changed in AWS/) as string,
    });
    expect(aws.held.calls).toEqual([]);
  });

  it("names Trustdesk's own token where that was revoked, not anybody's sign-in", async () => {
    await control("/faults", { target: "gitlab", kind: "401", match: "/api/v4" });
    expect(await asking()).toMatchObject({
      ok: false,
      reason: expect.stringContaining("TRUSTDESK_GITLAB_TOKEN") as string,
    });
  });

  it("wants an approver under the rule of approval", async () => {
    expect(await asking({ rule: "approval" })).toEqual({ ok: false, reason: "Nobody approved this plan." });
  });

  it("asks for requester and approver, each in their own right", async () => {
    const [oleg, engineer, dora] = await Promise.all(["oleg", "pia", "dora"].map(atGitlab));
    if (!oleg || !engineer || !dora) throw new Error("The sandbox lacks a person");
    const question = {
      rule: "approval" as const,
      projectId: shopWeb,
      projectPath: "acme/shop/web",
      requester: oleg,
      approvers: [engineer],
    };
    expect(await asking(question)).toEqual({ ok: true });
    expect(await asking({ ...question, requester: dora })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("not a Maintainer") as string,
    });
    expect(await asking({ ...question, approvers: [dora] })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("not a platform engineer any more") as string,
    });
  });
});

async function removalInLine(): Promise<string> {
  const name = `failing-${(number += 1)}`;
  await apply(await requestInLine(create(name), { person: pia, account, reader: aws.reader }), false);
  const { id: roleId, uniqueId } = await database().role.findFirstOrThrow({ where: { name, removedAt: null } });
  return requestInLine(
    { kind: "remove", ...unwanted(name, false), uniqueId, baseVersion: 1, continues: [] },
    { person: pia, account, reader: aws.reader, roleId },
  );
}

/** The person as GitLab answers them to themselves. */
async function atGitlab(username: string): Promise<{ gitlabUserId: number; name: string }> {
  const answer = await fetch(`${portal.sandbox.gitlabUrl}/api/v4/user`, {
    headers: { authorization: `Bearer glpat-sandbox-${username}` },
  });
  const { id, name } = (await answer.json()) as { id: number; name: string };
  return { gitlabUserId: id, name };
}
