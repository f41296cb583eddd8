import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleRest } from "@/lib/api/handlers";
import { answerMetrics } from "@/lib/api/metrics";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { sessionCookie } from "@/lib/identity/wire-names";
import { sqlAs } from "@/lib/testing/db";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import type { WorkerProcess } from "@/lib/testing/worker-process";
import { startWorker } from "@/lib/testing/worker-process";

const token = "metrics-token-of-this-suite";
let portal: Portal;
let worker: WorkerProcess;
let session = "";
let accountId = "";

beforeAll(async () => {
  process.env.TRUSTDESK_METRICS_TOKEN = token;
  portal = await startPortal();
  session = (await portal.signIn("pia")).sessionToken ?? "";
  worker = await startWorker({
    TRUSTDESK_WORKER_DATABASE_URL: portal.db.workerUrl,
    TRUSTDESK_WORKER_METRICS_PORT: "0",
    TRUSTDESK_LOG_LEVEL: "info",
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_IAM: portal.sandbox.awsUrl,
    AWS_ENDPOINT_URL_STS: portal.sandbox.awsUrl,
    AWS_ACCESS_KEY_ID: "AKIASANDBOXWORKER001",
    AWS_SECRET_ACCESS_KEY: "sandbox/worker/secret/key/0000000000000000",
  });
  // The ExternalId is not the one that the spoke role asks for: AWS denies the worker to assume it.
  const account = {
    accountId: "777788889999",
    name: "playground",
    spokeRoleArn: "arn:aws:iam::777788889999:role/trustdesk-spoke",
    externalId: "another",
  };
  accountId = (await database().awsAccount.create({ data: account })).id;
});
afterAll(async () => {
  await worker.kill();
  await portal.stop();
});

async function testAccount(requestId?: string): Promise<Response> {
  const headers = {
    origin: env.webUrl,
    cookie: `${sessionCookie}=${session}`,
    "content-type": "application/json",
    ...(requestId ? { "x-request-id": requestId } : {}),
  };
  return handleRest(
    new Request(`${env.webUrl}/api/v1/accounts/${accountId}/test`, { method: "POST", headers, body: "{}" }),
  );
}

const lines = (requestId: string) => worker.logged().filter((line) => line.requestId === requestId);
const webMetrics = (authorization: string) =>
  answerMetrics(new Request(`${env.webUrl}/api/metrics`, { headers: { authorization } }));
const workerMetrics = (authorization: string) =>
  fetch(`http://127.0.0.1:${String(worker.logged().find(({ metricsPort }) => metricsPort)?.metricsPort)}/api/metrics`, {
    headers: { authorization },
  });

describe("a request", () => {
  it("is followed by its id from the web's answer to the lines of its job, and no token with it", async () => {
    const answer = await testAccount("from-the-proxy-1");
    expect([answer.status, answer.headers.get("x-request-id")]).toEqual([200, "from-the-proxy-1"]);
    await expect
      .poll(() => lines("from-the-proxy-1"))
      .toMatchObject([
        { job: "test-account", jobId: expect.any(String) as string, msg: "a job begins" },
        { job: "test-account", jobId: expect.any(String) as string, msg: "a job is done" },
      ]);
    expect(JSON.stringify(worker.logged())).not.toMatch(/glpat|another|sandbox\/worker/);
  });

  it("gets an id where it brings none or a wrong one, and a refusal tells it", async () => {
    const answer = await handleRest(
      new Request(`${env.webUrl}/api/v1/accounts`, { headers: { "x-request-id": "two words" } }),
    );
    const id = answer.headers.get("x-request-id");
    expect(id).toMatch(/^[0-9a-f]{8}-/);
    expect(await answer.json()).toMatchObject({ code: "not-signed-in", data: { id } });
  });
});

describe("metrics", () => {
  it.each([
    ["web", webMetrics],
    ["worker", workerMetrics],
  ])("of the %s are refused without their token", async (_process, ask) => {
    const answer = await ask("Bearer somebody-elses-token");
    expect([answer.status, await answer.text()]).toEqual([401, "This is not the metrics token of this Trustdesk.\n"]);
  });

  it("tell what the web did and what the installation holds", async () => {
    await testAccount();
    await sqlAs(
      portal.db.workerUrl,
      "INSERT INTO graphile_worker._private_jobs (task_id, max_attempts, attempts) SELECT id, 1, 1 FROM graphile_worker._private_tasks WHERE identifier = 'test-account'",
    );
    const text = await (await webMetrics(`Bearer ${token}`)).text();
    for (const line of [
      /^trustdesk_queue_jobs\{job="test-account",state="failed"\} 1$/m,
      /^trustdesk_queue_oldest_waiting_seconds\{job="apply-request"\} 0$/m,
      /^trustdesk_workers_alive 1$/m,
      /^trustdesk_roles 0$/m,
      /^trustdesk_database_up 1$/m,
      /^nodejs_eventloop_lag_seconds /m,
      /^trustdesk_http_request_duration_seconds_count\{surface="rest",method="POST",status="2xx"\} \d+$/m,
      /^trustdesk_gitlab_call_duration_seconds_count\{operation="groups\/:id\/members\/all\/:id",outcome="ok"\} \d+$/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it("tell what the worker did, a call that AWS denied among it", async () => {
    const read = async () => (await workerMetrics(`Bearer ${token}`)).text();
    await expect
      .poll(read)
      .toMatch(/^trustdesk_job_duration_seconds_count\{job="test-account",outcome="done"\} [1-9]/m);
    const text = await read();
    for (const line of [
      /^trustdesk_aws_call_duration_seconds_count\{operation="AssumeRole",outcome="denied"\} [1-9]/m,
      /^trustdesk_aws_call_duration_seconds_count\{operation="GetCallerIdentity",outcome="ok"\} [1-9]/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it("hold no id, path or token", async () => {
    const text = (
      await Promise.all(
        [webMetrics(`Bearer ${token}`), workerMetrics(`Bearer ${token}`)].map(async (answer) => (await answer).text()),
      )
    ).join("");
    for (const secret of [token, session, accountId, "777788889999", "acme", "glpat", "pia"])
      expect(text).not.toContain(secret);
  });
});
