import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fixedClock, systemClock } from "@/lib/clock";
import { listOf } from "@/lib/iam/policy-schema";
import { spokePolicy } from "@/lib/iam/portal-policy";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { sqlAs } from "@/lib/testing/db";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import type { Check } from "./check";
import { asText } from "./check";
import { diagnose } from "./doctor";
import { botTokenCheck } from "./gitlab-checks";

const prod = "111122223333";
const spokeOf = (id: string) => `arn:aws:iam::${id}:role/trustdesk-spoke`;
const boundaryOf = (id: string) => `arn:aws:iam::${id}:policy/gitlab-ci-boundary`;

let portal: Portal;
let variables: Record<string, string | undefined>;

beforeAll(async () => {
  portal = await startPortal();
  const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = sandboxCredentials.worker;
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_IAM: portal.sandbox.awsUrl,
    AWS_ENDPOINT_URL_STS: portal.sandbox.awsUrl,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
  });
  variables = {
    ...process.env,
    TRUSTDESK_WORKER_DATABASE_URL: portal.db.workerUrl,
    TRUSTDESK_OWNER_DATABASE_URL: portal.db.ownerUrl,
  };
  const common = { externalId: "trustdesk-demo", region: "eu-central-1" };
  await portal.db.prismaAs("owner").awsAccount.createMany({
    data: [
      {
        ...common,
        id: "a1",
        name: "prod",
        accountId: prod,
        spokeRoleArn: spokeOf(prod),
        defaultPath: "/gitlab/",
        boundaryArn: boundaryOf(prod),
        boundaryRequired: true,
      },
      {
        ...common,
        id: "a2",
        name: "dev",
        accountId: "444455556666",
        spokeRoleArn: spokeOf("444455556666"),
        defaultPath: "/gitlab/",
        boundaryArn: boundaryOf("444455556666"),
      },
      { ...common, id: "a3", name: "playground", accountId: "777788889999", spokeRoleArn: spokeOf("777788889999") },
    ],
  });
});
afterAll(() => portal.stop());
beforeEach(async () => {
  await prodWithout("nothing");
  await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control/aws/calls`, { method: "DELETE" });
  await sqlAs(
    portal.db.adminUrl,
    `INSERT INTO "WorkerHeartbeat" VALUES ('w1', now(), now()) ON CONFLICT ("workerId") DO UPDATE SET "beatAt" = now()`,
  );
});

const wrong = (checks: Check[]) =>
  checks.filter(({ state }) => state !== "ok").map(({ name, state }) => `${state} ${name}`);
const diagnosed = (more: Record<string, string | undefined> = {}, clock = systemClock) =>
  diagnose({ ...variables, ...more }, clock);
const admin = () =>
  new IAMClient({
    region: "us-east-1",
    maxAttempts: 1,
    endpoint: portal.sandbox.awsUrl,
    credentials: sandboxCredentials.admins.prod,
  });

async function prodWithout(action: string): Promise<void> {
  const policy = spokePolicy({
    partition: "aws",
    accountId: prod,
    spokeRoleArn: spokeOf(prod),
    path: "/gitlab/",
    boundaryArn: boundaryOf(prod),
    issuer: "https://gitlab.com",
  });
  policy.Statement = policy.Statement.map((statement) => ({
    ...statement,
    Action: statement.Effect === "Deny" ? statement.Action : listOf(statement.Action).filter((one) => one !== action),
  })).filter(({ Action }) => listOf(Action).length > 0);
  await admin().send(
    new PutRolePolicyCommand({
      RoleName: "trustdesk-spoke",
      PolicyName: "trustdesk-spoke",
      PolicyDocument: JSON.stringify(policy),
    }),
  );
}

describe("the doctor", () => {
  it("finds nothing wrong in the demo's company, changes nothing, and shows no secret", async () => {
    const checks = await diagnosed();
    expect(wrong(checks)).toEqual([]);
    const control = await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control/aws/calls`);
    const calls = (await control.json()) as { action: string; error: string | null }[];
    expect(calls.filter(({ action, error }) => !/^(Get|List|AssumeRole)/.test(action) && error === null)).toEqual([]);
    const text = asText(checks) + JSON.stringify(checks);
    for (const secret of [
      "trustdesk-demo-secret",
      "glpat-sandbox-bot",
      sandboxCredentials.worker.secretAccessKey,
      "test-web",
      "test-worker",
      "test-owner",
    ])
      expect(text).not.toContain(secret);
  });

  it.each([
    "iam:CreateRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:DeleteRole",
    "iam:DeleteOpenIDConnectProvider",
    "iam:PutRolePermissionsBoundary",
    "iam:ListRoles",
  ])("names the missing permission %s, and how to mend it", async (action) => {
    await prodWithout(action);
    const checks = await diagnosed();
    expect(new Set(wrong(checks))).toEqual(new Set([`failed aws prod: ${action}`]));
    expect(checks.find(({ state }) => state === "failed")?.mend).toContain("docs/iam/spoke.json");
  });

  it("names a spoke role without any permission, and one that cannot be assumed", async () => {
    await admin().send(new DeleteRolePolicyCommand({ RoleName: "trustdesk-spoke", PolicyName: "trustdesk-spoke" }));
    expect(wrong(await diagnosed())).toContain("failed aws prod: permissions");
    await portal.db
      .prismaAs("owner")
      .awsAccount.update({ where: { id: "a3" }, data: { spokeRoleArn: spokeOf("777788889990") } });
    expect(wrong(await diagnosed())).toContain("failed aws playground");
    await portal.db
      .prismaAs("owner")
      .awsAccount.update({ where: { id: "a3" }, data: { spokeRoleArn: spokeOf("777788889999") } });
  });

  it("names a wrong bot token, one that may write, and a wrong secret of the application", async () => {
    expect(wrong(await diagnosed({ TRUSTDESK_GITLAB_TOKEN: "glpat-nobody" }))).toEqual(["failed gitlab: bot token"]);
    expect(wrong(await diagnosed({ TRUSTDESK_GITLAB_TOKEN: "glpat-sandbox-pia" }))).toEqual([
      "warning gitlab: bot token",
    ]);
    expect(wrong(await diagnosed({ GITLAB_CLIENT_SECRET: "another" }))).toEqual(["failed gitlab: application"]);
  });

  it("names a clock that is ten minutes off, against everybody", async () => {
    const skewed = fixedClock(new Date(systemClock.now().getTime() + 600_000));
    expect(wrong(await diagnosed({}, skewed))).toEqual(
      expect.arrayContaining(["failed clock: database", "failed clock: gitlab", "failed clock: aws"]),
    );
  });

  it("names a worker that shares the web's role, and one that is a superuser", async () => {
    expect(wrong(await diagnosed({ TRUSTDESK_WORKER_DATABASE_URL: undefined }))).toEqual(
      expect.arrayContaining(["failed database: roles apart", "failed database: worker"]),
    );
    expect(wrong(await diagnosed({ TRUSTDESK_WORKER_DATABASE_URL: portal.db.adminUrl }))).toEqual([
      "failed database: worker",
    ]);
  });

  it("names a migration that is missing, and one that was edited", async () => {
    const [row] = await sqlAs<{ checksum: string }>(
      portal.db.adminUrl,
      "SELECT checksum FROM _prisma_migrations WHERE migration_name = '002_audit'",
    );
    await sqlAs(
      portal.db.adminUrl,
      "UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name = '002_audit'",
    );
    expect((await diagnosed()).find(({ name }) => name === "database: migrations")).toMatchObject({
      state: "failed",
      found: "002_audit was edited after it was applied.",
    });
    await sqlAs(
      portal.db.adminUrl,
      "UPDATE _prisma_migrations SET checksum = $1, migration_name = 'other' WHERE migration_name = '002_audit'",
      [row?.checksum],
    );
    expect((await diagnosed()).find(({ name }) => name === "database: migrations")).toMatchObject({
      state: "failed",
      found: "002_audit not applied.",
    });
    await sqlAs(
      portal.db.adminUrl,
      "UPDATE _prisma_migrations SET migration_name = '002_audit' WHERE migration_name = 'other'",
    );
  });

  it("names a worker that is silent, a database and a GitLab that do not answer, and what is not configured", async () => {
    await sqlAs(portal.db.adminUrl, `DELETE FROM "WorkerHeartbeat"`);
    expect(wrong(await diagnosed())).toEqual(["failed worker"]);
    expect(
      wrong(
        await diagnosed({
          DATABASE_URL: "postgresql://trustdesk_web:x@127.0.0.1:1/none",
          GITLAB_URL: "http://127.0.0.1:1",
        }),
      ),
    ).toEqual(["failed database: web", "failed gitlab", "failed aws: accounts"]);
    expect(await diagnosed({ GITLAB_CLIENT_ID: undefined })).toMatchObject([
      { name: "configuration", state: "failed", found: expect.stringContaining("GITLAB_CLIENT_ID") as string },
    ]);
  });
});

describe("a bot's token", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  it.each([
    ["is good for long", { scopes: ["read_api"], active: true, expires_at: "2027-10-01" }, "ok"],
    ["ends soon", { scopes: ["read_api"], active: true, expires_at: "2026-11-25" }, "warning"],
    ["lacks the scope", { scopes: ["read_user"], active: true, expires_at: null }, "failed"],
    ["has ended", { scopes: ["read_api"], active: false, expires_at: "2026-11-01" }, "failed"],
  ])("that %s is %#", (_what, token, state) => expect(botTokenCheck(token, now).state).toBe(state));
});
