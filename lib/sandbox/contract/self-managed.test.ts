import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sandboxCredentials } from "../company/aws-accounts";
import { mintIdToken } from "../gitlab/id-token";
import type { Sandbox } from "../start";
import { startSandbox } from "../start";
import { api, apiJson, authorization, consent, pkce, redirectUri, signIn } from "./gitlab-client";

const issuer = "https://gitlab.corp.example:8443/gitlab";
const audience = "https://gitlab.corp.example:8443/gitlab";
const host = "gitlab.corp.example:8443/gitlab";
const accountId = "777788889999";
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/${host}`;
const releaseBot = "acme/internal/tools/release-bot";

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ services: 5, gitlabIssuer: issuer, gitlabRoot: "/gitlab", propagationMs: 0 });
  await iam().send(new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: [audience] }));
});
afterAll(() => sandbox.stop());

function iam(): IAMClient {
  return new IAMClient({
    region: "us-east-1",
    endpoint: sandbox.awsUrl,
    maxAttempts: 1,
    credentials: sandboxCredentials.admins.playground,
  });
}

async function tokenOf(path: string): Promise<string> {
  const { gitlab } = sandbox;
  const [project, person] = [gitlab.world().projectByPath(path), gitlab.world().personByUsername("pia")];
  if (!project || !person) throw new Error(`no ${path}`);
  const pipeline = {
    id: 1,
    jobId: 2,
    iid: 1,
    projectId: project.id,
    userId: person.id,
    ref: "main",
    tag: false,
    source: "web",
    mergeRequest: null,
    status: "running",
    failureReason: null,
    createdAt: "",
    startedAt: null,
    finishedAt: null,
    log: "",
  } as const;
  const minted = await mintIdToken(gitlab, { project, person, pipeline, audience });
  if (!minted.ok) throw new Error(minted.failureReason);
  return minted.token;
}

async function makeRole(name: string, conditions: Record<string, string>): Promise<string> {
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: conditions },
      },
    ],
  };
  const made = await iam().send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  return made.Role?.Arn ?? "";
}

async function assume(roleArn: string, token: string): Promise<string> {
  const sts = new STSClient({
    region: "us-east-1",
    endpoint: sandbox.awsUrl,
    maxAttempts: 1,
    credentials: { accessKeyId: "unused", secretAccessKey: "unused" },
  });
  const answer = sts.send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: "job", WebIdentityToken: token }),
  );
  return answer.then(
    ({ Provider }) => Provider ?? "",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

const subjectOfId = "project_id:90702:ref_type:branch:ref:main";

it("the provider keeps port and path, in its ARN and its URL", async () => {
  expect(
    await iam().send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn })),
  ).toMatchObject({ Url: host, ClientIDList: [audience] });
});

it("a pipeline's token has this issuer and a subject led by the id, and assumes the role that names it", async () => {
  const token = await tokenOf(releaseBot);
  expect(decodeJwt(token)).toMatchObject({ iss: issuer, aud: audience, sub: subjectOfId });
  expect(
    await assume(await makeRole("by-subject", { [`${host}:aud`]: audience, [`${host}:sub`]: subjectOfId }), token),
  ).toBe(providerArn);
});

it("another project is denied, and so is a token of another issuer", async () => {
  const roleArn = await makeRole("denied", { [`${host}:aud`]: audience, [`${host}:sub`]: subjectOfId });
  expect(await assume(roleArn, await tokenOf("acme/internal/handbook"))).toBe("AccessDenied");
  const elsewhere = await startSandbox({
    services: 5,
    gitlabIssuer: "https://gitlab.corp.example:8443",
    propagationMs: 0,
  });
  try {
    const foreign = await elsewhere.gitlab.keys.signIdToken({
      ...decodeJwt(await tokenOf(releaseBot)),
      iss: elsewhere.gitlab.issuer,
    });
    expect(await assume(roleArn, foreign)).toBe("InvalidIdentityTokenException");
    const forged = await elsewhere.gitlab.keys.signIdToken(decodeJwt(await tokenOf(releaseBot)));
    expect(await assume(roleArn, forged)).toBe("InvalidIdentityTokenException");
  } finally {
    await elsewhere.stop();
  }
});

it("a claim that AWS offers for gitlab.com is no condition key here", async () => {
  expect(
    await assume(
      await makeRole("by-key", { [`${host}:sub`]: subjectOfId, [`${host}:project_id`]: "90702" }),
      await tokenOf(releaseBot),
    ),
  ).toBe("AccessDenied");
});

it("API, discovery, sign-in and redirects are below the root, and nothing is above it", async () => {
  expect(
    (await fetch(new URL("/api/v4/version", sandbox.gitlabUrl), { headers: { "PRIVATE-TOKEN": "glpat-sandbox-pia" } }))
      .status,
  ).toBe(404);
  expect(await (await fetch(`${sandbox.gitlabUrl}/.well-known/openid-configuration`)).json()).toMatchObject({
    issuer,
    jwks_uri: `${sandbox.gitlabUrl}/oauth/discovery/keys`,
  });
  const listed = await api(sandbox, "pia", "/projects?per_page=1&pagination=keyset&order_by=id");
  expect(listed.headers.get("link")).toContain(`<${sandbox.gitlabUrl}/api/v4/projects?`);
  expect(await apiJson(sandbox, "pia", `/projects/${encodeURIComponent(releaseBot)}`)).toMatchObject({
    web_url: `${sandbox.gitlabUrl}/${releaseBot}`,
  });
  expect((await api(sandbox, "pia", `/projects/${encodeURIComponent("acme/shop/geo")}`)).headers.get("location")).toBe(
    `${sandbox.gitlabUrl}/api/v4/projects/90310`,
  );
  expect((await consent(sandbox, authorization(pkce().challenge), { username: "pia" })).href).toContain(redirectUri);
  expect((await signIn(sandbox, "pia")).access_token).not.toBe("");
});
