import { execFile, execFileSync } from "node:child_process";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { CreateOpenIDConnectProviderCommand, CreatePolicyCommand, CreateRoleCommand, PutRolePermissionsBoundaryCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, DeleteObjectCommand, GetBucketLocationCommand, GetObjectCommand, HeadBucketCommand, ListBucketsCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { terraformState } from "@/lib/iam/templates/terraform-state";
import { admins, goodTrust, iam, playground, refusal, s3, startAws, sts } from "./aws-client";
import type { AwsServer, Credentials } from "./aws-client";

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
  await admin.send(new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: ["https://sts.amazonaws.com"] }));
  await admin.send(new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: goodTrust(playground) }));
  await admin.send(new PutRolePolicyCommand({ RoleName: "deploy", PolicyName: "s3", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }) }));
  const { Credentials: given } = await sts(server).send(new AssumeRoleWithWebIdentityCommand({ RoleArn: `arn:aws:iam::${playground}:role/deploy`, RoleSessionName: "job-1", WebIdentityToken: await server.token() }));
  return { accessKeyId: given?.AccessKeyId ?? "", secretAccessKey: given?.SecretAccessKey ?? "", sessionToken: given?.SessionToken ?? "" };
}

const allow = (Action: string | string[], Resource: string, more: object = {}): object => ({ Effect: "Allow", Action, Resource, ...more });

describe("buckets and objects", () => {
  it("creates, puts, gets and lists (S3 API: CreateBucket, PutObject, GetObject, ListObjectsV2)", async () => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "site/a b'é.txt", Body: "hello", ContentType: "text/plain" }));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "other.txt", Body: "x" }));
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: "site/a b'é.txt" }));
    expect(await found.Body?.transformToString()).toBe("hello");
    expect(found.ContentType).toBe("text/plain");
    const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Delimiter: "/" }));
    expect(listed.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([["other.txt", 1]]);
    expect(listed.CommonPrefixes).toEqual([{ Prefix: "site/" }]);
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([bucket]);
    expect((await client.send(new GetBucketLocationCommand({ Bucket: bucket }))).LocationConstraint).toBe("eu-central-1");
    await expect(client.send(new HeadBucketCommand({ Bucket: bucket }))).resolves.toBeDefined();
  });

  it("decodes a streamed upload with a checksum trailer (S3 API: STREAMING-UNSIGNED-PAYLOAD-TRAILER)", async () => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const text = "streamed ".repeat(20_000);
    let encoding: string | undefined;
    client.middlewareStack.add((next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      encoding = headers["content-encoding"];
      return next(args);
    }, { step: "finalizeRequest", priority: "low" });
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "big", Body: Readable.from([text]), ContentLength: text.length }));
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
    ["IllegalLocationConstraintException", 400, new CreateBucketCommand({ Bucket: "acme-other", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } })],
    ["NotImplemented", 501, new PutObjectCommand({ Bucket: bucket, Key: "k", Body: "x", IfNoneMatch: '"etag"' })],
  ])("answers %s (S3 API: error codes)", async (name, status, command) => {
    const client = s3(server, admins.playground);
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    expect(await refusal(client.send(command as PutObjectCommand))).toMatchObject({ name, status });
  });

  it("refuses a wrong secret and an unknown key (S3 API: SignatureDoesNotMatch, InvalidAccessKeyId)", async () => {
    expect(await refusal(s3(server, { ...admins.playground, secretAccessKey: "wrong" }).send(new ListBucketsCommand({})))).toMatchObject({ name: "SignatureDoesNotMatch", status: 403 });
    expect(await refusal(s3(server, { accessKeyId: "AKIANOBODY", secretAccessKey: "x" }).send(new ListBucketsCommand({})))).toMatchObject({ name: "InvalidAccessKeyId", status: 403 });
  });
});

describe("what a pipeline's session may do", () => {
  it("is what the role's policy says, key by key (IAM user guide: policy evaluation logic)", async () => {
    await s3(server, admins.playground).send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const client = s3(server, await pipeline([allow("s3:ListBucket", `arn:aws:s3:::${bucket}`, { Condition: { StringLike: { "s3:prefix": "site/*" } } }), allow(["s3:PutObject", "s3:GetObject"], `arn:aws:s3:::${bucket}/site/*`)]));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "site/index.html", Body: "x" }));
    await expect(client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: "site/" }))).resolves.toMatchObject({ KeyCount: 1 });
    expect(await refusal(client.send(new PutObjectCommand({ Bucket: bucket, Key: "other/index.html", Body: "x" })))).toMatchObject({ name: "AccessDenied", message: expect.stringContaining("is not authorized to perform: s3:PutObject") as string, status: 403 });
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: bucket })))).toMatchObject({ name: "AccessDenied" });
    expect(await refusal(client.send(new CreateBucketCommand({ Bucket: "acme-more", ...inFrankfurt })))).toMatchObject({ name: "AccessDenied" });
  });

  it("is for Terraform its own state and lock, taken by one at a time (S3 user guide: conditional writes; HashiCorp: use_lockfile)", async () => {
    await s3(server, admins.playground).send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const policy = terraformState.build({ bucket, key: "shop/web.tfstate" }, { partition: "aws", accountId: playground, region: "eu-central-1" });
    const client = s3(server, await pipeline(policy.Statement));
    const state = { Bucket: bucket, Key: "shop/web.tfstate" };
    const lock = { Bucket: bucket, Key: "shop/web.tfstate.tflock" };
    await client.send(new PutObjectCommand({ ...lock, Body: "{}", IfNoneMatch: "*" }));
    expect(await refusal(client.send(new PutObjectCommand({ ...lock, Body: "{}", IfNoneMatch: "*" })))).toMatchObject({ name: "PreconditionFailed", status: 412 });
    await client.send(new PutObjectCommand({ ...state, Body: '{"version":4}' }));
    expect(await (await client.send(new GetObjectCommand(state))).Body?.transformToString()).toBe('{"version":4}');
    await client.send(new DeleteObjectCommand(lock));
    await expect(client.send(new PutObjectCommand({ ...lock, Body: "{}", IfNoneMatch: "*" }))).resolves.toBeDefined();
    await expect(client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: state.Key }))).resolves.toMatchObject({ KeyCount: 2 });
    for (const denied of [new DeleteObjectCommand(state), new PutObjectCommand({ Bucket: bucket, Key: "shop/other.tfstate", Body: "x" }), new ListObjectsV2Command({ Bucket: bucket })]) {
      expect(await refusal(client.send(denied as PutObjectCommand))).toMatchObject({ name: "AccessDenied", status: 403 });
    }
  });

  it("ends at the role's boundary (IAM user guide: permissions boundaries)", async () => {
    const client = s3(server, await pipeline([allow("s3:*", "*")]));
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...inFrankfurt }));
    const admin = iam(server, admins.playground);
    const { Policy: boundary } = await admin.send(new CreatePolicyCommand({ PolicyName: "read-only", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [allow("s3:Get*", "*")] }) }));
    await admin.send(new PutRolePermissionsBoundaryCommand({ RoleName: "deploy", PermissionsBoundary: boundary?.Arn }));
    expect(await refusal(client.send(new PutObjectCommand({ Bucket: bucket, Key: "k", Body: "x" })))).toMatchObject({ name: "AccessDenied", message: expect.stringContaining("because no permissions boundary allows the s3:PutObject action") as string });
  });

  it("does not reach another account's bucket (S3 user guide: cross-account access)", async () => {
    const client = s3(server, await pipeline([allow("s3:*", "*")]));
    expect(await refusal(client.send(new PutObjectCommand({ Bucket: "acme-prod-shop-assets", Key: "k", Body: "x" })))).toMatchObject({ name: "AccessDenied", status: 403 });
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
  it.skipIf(noCommandLine !== null)(`makes a bucket, copies a file and reads IAM${noCommandLine ? ` (skipped: ${noCommandLine})` : ""} (AWS CLI reference: s3 mb, s3 cp, iam list-roles)`, async () => {
    const { accessKeyId, secretAccessKey } = admins.playground;
    const env = { PATH: process.env["PATH"], HOME: "/nonexistent", AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_EC2_METADATA_DISABLED: "true", AWS_PAGER: "" };
    const aws = async (...args: string[]): Promise<string> => {
      const running = promisify(execFile)("aws", [...args, "--endpoint-url", server.url, "--region", "eu-central-1"], { env: { ...process.env, ...env } });
      return (await running).stdout;
    };
    expect(await aws("s3", "mb", `s3://${bucket}`)).toContain(`make_bucket: ${bucket}`);
    const file = new URL(import.meta.url).pathname;
    expect(await aws("s3", "cp", file, `s3://${bucket}/test.txt`)).toContain("upload:");
    expect(await aws("s3", "ls", `s3://${bucket}/`)).toContain("test.txt");
    expect(JSON.parse(await aws("iam", "list-roles", "--output", "json"))).toMatchObject({ Roles: [{ RoleName: "trustdesk-spoke" }] });
    expect(JSON.parse(await aws("sts", "get-caller-identity", "--output", "json"))).toMatchObject({ Account: playground });
  });
});
