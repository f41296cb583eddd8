import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { JWTPayload } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AwsServer } from "./aws-client";
import {
  admins,
  gitlabProvider,
  goodTrust,
  iam,
  mainSubject,
  playground,
  prod,
  refusal,
  spoke,
  startAws,
  sts,
  trustOf,
  worker,
} from "./aws-client";

let server: AwsServer;
const roleArn = `arn:aws:iam::${playground}:role/deploy`;
const deniedText = "Not authorized to perform sts:AssumeRoleWithWebIdentity";

beforeAll(async () => {
  server = await startAws();
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.sandbox.reset();
  server.clock.offsetMs = 0;
});

/** Provider and role of the playground. */
async function make(trust = goodTrust(playground), target = server): Promise<void> {
  const admin = iam(target, admins.playground);
  await admin.send(
    new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: ["https://sts.amazonaws.com"] }),
  );
  await admin.send(new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: trust }));
}

interface Attempt {
  claims?: JWTPayload;
  key?: { kid?: string; stranger?: boolean };
  more?: { DurationSeconds?: number; RoleArn?: string };
  target?: AwsServer;
}

async function assume({ claims, key, more, target = server }: Attempt = {}) {
  return sts(target).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn,
      RoleSessionName: "job-1",
      WebIdentityToken: await target.token(claims, key),
      ...more,
    }),
  );
}

describe("AssumeRoleWithWebIdentity", () => {
  it("gives a session to the subject that the role trusts (STS API: AssumeRoleWithWebIdentity)", async () => {
    await make();
    const answer = await assume();
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: mainSubject,
      Audience: "https://sts.amazonaws.com",
      Provider: gitlabProvider(playground),
      AssumedRoleUser: { Arn: `arn:aws:sts::${playground}:assumed-role/deploy/job-1` },
    });
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA/);
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer.Credentials ?? {};
    const identity = await sts(server, {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    }).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: playground,
      Arn: `arn:aws:sts::${playground}:assumed-role/deploy/job-1`,
    });
    const { Role: role } = await iam(server, admins.playground).send(new GetRoleCommand({ RoleName: "deploy" }));
    expect(role?.RoleLastUsed?.LastUsedDate).toBeInstanceOf(Date);
  });

  it.each([
    ["another branch", { sub: "project_path:acme/shop/web:ref_type:branch:ref:develop" }],
    ["a longer name", { sub: `${mainSubject}-evil` }],
  ])("denies %s (STS API: AccessDenied)", async (_what, claims) => {
    await make();
    expect(await refusal(assume({ claims }))).toMatchObject({ name: "AccessDenied", message: deniedText, status: 403 });
  });

  it("matches gitlab.com's own condition keys as strings (service authorization reference: STS)", async () => {
    await make(
      trustOf(playground, {
        StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com", "gitlab.com:project_id": "90201" },
        StringLike: { "gitlab.com:sub": "project_path:acme/*" },
      }),
    );
    await expect(assume()).resolves.toBeDefined();
    expect(await refusal(assume({ claims: { project_id: "90202" } }))).toMatchObject({ name: "AccessDenied" });
  });

  it("says of a missing role what it says of an untrusted one (STS API: AccessDenied)", async () => {
    await make();
    expect(await refusal(assume({ more: { RoleArn: `${roleArn}-not` } }))).toMatchObject({
      name: "AccessDenied",
      message: deniedText,
      status: 403,
    });
  });

  it.each<[string, Attempt, string]>([
    ["an audience that the provider lacks", { claims: { aud: "https://gitlab.com" } }, "Incorrect token audience"],
    [
      "another issuer",
      { claims: { iss: "https://gitlab.com/" } },
      "No OpenIDConnect provider found in your account for https://gitlab.com/",
    ],
    [
      "a foreign signature",
      { key: { stranger: true } },
      "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.",
    ],
    [
      "an unknown key",
      { key: { kid: "nobody" } },
      "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
    ],
    ["no subject", { claims: { sub: undefined } }, "Missing a required claim: sub"],
    [
      "two audiences",
      { claims: { aud: ["https://sts.amazonaws.com", "x"] } },
      "Token audience contains more than one audience while authorized party is not present",
    ],
    [
      "a roles claim without the role",
      { claims: { "https://aws.amazon.com/roles": `${roleArn}-other` } },
      "The target role ARN is not present in the roles claim of the identity token",
    ],
  ])("refuses a token with %s (STS API: InvalidIdentityToken)", async (_what, attempt, message) => {
    await make();
    expect(await refusal(assume(attempt))).toMatchObject({
      name: "InvalidIdentityTokenException",
      message,
      status: 400,
    });
  });

  it("lets a token live five minutes beyond its expiry (STS API: ExpiredTokenException)", async () => {
    await make();
    const seconds = Math.floor(Date.now() / 1000);
    await expect(assume({ claims: { exp: seconds - 200 } })).resolves.toBeDefined();
    expect(await refusal(assume({ claims: { exp: seconds - 400 } }))).toMatchObject({
      name: "ExpiredTokenException",
      message: expect.stringMatching(
        /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
      ) as string,
      status: 400,
    });
  });

  it("gives no longer session than the role allows (STS API: DurationSeconds)", async () => {
    await make();
    expect(await refusal(assume({ more: { DurationSeconds: 7200 } }))).toMatchObject({
      name: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
  });

  it("refuses, and says so, where a trust cannot be decided (design: undecided is never allowed)", async () => {
    const loud = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await make(
      trustOf(playground, {
        StringEquals: { "gitlab.com:sub": mainSubject },
        IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
      }),
    );
    expect(await refusal(assume())).toMatchObject({ name: "AccessDenied" });
    expect(loud).toHaveBeenCalledWith(expect.stringContaining("undecided"));
    loud.mockRestore();
  });
});

describe("propagation", () => {
  it("shows role, provider and a changed trust to STS after the delay, and to IAM at once (IAM user guide: changes are not always immediately visible)", async () => {
    await server.control("POST", "/propagation", { ms: 8000 });
    await make();
    const admin = iam(server, admins.playground);
    await expect(admin.send(new GetRoleCommand({ RoleName: "deploy" }))).resolves.toBeDefined();
    expect(await refusal(assume())).toMatchObject({ name: "AccessDenied", message: deniedText });
    server.clock.offsetMs = 8001;
    await expect(assume()).resolves.toBeDefined();
    await admin.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "deploy",
        PolicyDocument: trustOf(playground, { StringEquals: { "gitlab.com:sub": "other" } }),
      }),
    );
    await expect(assume()).resolves.toBeDefined();
    server.clock.offsetMs = 16_100;
    expect(await refusal(assume())).toMatchObject({ name: "AccessDenied" });
  });
});

describe("AssumeRole", () => {
  it("lets the worker into the accounts with the ExternalId (STS API: AssumeRole; IAM user guide: third parties and ExternalId)", async () => {
    const identity = await sts(server, await spoke(server, prod)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: prod,
      Arn: `arn:aws:sts::${prod}:assumed-role/trustdesk-spoke/trustdesk-test`,
    });
  });

  it.each([
    ["a wrong ExternalId", { ExternalId: "wrong" }],
    ["none", {}],
    ["a missing role", { RoleArn: `arn:aws:iam::123456789012:role/trustdesk-spoke`, ExternalId: "trustdesk-demo" }],
  ])("refuses %s (IAM user guide: third parties and ExternalId)", async (_what, more) => {
    const call = sts(server, worker).send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${prod}:role/trustdesk-spoke`, RoleSessionName: "x1", ...more }),
    );
    expect(await refusal(call)).toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("is not authorized to perform: sts:AssumeRole on resource: ") as string,
      status: 403,
    });
  });

  it("refuses whoever the trust does not name (IAM user guide: roles, principals)", async () => {
    const call = sts(server, admins.prod).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${prod}:role/trustdesk-spoke`,
        RoleSessionName: "x1",
        ExternalId: "trustdesk-demo",
      }),
    );
    expect(await refusal(call)).toMatchObject({ name: "AccessDenied" });
  });

  it("ends sessions (AWS Query API: ExpiredToken)", async () => {
    const session = await spoke(server, prod);
    server.clock.offsetMs = 3_601_000;
    const late = sts(server, session);
    late.config.systemClockOffset = 3_601_000;
    expect(await refusal(late.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: "ExpiredToken",
      status: 403,
    });
  });
});

describe("a restart", () => {
  it("finds roles and sessions in the data file (the demo's promise)", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-aws-"));
    const dataFile = join(folder, "aws.json");
    const before = await startAws({ dataFile });
    await make(goodTrust(playground), before);
    const session = await spoke(before, playground);
    await before.stop();
    const after = await startAws({ dataFile });
    await expect(iam(after, session).send(new GetRoleCommand({ RoleName: "deploy" }))).resolves.toBeDefined();
    await after.stop();
    rmSync(folder, { recursive: true });
  });
});
