import { expect } from "vitest";
import { readAccountRow } from "@/lib/account/read";
import { awsAccess } from "@/lib/aws/access";
import type { AwsReader } from "@/lib/aws/reader";
import { awsReader } from "@/lib/aws/reader";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Sandbox } from "@/lib/sandbox/start";
import { startSandbox } from "@/lib/sandbox/start";
import type { TestDatabase } from "./db";
import { sqlAs, testDatabase } from "./db";
import type { WorkerProcess } from "./worker-process";
import { startWorker } from "./worker-process";

interface LoggedCall {
  action: string;
  error: string | null;
}

/** A database, a sandbox, and real workers between them. */
export interface Stage {
  databases: TestDatabase;
  sandbox: Sandbox;
  /** Starts a worker in its own process; `more` are further environment variables. */
  start(more?: Record<string, string>): Promise<WorkerProcess>;
  /** Asks the sandbox's control API, e.g. for a fault. */
  control<T>(path: string, method?: string, body?: unknown): Promise<T>;
  /** AWS as the form's snapshot sees it; a session of its own for each purpose, since a reset of the sandbox ends all sessions. */
  readerFor(awsAccountId: string, purpose: string): Promise<AwsReader>;
  /** The changes that had an effect in AWS, in order. */
  changesMade(): Promise<string[]>;
  /** Waits until exactly one call is held: this one. */
  isHeld(action: string): Promise<void>;
  /** What 30 s of silence amount to: a dead worker's heartbeat and locks grow old. */
  growOld(): Promise<void>;
  /** Waits until a request is in a state; a job that is put off for its next try is due as soon as this sees it. */
  settlesAtOnce(id: string, state: string): Promise<void>;
  stop(): Promise<void>;
}

/** The state that a request is in. */
export const stateOf = async (id: string) => (await database().roleRequest.findUniqueOrThrow({ where: { id } })).state;

/** Waits until a request is in a state. */
export const settles = (id: string, state: string) => expect.poll(() => stateOf(id)).toBe(state);

/** Sets the stage for one suite; this process reaches the sandbox's AWS as the worker does. `databases` are the suite's own where it brings some. */
export async function workerOnSandbox(given?: TestDatabase): Promise<Stage> {
  const [databases, sandbox] = await Promise.all([given ?? testDatabase(), startSandbox({ services: 0 })]);
  const aws = {
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_IAM: sandbox.awsUrl,
    AWS_ENDPOINT_URL_STS: sandbox.awsUrl,
    AWS_ACCESS_KEY_ID: "AKIASANDBOXWORKER001",
    AWS_SECRET_ACCESS_KEY: "sandbox/worker/secret/key/0000000000000000",
  };
  Object.assign(process.env, aws);
  const control = <T>(path: string, method = "GET", body?: unknown) => controlOf<T>(sandbox, { path, method, body });
  return {
    databases,
    sandbox,
    control,
    start: (more = {}) => startWorker({ ...aws, ...portalEnvironment(databases, sandbox), ...more }),
    readerFor: async (awsAccountId, purpose) =>
      awsReader(
        awsAccess(await readAccountRow(database(), awsAccountId), { clock: systemClock, purpose }),
        systemClock,
      ),
    changesMade: async () => {
      const calls = await control<LoggedCall[]>("/aws/calls");
      return calls
        .filter(
          ({ action, error }) => error === null && /^(Create|Add|Put|Update|Delete|Attach|Detach|Tag)/.test(action),
        )
        .map(({ action }) => action);
    },
    isHeld: (action) =>
      expect
        .poll(() => control<{ action: string }[]>("/aws/holds"), { interval: 20 })
        .toEqual([expect.objectContaining({ action })]),
    growOld: () => growOld(databases),
    settlesAtOnce: (id, state) => expect.poll(() => becomesDue(databases).then(() => stateOf(id))).toBe(state),
    stop: async () => {
      await sandbox.stop();
      if (!given) await databases.drop();
    },
  };
}

/** Without a bot: what a request stands on was decided, and these suites' roles are for no project of the sandbox's GitLab. */
function portalEnvironment(databases: TestDatabase, sandbox: Sandbox): Record<string, string> {
  return {
    DATABASE_URL: databases.webUrl,
    TRUSTDESK_WORKER_DATABASE_URL: databases.workerUrl,
    NEXTAUTH_URL: "http://127.0.0.1:9",
    NEXTAUTH_SECRET: "s".repeat(32),
    GITLAB_URL: sandbox.gitlabUrl,
    GITLAB_CLIENT_ID: "trustdesk-demo",
    GITLAB_CLIENT_SECRET: "secret",
    TRUSTDESK_PLATFORM_GROUP: "acme/platform-engineers",
    TRUSTDESK_AUDITOR_GROUP: "acme/auditors",
  };
}

async function controlOf<T>(
  sandbox: Sandbox,
  { path, method, body }: { path: string; method: string; body: unknown },
): Promise<T> {
  const answer = await fetch(`${sandbox.gitlabUrl}/-/sandbox/control${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function growOld({ adminUrl }: TestDatabase): Promise<void> {
  await sqlAs(adminUrl, `UPDATE "WorkerHeartbeat" SET "beatAt" = now() - interval '1 hour'`);
  await sqlAs(
    adminUrl,
    "UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour' WHERE locked_at IS NOT NULL",
  );
  await sqlAs(
    adminUrl,
    "UPDATE graphile_worker._private_job_queues SET locked_at = now() - interval '1 hour' WHERE locked_at IS NOT NULL",
  );
}

/** What the pause before the next try amounts to; the queue says that there is work, as it does for a new job. */
async function becomesDue({ adminUrl }: TestDatabase): Promise<void> {
  await sqlAs(
    adminUrl,
    `WITH due AS (
       UPDATE graphile_worker._private_jobs SET run_at = now()
       WHERE run_at > now() AND attempts > 0 AND locked_at IS NULL RETURNING 1
     )
     SELECT pg_notify('jobs:insert', json_build_object('count', count(*))::text) FROM due HAVING count(*) > 0`,
  );
}
