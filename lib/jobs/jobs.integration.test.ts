import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, systemClock } from "@/lib/clock";
import type { TestDatabase } from "@/lib/testing/db";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import { jobNames } from "./definitions";
import { enqueue } from "./enqueue";
import { beat, unlockDeadWorkers, workersAlive } from "./heartbeat";
import type { JobContext, JobHandlers, Runner } from "./runner";
import { startRunner } from "./runner";

let db: TestDatabase;
const runners: Runner[] = [];

beforeAll(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop(10_000)));
  await sqlAs(db.workerUrl, "DELETE FROM graphile_worker._private_jobs");
});
afterAll(() => db.drop());

const unexpected = () => Promise.reject(new Error("no such job was expected"));
const none = Object.fromEntries(jobNames.map((name) => [name, unexpected])) as unknown as JobHandlers;
async function work(handlers: Partial<JobHandlers>): Promise<void> {
  runners.push(
    await startRunner({ connectionString: db.workerUrl, clock: systemClock, handlers: { ...none, ...handlers } }),
  );
}
const ask = (requestId: string, options: { queueName?: string; jobKey?: string } = {}) =>
  db.prismaAs("web").$transaction((tx) => enqueue(tx, "apply-request", { requestId }, options));
const waiting = () => sqlAs<{ payload: unknown }>(db.workerUrl, "SELECT payload FROM graphile_worker._private_jobs");

describe("enqueue", () => {
  it("leaves no job when the transaction is undone", async () => {
    const undone = db.prismaAs("web").$transaction(async (tx) => {
      await enqueue(tx, "apply-request", { requestId: "r1" });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await waiting()).toEqual([]);
  });

  it("keeps one waiting job of a key, the last", async () => {
    await ask("first", { jobKey: "k" });
    await ask("last", { jobKey: "k" });
    expect(await waiting()).toEqual([{ payload: { requestId: "last" } }]);
  });

  it("is the web's only way to the queue", async () => {
    await expect(sqlAs(db.webUrl, "SELECT * FROM graphile_worker.jobs")).rejects.toThrow(/permission denied/);
    await expect(sqlAs(db.webUrl, "SELECT graphile_worker.add_job('apply-request')")).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe("startRunner", () => {
  it("hands a job's payload to its handler", async () => {
    const requestId = randomUUID();
    const handled = new Promise<{ payload: { requestId: string }; context: JobContext }>((done) => {
      void work({ "apply-request": (payload, context) => Promise.resolve(done({ payload, context })) });
    });
    await ask(requestId);
    expect(await handled).toMatchObject({ payload: { requestId }, context: { attempt: 1, lastAttempt: false } });
  });

  it("runs the jobs of one queue one after another", async () => {
    const running: string[] = [];
    let most = 0;
    let left = 4;
    const allDone = new Promise<void>((done) => {
      void work({
        "apply-request": async ({ requestId }) => {
          running.push(requestId);
          most = Math.max(most, running.length);
          await sqlAs(db.workerUrl, "SELECT 1");
          running.splice(running.indexOf(requestId), 1);
          if (--left === 0) done();
        },
      });
    });
    await Promise.all(["a", "b", "c", "d"].map((id) => ask(id, { queueName: "role:1" })));
    await allDone;
    expect(most).toBe(1);
  });
});

describe("the heartbeat", () => {
  it("tells whether a worker lives, and hands the jobs of a silent one to others", async () => {
    const clock = fixedClock(systemClock.now());
    const workerDb = db.prismaAs("worker");
    await beat(workerDb, clock, ["killed"]);
    expect(await workersAlive(clock, db.prismaAs("web"))).toBe(1);
    await ask("abandoned", { queueName: "role:2" });
    await sqlAs(
      db.workerUrl,
      "UPDATE graphile_worker._private_jobs SET locked_by = 'killed', locked_at = $1, attempts = 1",
      [clock.now()],
    );
    await sqlAs(
      db.workerUrl,
      "UPDATE graphile_worker._private_job_queues SET locked_by = 'killed', locked_at = $1 WHERE queue_name = 'role:2'",
      [clock.now()],
    );

    clock.advance(29_000);
    expect(await unlockDeadWorkers(workerDb, clock)).toEqual([]);
    clock.advance(2_000);
    expect(await workersAlive(clock, db.prismaAs("web"))).toBe(0);
    expect(await unlockDeadWorkers(workerDb, clock)).toEqual(["killed"]);

    const resumed = new Promise<string>((done) => {
      void work({ "apply-request": ({ requestId }) => Promise.resolve(done(requestId)) });
    });
    expect(await resumed).toBe("abandoned");
  });

  it("is given under the name by which the queue knows who holds a job, so that a long job is not taken away", async () => {
    let letGo: () => void = () => undefined;
    const holder = new Promise<string>((begun) => {
      void work({
        "apply-request": (_payload, { workerId }) => {
          begun(workerId);
          return new Promise<void>((resolve) => (letGo = resolve));
        },
      });
    });
    await ask("long");
    const beating = () => db.prismaAs("worker").workerHeartbeat.findMany({ select: { workerId: true } });
    await expect.poll(beating).toEqual([{ workerId: await holder }]);
    letGo();
  });
});
