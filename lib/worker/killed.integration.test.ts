import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { awsAccess } from "@/lib/aws/access";
import { awsReader } from "@/lib/aws/reader";
import type { AwsReader } from "@/lib/aws/reader";
import { readAccount, readAccountRow } from "@/lib/catalog/account-read";
import { askAccountTest } from "@/lib/catalog/ask-account-test";
import type { AwsAccountView } from "@/lib/catalog/model";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { startSandbox } from "@/lib/sandbox/start";
import type { Sandbox } from "@/lib/sandbox/start";
import { sqlAs, testDatabase } from "@/lib/testing/db";
import type { TestDatabase } from "@/lib/testing/db";
import { actorOf, audience, auditedActions, draftFor, issuer, planOnScreen, playground, somebody, submit } from "@/lib/testing/role-requests";
import { requestInLine, unwanted } from "@/lib/testing/requests-in-line";
import { startWorker } from "@/lib/testing/worker-process";
import type { WorkerProcess } from "@/lib/testing/worker-process";

interface LoggedCall {
  action: string;
  error: string | null;
}

let databases: TestDatabase;
let sandbox: Sandbox;
let pia: SignedInPerson;
let account: AwsAccountView;
let worker: WorkerProcess | null = null;

beforeAll(async () => {
  [databases, sandbox] = await Promise.all([testDatabase(), startSandbox({ services: 0 })]);
  Object.assign(process.env, awsEnvironment());
  pia = await somebody("pia", 11);
  account = await playground(pia);
});

afterEach(async () => {
  await worker?.kill();
  worker = null;
  await control("/reset", "POST", {});
});

afterAll(async () => {
  await sandbox.stop();
  await databases.drop();
});

function awsEnvironment(): Record<string, string> {
  return { AWS_REGION: "us-east-1", AWS_ENDPOINT_URL_IAM: sandbox.awsUrl, AWS_ENDPOINT_URL_STS: sandbox.awsUrl, AWS_ACCESS_KEY_ID: "AKIASANDBOXWORKER001", AWS_SECRET_ACCESS_KEY: "sandbox/worker/secret/key/0000000000000000" };
}

function start(more: Record<string, string> = {}): Promise<WorkerProcess> {
  return startWorker({
    ...more,
    ...awsEnvironment(),
    ...{ DATABASE_URL: databases.webUrl, TRUSTDESK_WORKER_DATABASE_URL: databases.workerUrl, NEXTAUTH_URL: "http://127.0.0.1:9", NEXTAUTH_SECRET: "s".repeat(32) },
    ...{ GITLAB_URL: sandbox.gitlabUrl, GITLAB_CLIENT_ID: "trustdesk-demo", GITLAB_CLIENT_SECRET: "secret", TRUSTDESK_GITLAB_TOKEN: "glpat-sandbox-bot", TRUSTDESK_PLATFORM_GROUP: "acme/platform-engineers", TRUSTDESK_AUDITOR_GROUP: "acme/auditors" },
  });
}

async function control<T>(path: string, method = "GET", body?: unknown): Promise<T> {
  const answer = await fetch(`${sandbox.gitlabUrl}/-/sandbox/control${path}`, { method, headers: { "content-type": "application/json" }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** AWS as the form's snapshot sees it; a session of its own, since a reset of the sandbox ends all sessions. */
async function readerFor(purpose: string): Promise<AwsReader> {
  return awsReader(awsAccess(await readAccountRow(database(), account.id), { clock: systemClock, purpose }), systemClock);
}

async function requestFor(roleName: string): Promise<string> {
  const draft = draftFor(account, roleName);
  return submit(draft, await planOnScreen(draft, pia, await readerFor(roleName), databases), pia);
}

const stateOf = async (id: string) => (await database().roleRequest.findUniqueOrThrow({ where: { id } })).state;
const settles = (id: string, state: string) => expect.poll(() => stateOf(id), { timeout: 30_000 }).toBe(state);

/** The changes that had an effect in AWS, in order. */
async function changesMade(): Promise<string[]> {
  const calls = await control<LoggedCall[]>("/aws/calls");
  return calls.filter(({ action, error }) => error === null && /^(Create|Add|Put|Update|Delete|Attach|Detach|Tag)/.test(action)).map(({ action }) => action);
}

/** What 30 s of silence amount to: the dead worker's heartbeat and locks grow old. */
async function growOld(): Promise<void> {
  await sqlAs(databases.adminUrl, `UPDATE "WorkerHeartbeat" SET "beatAt" = now() - interval '1 hour'`);
  await sqlAs(databases.adminUrl, "UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour' WHERE locked_at IS NOT NULL");
  await sqlAs(databases.adminUrl, "UPDATE graphile_worker._private_job_queues SET locked_at = now() - interval '1 hour' WHERE locked_at IS NOT NULL");
}

/** The account's administrator lets the spoke role remove what it made. */
async function mayRemove(): Promise<void> {
  const admin = new IAMClient({ region: "us-east-1", endpoint: sandbox.awsUrl, credentials: sandboxCredentials.admins.playground });
  const Action = ["iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:DeleteRole", "iam:DeleteOpenIDConnectProvider"];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
  await admin.send(new PutRolePolicyCommand({ RoleName: "trustdesk-spoke", PolicyName: "remove", PolicyDocument }));
}

/** Asks for a role's removal with its provider, and answers what the worker deleted for it. */
async function removed(name: string): Promise<string[]> {
  const before = (await changesMade()).length;
  const { id: roleId, uniqueId, version: baseVersion } = await database().role.findFirstOrThrow({ where: { name, removedAt: null } });
  const goal = { kind: "remove" as const, ...unwanted(name, true), uniqueId, baseVersion, continues: [] };
  await settles(await requestInLine(goal, { person: pia, account, reader: await readerFor(name), roleId }), "applied");
  return (await changesMade()).slice(before);
}

const wholeAudit = ["role-request-submitted", "apply-started", "apply-step-done", "apply-step-done", "apply-step-done", "apply-finished", "role-recorded"];
const wholePlan = ["CreateOpenIDConnectProvider", "CreateRole", "PutRolePolicy"];

describe("the worker on real protocols", () => {
  it("makes what the plan says: provider with a thumbprint, tagged role, policy", async () => {
    worker = await start();
    const id = await requestFor("deploy");
    await settles(id, "applied");
    const snapshot = await (await readerFor("deploy")).readSnapshot({ accountId: account.accountId, partition: "aws", roleName: "deploy", issuer, boundaryArn: null });
    expect(snapshot.provider).toMatchObject({ url: "gitlab.com", audiences: [audience], thumbprints: [expect.stringMatching(/^[0-9a-f]{40}$/) as string] });
    expect(snapshot.role).toMatchObject({ tags: { "trustdesk:managed": "true", "trustdesk:apply": id }, inlinePolicies: { deploy: { Statement: [{ Action: "s3:*" }] } } });
    expect(await changesMade()).toEqual(wholePlan);
    expect(await auditedActions(databases, id)).toEqual(wholeAudit);
  });

  it("removes a role and the provider, unless somebody else trusts it", async () => {
    await mayRemove();
    worker = await start();
    await settles(await requestFor("stays"), "applied");
    await settles(await requestFor("goes"), "applied");
    expect(await removed("goes")).toEqual(["DeleteRolePolicy", "DeleteRole"]);
    expect(await removed("stays")).toEqual(["DeleteRolePolicy", "DeleteRole", "DeleteOpenIDConnectProvider"]);
    expect(await database().role.count({ where: { name: { in: ["stays", "goes"] }, removedAt: null } })).toBe(0);
  });

  it("finds the way to an account, step by step", async () => {
    worker = await start();
    await askAccountTest(account, { person: pia, actor: actorOf(pia), clock: systemClock });
    await expect.poll(async () => (await readAccount(database(), account.id)).lastTest?.state, { timeout: 30_000 }).toBe("passed");
    expect((await readAccount(database(), account.id)).lastTest?.checks.map(({ id }) => id)).toEqual(["identity", "spoke-role", "account", "read-iam", "boundary"]);
  });

  it("asks GitLab again whether the requester may still do it", async () => {
    const id = await requestFor("not-any-more");
    await control("/memberships", "POST", { username: "pia", source: "acme/platform-engineers", accessLevel: 0 });
    worker = await start();
    await settles(id, "failed");
    expect((await database().roleRequest.findUniqueOrThrow({ where: { id } })).reason).toContain("not a platform engineer any more");
    expect(await changesMade()).toEqual([]);
  });
});

describe("a worker killed with kill -9", () => {
  it.each([
    ["before CreateOpenIDConnectProvider", "hold-before", "CreateOpenIDConnectProvider", "killed-1"],
    ["after CreateRole took effect", "hold-after", "CreateRole", "killed-2"],
    ["after PutRolePolicy took effect", "hold-after", "PutRolePolicy", "killed-3"],
  ])("%s: another finishes without a duplicate, and the audit knows every change", async (_when, kind, action, roleName) => {
    await control("/aws/faults", "POST", { kind, action });
    worker = await start();
    const id = await requestFor(roleName);
    await expect.poll(() => control<{ action: string }[]>("/aws/holds"), { timeout: 30_000 }).toEqual([expect.objectContaining({ action })]);
    await worker.kill();
    expect(await stateOf(id)).toBe("applying");
    await growOld();
    worker = await start();
    await settles(id, "applied");
    expect(await changesMade()).toEqual(wholePlan);
    expect(await auditedActions(databases, id)).toEqual(wholeAudit);
    expect(await database().role.count({ where: { name: roleName } })).toBe(1);
  });
});

describe("a worker that is asked to end during a call to AWS", () => {
  const held = async (roleName: string, environment: Record<string, string>) => {
    await control("/aws/faults", "POST", { kind: "hold-after", action: "CreateRole" });
    const asked = await start(environment);
    const id = await requestFor(roleName);
    await expect.poll(() => control<{ action: string }[]>("/aws/holds"), { timeout: 30_000 }).toEqual([expect.objectContaining({ action: "CreateRole" })]);
    return { asked, id };
  };

  it("finishes what it does, and ends with 0", async () => {
    const { asked, id } = await held("ended-1", {});
    const ended = asked.end();
    await expect.poll(() => asked.logged().map(({ msg }) => msg)).toContain("the worker finishes what it does");
    await control("/aws/holds/release", "POST", {});
    expect(await ended).toBe(0);
    expect(await stateOf(id)).toBe("applied");
    expect(await auditedActions(databases, id)).toEqual(wholeAudit);
  });

  it("hands back what takes too long, ends with 0, and another finishes it without a duplicate", async () => {
    const { asked, id } = await held("ended-2", { TRUSTDESK_SHUTDOWN_SECONDS: "1" });
    expect(await asked.end()).toBe(0);
    expect(await stateOf(id)).toBe("applying");
    worker = await start();
    await settles(id, "applied");
    expect(await changesMade()).toEqual(wholePlan);
    expect(await auditedActions(databases, id)).toEqual(wholeAudit);
  });
});
