import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Change } from "@/lib/plan/change";
import type { Goal } from "@/lib/plan/goal";
import { awsAccountInMemory, refusalOfAws } from "@/lib/testing/aws-account";
import type { TestDatabase } from "@/lib/testing/db";
import { testDatabase } from "@/lib/testing/db";
import { firstDocument, requestInLine, wanted } from "@/lib/testing/requests-in-line";
import { asWorker, auditedActions, playground, somebody } from "@/lib/testing/role-requests";
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

const nextName = () => `overtaken-${(number += 1)}`;

function inLine(goal: Goal, roleId: string | null = null): Promise<string> {
  return requestInLine(goal, { person: pia, account, reader: aws.reader, roleId });
}

const creation = (name: string) => inLine({ kind: "create", desired: wanted(firstDocument(name)), continues: [] });

/** What one worker does with a request; `asWorker` is the caller's, since two run at once. */
function applyAs(workerId: string, requestId: string, lastTry = false): Promise<void> {
  return applyPlan(
    { requestId },
    {
      actor: { kind: "worker", workerId },
      clock: systemClock,
      connect: () => aws,
      stillStands: () => Promise.resolve({ ok: true }),
      lastTry,
    },
  );
}

/** Everything that the portal shows of a request: its state, its journal, and what the audit says of it. */
async function shown(id: string) {
  const { state, reason, applyEpoch, steps } = await database().roleRequest.findUniqueOrThrow({
    where: { id },
    include: { steps: { orderBy: { index: "asc" } } },
  });
  return { state, reason, applyEpoch, steps, audited: await auditedActions(databases, id) };
}

/** A point that somebody reaches, and does not leave before he is let go. */
function gate() {
  const [reached, arrive] = latch();
  const [left, release] = latch();
  const stop = (): Promise<void> => {
    arrive();
    return left;
  };
  return { stop, reached, release };
}

function latch(): [promise: Promise<void>, open: () => void] {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [promise, open];
}

/** What the paused worker finds when it wakes: its call has been made, or AWS refused it. */
const wakings: { what: string; wake: () => void }[] = [
  { what: "with a call that was made", wake: () => undefined },
  {
    what: "with a refusal of AWS",
    wake: () => {
      throw refusalOfAws("AccessDenied", 403);
    },
  },
];

describe("a worker that was only paused, while another has taken its request over and is at it", () => {
  it.each(wakings)("comes back $what: it writes nothing and calls nothing more", async ({ wake }) => {
    const id = await creation(nextName());
    const other = gate();
    const late: { end?: Promise<void>; before?: Awaited<ReturnType<typeof shown>>; called?: Change["kind"][] } = {};
    aws.held.around = async (change, when) => {
      if (change.kind !== "create-role" || when !== "after") return;
      aws.held.around = (next, at) => (next.kind === "put-inline-policy" && at === "before" ? other.stop() : undefined);
      late.end = applyAs("worker-2", id);
      await other.reached;
      aws.held.around = () => undefined;
      late.before = await shown(id);
      late.called = [...aws.held.calls];
      wake();
    };
    await asWorker(databases, async () => {
      await expect(applyAs("worker-1", id)).rejects.toThrow("is not this worker's any more");
      expect(late.before?.state).toBe("applying");
      expect(await shown(id)).toEqual(late.before);
      expect(aws.held.calls).toEqual(late.called);
      other.release();
      await late.end;
    });
    const done = await shown(id);
    expect(done.state).toBe("applied");
    expect(done.audited.filter((action) => action === "apply-step-done")).toHaveLength(done.steps.length);
    expect(aws.held.calls.filter((kind) => kind === "create-role")).toHaveLength(1);
  });

  it("does not end the request that the other is still looking at", async () => {
    const id = await creation(nextName());
    const [mine, others] = [gate(), gate()];
    pausesAtItsLastLook([mine, others]);
    await asWorker(databases, async () => {
      const paused = applyAs("worker-1", id);
      await mine.reached;
      const end = applyAs("worker-2", id);
      await others.reached;
      const before = await shown(id);
      mine.release();
      await expect(paused).rejects.toThrow("is not this worker's any more");
      expect(await shown(id)).toEqual(before);
      expect(before.state).toBe("applying");
      others.release();
      await end;
    });
    expect((await shown(id)).state).toBe("applied");
    expect(await database().roleVersion.count({ where: { requestId: id } })).toBe(1);
  });
});

/** Each worker's reading of AWS after its last call waits at a gate of its own, in the order of arrival. */
function pausesAtItsLastLook(gates: ReturnType<typeof gate>[]): void {
  const { readSnapshot } = aws.reader;
  const lastCall: Change["kind"] = "attach-policy";
  aws.reader.readSnapshot = async (question) => {
    if (aws.held.calls.includes(lastCall)) await gates.shift()?.stop();
    return readSnapshot(question);
  };
}

describe("an edit whose role is recorded anew while it is under way", () => {
  it("does not record itself over the version that it does not know", async () => {
    const name = nextName();
    const first = await creation(name);
    await asWorker(databases, () => applyAs("worker-1", first));
    const { id: roleId, uniqueId } = await database().role.findFirstOrThrow({ where: { name, removedAt: null } });
    const changed = { ...firstDocument(name), description: "second" };
    const id = await inLine(
      { kind: "edit", desired: wanted(changed), uniqueId, baseVersion: 1, continues: [] },
      roleId,
    );
    aws.held.around = async (_change, when) => {
      if (when === "after")
        await databases.prismaAs("worker").role.update({ where: { id: roleId }, data: { version: 2 } });
    };
    await asWorker(databases, () => expect(applyAs("worker-1", id)).rejects.toThrow("recorded anew"));
    await asWorker(databases, () => applyAs("worker-1", id, true));
    expect(await shown(id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("The apply could not be finished") as string,
    });
    expect(await database().role.findUniqueOrThrow({ where: { id: roleId } })).toMatchObject({ version: 2 });
    expect(await database().roleVersion.count({ where: { requestId: id } })).toBe(0);
  });
});
