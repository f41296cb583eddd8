import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { JWTPayload } from "jose";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxCredentials } from "../company/aws-accounts";
import { mintIdToken } from "../gitlab/id-token";
import type { Pipeline } from "../gitlab/state";
import type { Sandbox } from "../start";
import { startSandbox } from "../start";
import { playground, refusal, trustOf } from "./aws-client";
import { api, control } from "./gitlab-client";

const audience = "https://sts.amazonaws.com";
const web = { id: 90201, path: "acme/shop/web" };
const parent = { id: 90401, path: "acme/data/pipelines" };
const fork = { id: 90801, path: "mona/pipelines" };

let sandbox: Sandbox;
let iam: IAMClient;
let sts: STSClient;

beforeAll(async () => {
  sandbox = await startSandbox({ services: 0, propagationMs: 0 });
  const client = { region: "us-east-1", endpoint: sandbox.awsUrl, maxAttempts: 1 };
  iam = new IAMClient({ ...client, credentials: sandboxCredentials.admins.playground });
  sts = new STSClient({ ...client, credentials: { accessKeyId: "unused", secretAccessKey: "unused" } });
});
beforeEach(async () => {
  await control(sandbox, "/reset", {});
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: [audience] }));
});
afterAll(() => sandbox.stop());

const onMain = (path: string): string => `project_path:${path}:ref_type:branch:ref:main`;

/** A role of the playground that trusts the subject, and what else `pins` says. */
async function role(name: string, subject: string, pins: Record<string, string> = {}): Promise<void> {
  const trust = trustOf(playground, {
    StringEquals: { "gitlab.com:aud": audience, ...pins },
    StringLike: { "gitlab.com:sub": subject },
  });
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
}

const assume = (roleName: string, token: string) =>
  sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${playground}:role/${roleName}`,
      RoleSessionName: "job",
      WebIdentityToken: token,
    }),
  );
const denied = { name: "AccessDenied" };

/** The pipeline that `POST <path>` of `username` makes. */
async function pipelineOf(username: string, path: string, body: Record<string, unknown> = {}): Promise<Pipeline> {
  const answer = await api(sandbox, username, path, { method: "POST", body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
  const pipeline = sandbox.gitlab.file.value.pipelines.at(-1);
  if (!pipeline) throw new Error("No pipeline was made");
  return pipeline;
}

async function mergeRequestPipeline(
  username: string,
  source: { id: number },
  target: { id: number },
  sourceBranch = "main",
): Promise<Pipeline> {
  const body = { source_branch: sourceBranch, target_branch: "main", title: "Change", target_project_id: target.id };
  const made = await api(sandbox, username, `/projects/${source.id}/merge_requests`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  expect(made.status).toBe(201);
  return pipelineOf(
    username,
    `/projects/${target.id}/merge_requests/${String(((await made.json()) as { iid: number }).iid)}/pipelines`,
  );
}

/** The ID token of the pipeline's job, with its claims; or why GitLab mints none. */
async function tokenOf(pipeline: Pipeline): Promise<{ token: string; claims: JWTPayload; failure: string | null }> {
  const project = sandbox.gitlab.world().projectById(pipeline.projectId);
  const person = sandbox.gitlab.world().personById(pipeline.userId);
  if (!project || !person) throw new Error("A pipeline without project or person");
  const minted = await mintIdToken(sandbox.gitlab, { project, person, pipeline, audience });
  return minted.ok
    ? { token: minted.token, claims: decodeJwt(minted.token), failure: null }
    : { token: "", claims: {}, failure: minted.failureReason };
}

describe("a merge request's pipeline", () => {
  it("presents its source branch's subject: there is no ref_type of its own [app/models/ci/pipeline.rb]", async () => {
    const pipeline = await mergeRequestPipeline("dora", web, web, "feature/login");
    const { claims, token } = await tokenOf(pipeline);
    expect(claims).toMatchObject({
      sub: "project_path:acme/shop/web:ref_type:branch:ref:feature/login",
      ref_type: "branch",
      ref: "feature/login",
      ref_path: "refs/heads/feature/login",
      ref_protected: "false",
      pipeline_source: "merge_request_event",
    });
    await role("safe", onMain(web.path), {
      "gitlab.com:project_id": String(web.id),
      "gitlab.com:ref_protected": "true",
    });
    await role("careless", "project_path:acme/shop/web:*");
    await role("invented", "project_path:acme/shop/web:ref_type:mr:*");
    expect(await refusal(assume("safe", token))).toMatchObject(denied);
    expect(await refusal(assume("invented", token))).toMatchObject(denied);
    await expect(assume("careless", token)).resolves.toBeDefined();
  });

  it("from a protected branch is a push to it, but for ref_protected [app/models/ci/pipeline.rb]", async () => {
    const { claims, token } = await tokenOf(await mergeRequestPipeline("dora", web, web, "release/2.4"));
    expect(claims).toMatchObject({
      sub: "project_path:acme/shop/web:ref_type:branch:ref:release/2.4",
      ref_protected: "false",
    });
    await role("pinned", "project_path:acme/shop/web:ref_type:branch:ref:release/*", {
      "gitlab.com:ref_protected": "true",
    });
    await role("careless", "project_path:acme/shop/web:ref_type:branch:ref:release/*");
    expect(await refusal(assume("pinned", token))).toMatchObject(denied);
    await expect(assume("careless", token)).resolves.toBeDefined();
  });
});

describe("a fork's merge request, run in the parent by its member", () => {
  it("says since 18.2.2 that it is the fork: the parent's role denies it [gitlab-org/gitlab#563038]", async () => {
    await control(sandbox, "/version", { version: "18.2.2" });
    const pipeline = await mergeRequestPipeline("mona", fork, parent);
    expect(pipeline.projectId).toBe(parent.id);
    const { claims, token } = await tokenOf(pipeline);
    expect(claims).toMatchObject({
      sub: onMain(fork.path),
      project_id: String(fork.id),
      project_path: fork.path,
      namespace_path: "mona",
      job_project_id: String(parent.id),
      job_project_path: parent.path,
      ref_protected: "false",
    });
    await role("parents", onMain(parent.path));
    expect(await refusal(assume("parents", token))).toMatchObject(denied);
  });

  it("said before that it is the parent: only ref_protected kept it out [gitlab-org/gitlab#563038]", async () => {
    await control(sandbox, "/version", { version: "18.2.1" });
    const { claims, token } = await tokenOf(await mergeRequestPipeline("mona", fork, parent));
    expect(claims).toMatchObject({ sub: onMain(parent.path), project_id: String(parent.id), ref_protected: "false" });
    expect(claims).not.toHaveProperty("job_project_id");
    await role("by-subject", onMain(parent.path));
    await role("by-project", onMain(parent.path), { "gitlab.com:project_id": String(parent.id) });
    await role("by-protection", onMain(parent.path), {
      "gitlab.com:project_id": String(parent.id),
      "gitlab.com:ref_protected": "true",
    });
    await expect(assume("by-subject", token)).resolves.toBeDefined();
    await expect(assume("by-project", token)).resolves.toBeDefined();
    expect(await refusal(assume("by-protection", token))).toMatchObject(denied);
  });

  it("runs in the fork, as the fork, where the parent's setting is off [docs.gitlab.com/ci/pipelines/merge_request_pipelines]", async () => {
    await control(sandbox, "/version", { version: "18.2.1" });
    const off = await api(sandbox, "mona", `/projects/${parent.id}`, {
      method: "PUT",
      body: JSON.stringify({ ci_allow_fork_pipelines_to_run_in_parent_project: false }),
    });
    expect(await off.json()).toMatchObject({ ci_allow_fork_pipelines_to_run_in_parent_project: false });
    const pipeline = await mergeRequestPipeline("mona", fork, parent);
    expect(pipeline.projectId).toBe(fork.id);
    expect((await tokenOf(pipeline)).claims).toMatchObject({ sub: onMain(fork.path), project_id: String(fork.id) });
  });

  it("is not run by who is a member of neither [docs.gitlab.com/ci/pipelines/merge_request_pipelines]", async () => {
    await mergeRequestPipeline("mona", fork, parent);
    expect(
      (await api(sandbox, "nils", `/projects/${parent.id}/merge_requests/1/pipelines`, { method: "POST" })).status,
    ).toBe(404);
    expect(
      (await api(sandbox, "pia", `/projects/${parent.id}/merge_requests/1/pipelines`, { method: "POST" })).status,
    ).toBe(403);
  });
});

describe("tags, schedules and environments", () => {
  it("a tag is protected by the tags' own rules [lib/gitlab/ci/jwt_v2.rb]", async () => {
    const { claims } = await tokenOf(await pipelineOf("oleg", "/projects/90202/pipeline", { ref: "v5.2.0" }));
    expect(claims).toMatchObject({
      sub: "project_path:acme/shop/checkout-api:ref_type:tag:ref:v5.2.0",
      ref_type: "tag",
      ref_path: "refs/tags/v5.2.0",
      ref_protected: "true",
    });
    expect(
      (await tokenOf(await pipelineOf("dora", "/projects/90202/pipeline", { ref: "nightly" }))).claims,
    ).toMatchObject({ ref_type: "tag", ref_protected: "false" });
  });

  it("a schedule is a push to its ref by its owner, with another pipeline_source [docs.gitlab.com/api/pipeline_schedules]", async () => {
    const made = await api(sandbox, "oleg", `/projects/${web.id}/pipeline_schedules`, {
      method: "POST",
      body: JSON.stringify({ description: "nightly", ref: "refs/heads/main", cron: "0 1 * * *" }),
    });
    const play = `/projects/${web.id}/pipeline_schedules/${String(((await made.json()) as { id: number }).id)}/play`;
    expect((await api(sandbox, "dora", play, { method: "POST" })).status).toBe(403);
    expect((await tokenOf(await pipelineOf("oleg", play))).claims).toMatchObject({
      sub: onMain(web.path),
      pipeline_source: "schedule",
      user_login: "oleg",
      ref_protected: "true",
    });
  });

  it("a job with an environment says so, and its tier may stand in the subject; without one it is dropped [lib/gitlab/ci/jwt_v2.rb]", async () => {
    for (const id of [90305, 90301])
      await api(sandbox, "pia", `/projects/${id}`, {
        method: "PUT",
        body: JSON.stringify({
          ci_id_token_sub_claim_components: ["project_path", "deployment_tier", "environment_protected"],
        }),
      });
    const { claims } = await tokenOf(await pipelineOf("pia", "/projects/90305/pipeline", { ref: "main" }));
    expect(claims).toMatchObject({
      environment: "production",
      environment_protected: "true",
      deployment_tier: "production",
      environment_action: "start",
    });
    expect(claims.sub).toBe(
      "project_path:acme/platform/k8s-clusters:deployment_tier:production:environment_protected:true",
    );
    expect((await tokenOf(await pipelineOf("pia", "/projects/90301/pipeline", { ref: "main" }))).claims.sub).toBe(
      "project_path:acme/platform/infra",
    );
  });
});

describe("a path that another project left", () => {
  /** acme/shop/returns moves to where acme/shop/web was. */
  async function reuse(): Promise<Pipeline> {
    await control(sandbox, "/projects", { project: web.path, path: "acme/platform/web" });
    await control(sandbox, "/projects", { project: "acme/shop/returns", path: web.path });
    return pipelineOf("oleg", "/projects/90211/pipeline", { ref: "main" });
  }

  it("mints the former holder's subject before 19.1: only project_id tells them apart [docs.gitlab.com/ci/secrets/id_token_authentication]", async () => {
    await control(sandbox, "/version", { version: "19.0.3" });
    const { claims, token } = await tokenOf(await reuse());
    expect(claims).toMatchObject({ sub: onMain(web.path), project_id: "90211", ref_protected: "true" });
    await role("pinned", onMain(web.path), { "gitlab.com:project_id": String(web.id) });
    await role("careless", onMain(web.path));
    expect(await refusal(assume("pinned", token))).toMatchObject(denied);
    await expect(assume("careless", token)).resolves.toBeDefined();
  });

  it("mints nothing since 19.1; who comes back to the own path is not refused [app/models/authn/burned_project_route.rb]", async () => {
    expect(await tokenOf(await reuse())).toMatchObject({ failure: "id_token_burned_project_path" });
    await control(sandbox, "/projects", { project: web.path, path: "acme/shop/returns-again" });
    await control(sandbox, "/projects", { project: "acme/platform/web", path: web.path });
    expect(await tokenOf(await pipelineOf("oleg", `/projects/${web.id}/pipeline`, { ref: "main" }))).toMatchObject({
      failure: null,
      claims: { sub: onMain(web.path) },
    });
  });
});

describe("pipelines on a protected branch", () => {
  it("are for whoever may push or merge there [docs.gitlab.com/ci/pipelines]", async () => {
    expect(
      (
        await api(sandbox, "dora", `/projects/${web.id}/pipeline`, {
          method: "POST",
          body: JSON.stringify({ ref: "main" }),
        })
      ).status,
    ).toBe(400);
    expect((await tokenOf(await pipelineOf("dora", "/projects/90209/pipeline", { ref: "main" }))).claims).toMatchObject(
      { user_access_level: "developer", ref_protected: "true" },
    );
    const rules = (await (await api(sandbox, "oleg", "/projects/90209/protected_branches")).json()) as unknown[];
    expect(rules[0]).toMatchObject({
      name: "main",
      push_access_levels: [{ access_level: 40 }],
      merge_access_levels: [{ access_level: 30 }],
    });
  });
});
