import type { JWTPayload } from "jose";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Minted } from "../gitlab/id-token";
import { mintIdToken } from "../gitlab/id-token";
import type { Sandbox } from "../start";
import { startSandbox } from "../start";
import { api, apiJson, control } from "./gitlab-client";

const audience = "https://sts.amazonaws.com";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ services: 0 });
});
beforeEach(() => control(sandbox, "/reset", {}));
afterAll(() => sandbox.stop());

/** What the runner gets for a job of `username` on the ref. */
function mint(path: string, username: string, ref: string, tag = false): Promise<Minted> {
  const project = sandbox.gitlab.world().projectByPath(path);
  const person = sandbox.gitlab.world().personByUsername(username);
  if (!project || !person) throw new Error(`No ${path} or ${username}`);
  const pipeline = {
    id: 7,
    jobId: 8,
    iid: 1,
    projectId: project.id,
    userId: person.id,
    ref,
    tag,
    source: "web",
    mergeRequest: null,
    status: "created",
    failureReason: null,
    createdAt: "",
    startedAt: null,
    finishedAt: null,
    log: "",
  } as const;
  return mintIdToken(sandbox.gitlab, { project, person, pipeline: { ...pipeline }, audience });
}

/** The claims, verified as AWS does: by the published keys. */
async function verified(minted: Minted): Promise<JWTPayload> {
  if (!minted.ok) throw new Error(minted.failureReason);
  const keys = createRemoteJWKSet(new URL(`${sandbox.gitlabUrl}/oauth/discovery/keys`));
  const { payload } = await jwtVerify(minted.token, keys, {
    issuer: "https://gitlab.com",
    audience,
    currentDate: sandbox.clock.now(),
  });
  return payload;
}

const subject = async (...job: Parameters<typeof mint>): Promise<string | undefined> =>
  (await verified(await mint(...job))).sub;

describe("keys", () => {
  it("publishes two RS256 keys, cached for 24 h [app/controllers/jwks_controller.rb]", async () => {
    const answer = await fetch(`${sandbox.gitlabUrl}/oauth/discovery/keys`);
    const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    expect(answer.headers.get("cache-control")).toContain("max-age=86400");
  });

  it("names its issuer in the discovery document, whatever address it listens on [docs.gitlab.com/ci/cloud_services/aws]", async () => {
    const document = (await (await fetch(`${sandbox.gitlabUrl}/.well-known/openid-configuration`)).json()) as Record<
      string,
      unknown
    >;
    expect(document).toMatchObject({
      issuer: "https://gitlab.com",
      jwks_uri: `${sandbox.gitlabUrl}/oauth/discovery/keys`,
    });
  });
});

describe("claims", () => {
  it("writes ids and booleans as strings, times and the runner's id as numbers [docs.gitlab.com/ci/secrets/id_token_authentication]", async () => {
    const claims = await verified(await mint("acme/shop/web", "oleg", "feature/login"));
    expect(claims).toMatchObject({
      iss: "https://gitlab.com",
      aud: audience,
      project_id: "90201",
      project_path: "acme/shop/web",
      namespace_id: "4410",
      namespace_path: "acme/shop",
      user_id: "12",
      user_login: "oleg",
      user_access_level: "maintainer",
      ref: "feature/login",
      ref_type: "branch",
      ref_path: "refs/heads/feature/login",
      ref_protected: "false",
      pipeline_source: "web",
      runner_environment: "gitlab-hosted",
      runner_id: expect.any(Number),
      ci_config_ref_uri: "gitlab.com/acme/shop/web//.gitlab-ci.yml@refs/heads/feature/login",
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3600);
    expect(Number(claims.iat) - Number(claims.nbf)).toBe(5);
  });

  it("leaves out what a job without an environment does not have [lib/gitlab/ci/jwt_v2.rb]", async () => {
    const claims = await verified(await mint("acme/shop/web", "oleg", "main"));
    expect(claims).not.toHaveProperty("environment");
    expect(claims).not.toHaveProperty("deployment_tier");
  });

  it("says that a ref under a wildcard is protected [docs.gitlab.com/user/project/repository/branches/protected]", async () => {
    expect(await verified(await mint("acme/shop/web", "oleg", "release/2.3"))).toMatchObject({ ref_protected: "true" });
    expect(await verified(await mint("acme/platform/edge-proxy", "pia", "main"))).toMatchObject({
      ref_protected: "false",
    });
  });
});

describe("the subject", () => {
  it("is path, type and ref by default, slashes as they are [docs.gitlab.com/ci/secrets/id_token_authentication]", async () => {
    expect(await subject("acme/shop/web", "oleg", "feature/login")).toBe(
      "project_path:acme/shop/web:ref_type:branch:ref:feature/login",
    );
    expect(await subject("acme/shop/web", "oleg", "v2.3.0", true)).toBe(
      "project_path:acme/shop/web:ref_type:tag:ref:v2.3.0",
    );
    expect(await subject("acme/mobile/ios-app", "pia", "main")).toBe(
      "project_path:acme/Mobile/iOS-App:ref_type:branch:ref:main",
    );
  });

  it("follows the project's components, read from the API [docs.gitlab.com/api/projects, ci_id_token_sub_claim_components]", async () => {
    expect(await subject("acme/shop/payments", "oleg", "main")).toBe("project_path:acme/shop/payments");
    expect(await subject("acme/data/airflow-dags", "mona", "main")).toBe("project_id:90407:ref_type:branch:ref:main");
    const answer = await api(sandbox, "oleg", "/projects/90201", {
      method: "PUT",
      body: JSON.stringify({ ci_id_token_sub_claim_components: ["project_id", "ref"] }),
    });
    expect(answer.status).toBe(200);
    expect(await apiJson(sandbox, "oleg", "/projects/90201")).toMatchObject({
      ci_id_token_sub_claim_components: ["project_id", "ref"],
    });
    expect(await subject("acme/shop/web", "oleg", "main")).toBe("project_id:90201:ref:main");
  });

  it("drops components without a value [lib/gitlab/ci/jwt_v2.rb]", async () => {
    await api(sandbox, "oleg", "/projects/90201", {
      method: "PUT",
      body: JSON.stringify({ ci_id_token_sub_claim_components: ["project_path", "deployment_tier", "ref"] }),
    });
    expect(await subject("acme/shop/web", "oleg", "main")).toBe("project_path:acme/shop/web:ref:main");
  });

  it("carries the new path after a transfer, with the same project_id and another namespace_id [docs.gitlab.com/ci/cloud_services/aws]", async () => {
    await control(sandbox, "/projects", { project: "acme/shop/web", path: "acme/platform/web" });
    expect(await verified(await mint("acme/platform/web", "pia", "main"))).toMatchObject({
      sub: "project_path:acme/platform/web:ref_type:branch:ref:main",
      project_id: "90201",
      namespace_id: "4411",
    });
  });

  it("is refused where the path was another project's, unless it is led by project_id [app/models/authn/burned_project_route.rb]", async () => {
    expect(await mint("acme/shop/loyalty", "oleg", "main")).toEqual({
      ok: false,
      failureReason: "id_token_burned_project_path",
    });
    await api(sandbox, "oleg", "/projects/90208", {
      method: "PUT",
      body: JSON.stringify({ ci_id_token_sub_claim_components: ["project_id", "ref_type", "ref"] }),
    });
    expect(await subject("acme/shop/loyalty", "oleg", "main")).toBe("project_id:90208:ref_type:branch:ref:main");
  });
});
