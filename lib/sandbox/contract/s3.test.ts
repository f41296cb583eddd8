import { execFile, execFileSync } from "node:child_process";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import {
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { s3Deploy } from "@/lib/iam/templates/s3-deploy";
import { terraformState } from "@/lib/iam/templates/terraform-state";
import type { AwsServer, Credentials } from "./aws-client";
import { admins, goodTrust, iam, playground, refusal, s3, startAws, sts } from "./aws-client";

let server: AwsServer;
const bucket = "acme-test-bucket";
const inFrankfurt = { CreateBucketConfiguration: { LocationConstraint: "eu-central-1" as const } };

beforeAll(async () => {
  server = await startAws();
});
afterAll(() => server.stop());
beforeEach(() => server.sandbox.reset());

/** A pipeline's session in the playground whose role has `statements` as its inline policy. */
async function pipeline(statements: object[]): Promise<Credentials> {
  const admin = iam(server, admins.playground);
  await admin.send(
    new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: ["https://sts.amazonaws.com"] }),
  );
  await admin.send(new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: goodTrust(playground) }));
  await admin.send(
    new PutRolePolicyCommand({
      RoleName: "deploy",
      PolicyName: "s3",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    }),
  );
  const { Credentials: given } = await sts(server).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${playground}:role/deploy`,
      RoleSessionName: "job-1",
      WebIdentityToken: await server.token(),
    }),
  );
  return {
    accessKeyId: given?.AccessKeyId ?? "",
    secretAccessKey: given?.SecretAccessKey ?? "",
    sessionToken: given?.SessionToken ?? "",
  };
}

const allow = (Action: string | string[], Resource: string, more: object = {}): object => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

describe("buckets and objects", () => {
  it("creates, puts, gets and lists (S3 API: CreateBucket, PutObject, GetObject, ListObjectsV2)", async () => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: "site/a b'é.txt", Body: "hello", ContentType: "text/plain" }),
    );
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "other.txt", Body: "x" }));
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: "site/a b'é.txt" }));
    expect(await found.Body?.transformToString()).toBe("hello");
    expect(found.ContentType).toBe("text/plain");
    const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Delimiter: "/" }));
    expect(listed.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([["other.txt", 1]]);
    expect(listed.CommonPrefixes).toEqual([{ Prefix: "site/" }]);
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([bucket]);
    expect((await client.send(new GetBucketLocationCommand({ Bucket: bucket }))).LocationConstraint).toBe(
      "eu-central-1",
    );
    await expect(client.send(new HeadBucketCommand({ Bucket: bucket }))).resolves.toBeDefined();
  });

  it("decodes a streamed upload with a checksum trailer (S3 API: STREAMING-UNSIGNED-PAYLOAD-TRAILER)", async () => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const text = "streamed ".repeat(20_000);
    let encoding: string | undefined;
    client.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        encoding = headers["content-encoding"];
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: "big", Body: Readable.from([text]), ContentLength: text.length }),
    );
    const found = await s3(server, admins.playground).send(new GetObjectCommand({ Bucket: bucket, Key: "big" }));
    expect(await found.Body?.transformToString()).toBe(text);
    expect(encoding).toContain("aws-chunked");
  });

  it.each([
    ["NoSuchBucket", 404, new PutObjectCommand({ Bucket: "acme-nowhere", Key: "k", Body: "x" })],
    ["NoSuchKey", 404, new GetObjectCommand({ Bucket: bucket, Key: "missing" })],
    ["BucketAlreadyOwnedByYou", 409, new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt })],
    ["BucketAlreadyExists", 409, new CreateBucketCommand({ Bucket: "acme-prod-shop-assets", ...inFrankfurt })],
    ["InvalidBucketName", 400, new CreateBucketCommand({ Bucket: "Acme_Bucket", ...inFrankfurt })],
    [
      "IllegalLocationConstraintException",
      400,
      new CreateBucketCommand({ Bucket: "acme-other", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    ],
    ["MethodNotAllowed", 405, new DeleteBucketCommand({ Bucket: bucket })],
    ["NotImplemented", 501, new PutObjectCommand({ Bucket: bucket, Key: "k", Body: "x", IfNoneMatch: '"etag"' })],
  ])("answers %s (S3 API: error codes)", async (name, status, command) => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    expect(await refusal(client.send(command as PutObjectCommand))).toMatchObject({ name, status });
  });

  it("refuses a wrong secret and an unknown key (S3 API: SignatureDoesNotMatch, InvalidAccessKeyId)", async () => {
    expect(
      await refusal(s3(server, { ...admins.playground, secretAccessKey: "wrong" }).send(new ListBucketsCommand({}))),
    ).toMatchObject({ name: "SignatureDoesNotMatch", status: 403 });
    expect(
      await refusal(s3(server, { accessKeyId: "AKIANOBODY", secretAccessKey: "x" }).send(new ListBucketsCommand({}))),
    ).toMatchObject({ name: "InvalidAccessKeyId", status: 403 });
  });
});

describe("what a pipeline's session may do", () => {
  it("is what the role's policy says, key by key (IAM user guide: policy evaluation logic)", async () => {
    await s3(server, admins.playground).send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const client = s3(
      server,
      await pipeline([
        allow("s3:ListBucket", `arn:aws:s3:::${bucket}`, { Condition: { StringLike: { "s3:prefix": "site/*" } } }),
        allow(["s3:PutObject", "s3:GetObject"], `arn:aws:s3:::${bucket}/site/*`),
      ]),
    );
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "site/index.html", Body: "x" }));
    await expect(client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: "site/" }))).resolves.toMatchObject({
      KeyCount: 1,
    });
    expect(
      await refusal(client.send(new PutObjectCommand({ Bucket: bucket, Key: "other/index.html", Body: "x" }))),
    ).toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("is not authorized to perform: s3:PutObject") as string,
      status: 403,
    });
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: bucket })))).toMatchObject({
      name: "AccessDenied",
    });
    expect(await refusal(client.send(new CreateBucketCommand({ Bucket: "acme-more", ...inFrankfurt })))).toMatchObject({
      name: "AccessDenied",
    });
  });

  it("ends at the role's boundary (IAM user guide: permissions boundaries)", async () => {
    const client = s3(server, await pipeline([allow("s3:*", "*")]));
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const admin = iam(server, admins.playground);
    const { Policy: boundary } = await admin.send(
      new CreatePolicyCommand({
        PolicyName: "read-only",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [allow("s3:Get*", "*")] }),
      }),
    );
    await admin.send(new PutRolePermissionsBoundaryCommand({ RoleName: "deploy", PermissionsBoundary: boundary?.Arn }));
    expect(await refusal(client.send(new PutObjectCommand({ Bucket: bucket, Key: "k", Body: "x" })))).toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("because no permissions boundary allows the s3:PutObject action") as string,
    });
  });

  it("does not reach another account's bucket (S3 user guide: cross-account access)", async () => {
    const client = s3(server, await pipeline([allow("s3:*", "*")]));
    expect(
      await refusal(client.send(new PutObjectCommand({ Bucket: "acme-prod-shop-assets", Key: "k", Body: "x" }))),
    ).toMatchObject({ name: "AccessDenied", status: 403 });
  });

  it("learns that a key is missing only where it may list it (S3 API: GetObject, HeadObject)", async () => {
    await s3(server, admins.playground).send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const client = s3(
      server,
      await pipeline([
        allow("s3:GetObject", `arn:aws:s3:::${bucket}/*`),
        allow("s3:ListBucket", `arn:aws:s3:::${bucket}`, { Condition: { StringLike: { "s3:prefix": "site/*" } } }),
      ]),
    );
    expect(await refusal(client.send(new GetObjectCommand({ Bucket: bucket, Key: "site/missing" })))).toMatchObject({
      name: "NoSuchKey",
      status: 404,
    });
    expect(await refusal(client.send(new GetObjectCommand({ Bucket: bucket, Key: "other" })))).toMatchObject({
      name: "AccessDenied",
      status: 403,
    });
    expect(await refusal(client.send(new HeadObjectCommand({ Bucket: bucket, Key: "other" })))).toMatchObject({
      status: 403,
    });
  });
});

describe("a put on condition and a delete", () => {
  it("let one of many writers make the object (S3 user guide: conditional writes)", async () => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const writers = ["a", "b", "c", "d"].map((Body) =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key: "lock", Body, IfNoneMatch: "*" })).then(
        () => Body,
        (error: Error) => error.name,
      ),
    );
    const outcomes = await Promise.all(writers);
    expect(outcomes.filter((outcome) => outcome === "PreconditionFailed")).toHaveLength(3);
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: "lock" }));
    expect(outcomes).toContain(await found.Body?.transformToString());
  });

  it("free the key, and say nothing of one that is not there (S3 API: DeleteObject)", async () => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "lock", Body: "x" }));
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "lock" }));
    await expect(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "lock" }))).resolves.toMatchObject({
      $metadata: { httpStatusCode: 204 },
    });
    await expect(
      client.send(new PutObjectCommand({ Bucket: bucket, Key: "lock", Body: "y", IfNoneMatch: "*" })),
    ).resolves.toBeDefined();
  });
});

describe("a role from a template", () => {
  const place = { partition: "aws", accountId: playground, region: "eu-central-1" };
  const put = (Key: string, more: object = {}): PutObjectCommand =>
    new PutObjectCommand({ Bucket: bucket, Key, Body: "{}", ...more });
  const get = (Key: string): GetObjectCommand => new GetObjectCommand({ Bucket: bucket, Key });
  const remove = (Key: string): DeleteObjectCommand => new DeleteObjectCommand({ Bucket: bucket, Key });
  const list = (Prefix?: string): ListObjectsV2Command =>
    new ListObjectsV2Command({ Bucket: bucket, ...(Prefix === undefined ? {} : { Prefix }) });
  type Command = ReturnType<typeof put> | ReturnType<typeof get> | ReturnType<typeof remove> | ReturnType<typeof list>;

  async function expectDenied(client: ReturnType<typeof s3>, commands: Command[]): Promise<void> {
    for (const command of commands)
      expect([command.input, await refusal(client.send(command as PutObjectCommand))]).toEqual([
        command.input,
        expect.objectContaining({ name: "AccessDenied", status: 403 }),
      ]);
  }

  beforeEach(async () => {
    const admin = s3(server, admins.playground);
    await admin.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    await admin.send(put("secret/other.tfstate"));
  });

  it("keeps Terraform's state from the first init on, behind a lock (HashiCorp: s3 backend, use_lockfile)", async () => {
    const [state, lock] = ["shop/web.tfstate", "shop/web.tfstate.tflock"];
    const client = s3(server, await pipeline(terraformState.build({ bucket, key: state }, place).Statement));
    await expect(client.send(list("env:/"))).resolves.toMatchObject({ KeyCount: 0 });
    expect(await refusal(client.send(new HeadObjectCommand({ Bucket: bucket, Key: state })))).toMatchObject({
      name: "NotFound",
      status: 404,
    });
    expect(await refusal(client.send(get(lock)))).toMatchObject({ name: "NoSuchKey", status: 404 });
    await client.send(put(lock, { IfNoneMatch: "*" }));
    expect(await refusal(client.send(put(lock, { IfNoneMatch: "*" })))).toMatchObject({
      name: "PreconditionFailed",
      status: 412,
    });
    await client.send(put(state, { Body: '{"version":4}' }));
    expect(await (await client.send(get(state))).Body?.transformToString()).toBe('{"version":4}');
    await client.send(remove(lock));
    await expect(client.send(put(lock, { IfNoneMatch: "*" }))).resolves.toBeDefined();
    await expectDenied(client, [
      remove(state),
      put("secret/other.tfstate"),
      get("secret/other.tfstate"),
      put("shop/web.tfstate.backup"),
      put("env:/dev/shop/web.tfstate"),
      get("shop/none"),
      list(),
      list("shop/"),
      list("secret/"),
      list("env:/dev/"),
    ]);
  });

  it("keeps the states of named workspaces where it was asked to, and no other state there", async () => {
    const client = s3(
      server,
      await pipeline(terraformState.build({ bucket, key: "web.tfstate", workspaces: "env:" }, place).Statement),
    );
    await expect(client.send(list("env:/"))).resolves.toBeDefined();
    expect(await refusal(client.send(get("env:/dev/web.tfstate")))).toMatchObject({ name: "NoSuchKey" });
    await client.send(put("env:/dev/web.tfstate.tflock", { IfNoneMatch: "*" }));
    await client.send(put("env:/dev/web.tfstate"));
    await client.send(remove("env:/dev/web.tfstate.tflock"));
    await expectDenied(client, [
      remove("env:/dev/web.tfstate"),
      put("env:/dev/other.tfstate"),
      put("env:/web.tfstate"),
      list(),
    ]);
  });

  it("deploys a site under its prefix and clears what is gone (AWS CLI reference: s3 sync --delete)", async () => {
    const client = s3(server, await pipeline(s3Deploy.build({ bucket, prefix: "site/" }, place).Statement));
    await client.send(new GetBucketLocationCommand({ Bucket: bucket }));
    await client.send(put("site/index.html"));
    await client.send(put("site/old.html"));
    await expect(client.send(list("site/"))).resolves.toMatchObject({ KeyCount: 2 });
    await client.send(remove("site/old.html"));
    await expect(client.send(list("site/"))).resolves.toMatchObject({ KeyCount: 1 });
    await expectDenied(client, [
      put("index.html"),
      get("secret/other.tfstate"),
      remove("secret/other.tfstate"),
      list(),
      list("secret/"),
    ]);
  });
});

const noCommandLine = ((): string | null => {
  try {
    execFileSync("aws", ["--version"], { stdio: "ignore" });
    return null;
  } catch {
    return "no aws command line on this machine";
  }
})();

describe("the aws command line", () => {
  it.skipIf(noCommandLine !== null)(
    `makes a bucket, copies a file and reads IAM${noCommandLine ? ` (skipped: ${noCommandLine})` : ""} (AWS CLI reference: s3 mb, s3 cp, iam list-roles)`,
    async () => {
      const { accessKeyId, secretAccessKey } = admins.playground;
      const env = {
        PATH: process.env["PATH"],
        HOME: "/nonexistent",
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_PAGER: "",
      };
      const aws = async (...args: string[]): Promise<string> => {
        const running = promisify(execFile)(
          "aws",
          [...args, "--endpoint-url", server.url, "--region", "eu-central-1"],
          { env: { ...process.env, ...env } },
        );
        return (await running).stdout;
      };
      expect(await aws("s3", "mb", `s3://${bucket}`)).toContain(`make_bucket: ${bucket}`);
      const file = new URL(import.meta.url).pathname;
      expect(await aws("s3", "cp", file, `s3://${bucket}/test.txt`)).toContain("upload:");
      expect(await aws("s3", "ls", `s3://${bucket}/`)).toContain("test.txt");
      expect(JSON.parse(await aws("iam", "list-roles", "--output", "json"))).toMatchObject({
        Roles: [{ RoleName: "trustdesk-spoke" }],
      });
      expect(JSON.parse(await aws("sts", "get-caller-identity", "--output", "json"))).toMatchObject({
        Account: playground,
      });
    },
  );
});
