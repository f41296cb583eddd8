import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxCredentials } from "../company/aws-accounts";
import type { Sandbox } from "../start";
import { startSandbox } from "../start";
import { api, apiJson, control } from "./gitlab-client";

const article = "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth";
const project = `/projects/${encodeURIComponent(article)}`;
const account = "777788889999";
const roleName = "gitlab-oidc-role-s3-readwrite";
const audience = "https://sts.amazonaws.com";
const bucket = "gitlab-pipeline-aws-oidc-auth";

type Item = Record<string, unknown>;
let sandbox: Sandbox;
let iam: IAMClient;
let s3: S3Client;

beforeAll(async () => {
  sandbox = await startSandbox({ services: 0, propagationMs: 0 });
  const client = { region: "us-east-1", endpoint: sandbox.awsUrl, credentials: sandboxCredentials.admins.playground };
  iam = new IAMClient(client);
  s3 = new S3Client({ ...client, forcePathStyle: true });
});
beforeEach(() => control(sandbox, "/reset", {}));
afterAll(() => sandbox.stop());

const trust = (subject: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/gitlab.com` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "gitlab.com:aud": audience }, StringLike: { "gitlab.com:sub": subject } },
      },
    ],
  });

/** What the article's Terraform makes. */
async function applyArticle(action = "s3:*"): Promise<void> {
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: [audience] }));
  await iam.send(
    new CreateRoleCommand({
      RoleName: roleName,
      AssumeRolePolicyDocument: trust(`project_path:${article}:ref_type:branch:ref:*`),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: roleName,
      PolicyName: "gitlab_oidc_readwrite_policy",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: [action], Resource: "*" }],
      }),
    }),
  );
}

async function setVariables(values: Record<string, string> = {}): Promise<void> {
  const all = {
    AWS_REGION: "us-east-1",
    AWS_ROLE_ARN: `arn:aws:iam::${account}:role/${roleName}`,
    OIDC_AUDIENCE: audience,
    ...values,
  };
  for (const [key, value] of Object.entries(all)) {
    const answer = await api(sandbox, "pia", `${project}/variables`, {
      method: "POST",
      body: JSON.stringify({ key, value }),
    });
    expect(answer.status).toBe(201);
  }
}

/** Runs a pipeline to its end: the job and its log. */
async function runPipeline(ref: string): Promise<{ job: Item; log: string }> {
  const created = await api(sandbox, "pia", `${project}/pipeline`, { method: "POST", body: JSON.stringify({ ref }) });
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as Item;
  const read = async (): Promise<Item> =>
    (await apiJson<Item[]>(sandbox, "pia", `${project}/pipelines/${String(id)}/jobs`))[0] ?? {};
  await expect.poll(async () => (await read()).status, { interval: 50 }).toMatch(/success|failed/);
  const job = await read();
  return { job, log: await (await api(sandbox, "pia", `${project}/jobs/${String(job.id)}/trace`)).text() };
}

describe("the article's pipeline [docs.gitlab.com/ci/cloud_services/aws]", () => {
  it("exchanges its token and uploads its file", async () => {
    await applyArticle();
    await setVariables();
    const { job, log } = await runPipeline("develop");
    expect(log).toContain(`make_bucket: ${bucket}`);
    expect(log).toContain(`upload: ./test.txt to s3://${bucket}/test.txt`);
    expect(job).toMatchObject({ name: "test-aws", status: "success", ref: "develop" });
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "test.txt" }));
    expect(await object.Body?.transformToString()).toContain("job: test-aws");
  });

  it("goes on when the bucket is there already: the article says || true", async () => {
    await applyArticle();
    await setVariables();
    await runPipeline("main");
    expect((await runPipeline("main")).job.status).toBe("success");
  });

  it("is refused on a ref that the trust does not name, and works once it does", async () => {
    await applyArticle();
    await setVariables();
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: roleName,
        PolicyDocument: trust(`project_path:${article}:ref_type:branch:ref:main`),
      }),
    );
    const refused = await runPipeline("feature/login");
    expect(refused.job).toMatchObject({ status: "failed", failure_reason: "script_failure" });
    expect(refused.log).toContain(
      "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    );
    expect((await runPipeline("main")).job.status).toBe("success");
  });

  it("may only do what the role's policy allows [docs.aws.amazon.com/IAM, policy evaluation]", async () => {
    await applyArticle("s3:CreateBucket");
    await setVariables();
    const { job, log } = await runPipeline("main");
    expect(job.status).toBe("failed");
    expect(log).toContain(`make_bucket: ${bucket}`);
    expect(log).toContain("An error occurred (AccessDenied) when calling the PutObject operation");
  });

  it("is refused when its audience is not the provider's", async () => {
    await applyArticle();
    await setVariables({ OIDC_AUDIENCE: "https://elsewhere.example" });
    const { log } = await runPipeline("main");
    expect(log).toContain("Incorrect token audience");
  });

  it("says which CI/CD variable is missing", async () => {
    const { job, log } = await runPipeline("main");
    expect(job.status).toBe("failed");
    expect(log).toContain("AWS_ROLE_ARN is not set");
  });
});

describe("pipelines", () => {
  it("need a ref that exists, and the right to push to it [docs.gitlab.com/api/pipelines]", async () => {
    const absent = await api(sandbox, "pia", `${project}/pipeline`, {
      method: "POST",
      body: JSON.stringify({ ref: "nope" }),
    });
    expect([absent.status, await absent.json()]).toEqual([400, { message: { base: ["Reference not found"] } }]);
    const guarded = await api(sandbox, "dora", "/projects/90201/pipeline", {
      method: "POST",
      body: JSON.stringify({ ref: "main" }),
    });
    expect([guarded.status, JSON.stringify(await guarded.json())]).toEqual([
      400,
      expect.stringContaining("sufficient permission"),
    ]);
  });

  it("a job at a reused path fails before it starts, with an empty log [app/models/authn/burned_project_route.rb]", async () => {
    const created = await api(sandbox, "oleg", "/projects/90208/pipeline", {
      method: "POST",
      body: JSON.stringify({ ref: "main" }),
    });
    const { id } = (await created.json()) as Item;
    const read = async (): Promise<Item[]> =>
      apiJson<Item[]>(sandbox, "oleg", `/projects/90208/pipelines/${String(id)}/jobs`);
    await expect
      .poll(async () => (await read())[0])
      .toMatchObject({
        status: "failed",
        failure_reason: "id_token_burned_project_path",
        started_at: null,
        runner: null,
      });
  });

  it("variables are for Maintainers, and a key is taken once [docs.gitlab.com/api/project_level_variables]", async () => {
    expect((await api(sandbox, "dora", "/projects/90201/variables")).status).toBe(403);
    await setVariables();
    const twice = await api(sandbox, "pia", `${project}/variables`, {
      method: "POST",
      body: JSON.stringify({ key: "AWS_REGION", value: "eu-west-1" }),
    });
    expect([twice.status, await twice.json()]).toEqual([
      400,
      { message: { key: ["(AWS_REGION) has already been taken"] } },
    ]);
    const changed = await api(sandbox, "pia", `${project}/variables/AWS_REGION`, {
      method: "PUT",
      body: JSON.stringify({ value: "eu-west-1" }),
    });
    expect(await changed.json()).toMatchObject({ key: "AWS_REGION", value: "eu-west-1" });
  });

  it("run from the web page of whoever one continues as", async () => {
    const login = await fetch(`${sandbox.gitlabUrl}/-/sandbox/continue-as`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ username: "pia", return_to: `/${article}/-/pipelines` }),
    });
    const cookie = login.headers.get("set-cookie")?.split(";")[0] ?? "";
    const run = await fetch(`${sandbox.gitlabUrl}/${article}/-/pipelines`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie },
      body: new URLSearchParams({ ref: "main" }),
    });
    expect(run.headers.get("location")).toMatch(/\/-\/jobs\/\d+$/);
    const page = async (): Promise<string> =>
      (await fetch(new URL(run.headers.get("location") ?? "", sandbox.gitlabUrl), { headers: { cookie } })).text();
    await expect.poll(page, { interval: 50 }).toContain('data-status="failed"');
    expect(await page()).toContain("AWS_ROLE_ARN is not set");
  });
});
