import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../start";
import { startSandbox } from "../start";
import {
  authorization,
  clientId,
  clientSecret,
  consent,
  control,
  pkce,
  redirectUri,
  signIn,
  token,
} from "./gitlab-client";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ services: 0 });
});
beforeEach(() => control(sandbox, "/reset", {}));
afterAll(() => sandbox.stop());

const me = (accessToken: string): Promise<Response> =>
  fetch(`${sandbox.gitlabUrl}/api/v4/user`, { headers: { Authorization: `Bearer ${accessToken}` } });

async function freshCode(): Promise<{ code: string; verifier: string }> {
  const { verifier, challenge } = pkce();
  const back = await consent(sandbox, authorization(challenge), { username: "pia" });
  return { code: back.searchParams.get("code") ?? "", verifier };
}

describe("authorization code with PKCE", () => {
  it("shows a consent page with the scopes and the people [docs.gitlab.com/api/oauth2]", async () => {
    const page = await (
      await fetch(`${sandbox.gitlabUrl}/oauth/authorize?${authorization(pkce().challenge).toString()}`)
    ).text();
    expect(page).toContain("Pia Okafor");
    expect(page).toContain("read_api");
    expect(page).toContain("Deny");
  });

  it("sends code and state back, and exchanges the code for 2 h tokens [docs.gitlab.com/api/oauth2]", async () => {
    const { verifier, challenge } = pkce();
    const back = await consent(sandbox, authorization(challenge), { username: "pia" });
    expect(back.searchParams.get("state")).toBe("s-1");
    const answer = await token(sandbox, {
      grant_type: "authorization_code",
      code: back.searchParams.get("code") ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    expect(await answer.json()).toMatchObject({
      token_type: "Bearer",
      expires_in: 7200,
      scope: "read_user read_api",
      created_at: expect.any(Number),
      refresh_token: expect.any(String),
    });
  });

  it("answers access_denied with the state when consent is refused [RFC 6749 4.1.2.1]", async () => {
    const back = await consent(sandbox, authorization(pkce().challenge), { deny: "1" });
    expect(back.searchParams.get("error")).toBe("access_denied");
    expect(back.searchParams.get("state")).toBe("s-1");
  });

  it("refuses a wrong verifier, a second use and another redirect URI [RFC 7636 4.6, RFC 6749 4.1.2]", async () => {
    const first = await freshCode();
    const wrong = await token(sandbox, {
      grant_type: "authorization_code",
      code: first.code,
      redirect_uri: redirectUri,
      code_verifier: pkce().verifier,
    });
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: "invalid_grant" }]);
    const second = await freshCode();
    const form = {
      grant_type: "authorization_code",
      code: second.code,
      redirect_uri: redirectUri,
      code_verifier: second.verifier,
    };
    expect((await token(sandbox, form)).status).toBe(200);
    expect((await token(sandbox, form)).status).toBe(400);
    const third = await freshCode();
    expect(
      (
        await token(sandbox, {
          ...form,
          code: third.code,
          code_verifier: third.verifier,
          redirect_uri: `${redirectUri}/x`,
        })
      ).status,
    ).toBe(400);
  });

  it("lets a code live for 10 minutes [docs.gitlab.com/api/oauth2]", async () => {
    const { code, verifier } = await freshCode();
    await control(sandbox, "/clock", { offsetSeconds: 601 });
    expect(
      (
        await token(sandbox, {
          grant_type: "authorization_code",
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        })
      ).status,
    ).toBe(400);
  });

  it("refuses plain challenges and missing state by sending invalid_request back [RFC 7636 4.4.1]", async () => {
    const { challenge } = pkce();
    expect(
      (
        await consent(sandbox, authorization(challenge, { code_challenge_method: "plain" }), { username: "pia" })
      ).searchParams.get("error"),
    ).toBe("invalid_request");
    expect(
      (await consent(sandbox, authorization(challenge, { state: "" }), { username: "pia" })).searchParams.get("error"),
    ).toBe("invalid_request");
  });

  it("refuses scopes that the application was not registered for [docs.gitlab.com/integration/oauth_provider]", async () => {
    expect(
      (await consent(sandbox, authorization(pkce().challenge, { scope: "api" }), { username: "pia" })).searchParams.get(
        "error",
      ),
    ).toBe("invalid_scope");
  });

  it("never sends the browser to an unregistered redirect URI [RFC 6749 4.1.2.1]", async () => {
    const query = authorization(pkce().challenge, { redirect_uri: "https://evil.example/api/auth/callback/gitlab" });
    const answer = await fetch(`${sandbox.gitlabUrl}/oauth/authorize?${query.toString()}`, { redirect: "manual" });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("location")).toBeNull();
  });

  it("takes the client's secret as basic authentication too, and refuses a wrong one [RFC 6749 2.3.1]", async () => {
    const { code, verifier } = await freshCode();
    const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
    const wrong = await token(sandbox, { ...form, client_secret: "guess" });
    expect([wrong.status, await wrong.json()]).toMatchObject([401, { error: "invalid_client" }]);
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    expect(
      (
        await fetch(`${sandbox.gitlabUrl}/oauth/token`, {
          method: "POST",
          headers: { Authorization: basic },
          body: new URLSearchParams(form),
        })
      ).status,
    ).toBe(200);
  });
});

describe("the life of tokens", () => {
  it("says what a token is [docs.gitlab.com/api/oauth2, token info]", async () => {
    const { access_token } = await signIn(sandbox, "pia");
    const info = await fetch(`${sandbox.gitlabUrl}/oauth/token/info`, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect(await info.json()).toMatchObject({
      resource_owner_id: 11,
      scope: ["read_user", "read_api"],
      application: { uid: clientId },
    });
  });

  it("refresh kills the old tokens [docs.gitlab.com/api/oauth2]", async () => {
    const old = await signIn(sandbox, "pia");
    const fresh = (await (
      await token(sandbox, { grant_type: "refresh_token", refresh_token: old.refresh_token, redirect_uri: redirectUri })
    ).json()) as { access_token: string };
    expect((await me(fresh.access_token)).status).toBe(200);
    const refused = await me(old.access_token);
    expect([refused.status, await refused.json()]).toEqual([
      401,
      { error: "invalid_token", error_description: "Token was revoked. You have to re-authorize from the user." },
    ]);
    const again = await token(sandbox, { grant_type: "refresh_token", refresh_token: old.refresh_token });
    expect([again.status, await again.json()]).toMatchObject([400, { error: "invalid_grant" }]);
  });

  it("an expired token says so, and can still be refreshed [docs.gitlab.com/api/oauth2; lib/api/api_guard.rb]", async () => {
    const old = await signIn(sandbox, "pia");
    await control(sandbox, "/clock", { offsetSeconds: 7201 });
    const refused = await me(old.access_token);
    expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(await refused.json()).toEqual({
      error: "invalid_token",
      error_description: "Token is expired. You can either do re-authorization or token refresh.",
    });
    expect((await token(sandbox, { grant_type: "refresh_token", refresh_token: old.refresh_token })).status).toBe(200);
  });

  it("revocation answers {} and kills the pair [docs.gitlab.com/api/oauth2]", async () => {
    const tokens = await signIn(sandbox, "pia");
    const answer = await fetch(`${sandbox.gitlabUrl}/oauth/revoke`, {
      method: "POST",
      body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, token: tokens.access_token }),
    });
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect((await me(tokens.access_token)).status).toBe(401);
    expect((await token(sandbox, { grant_type: "refresh_token", refresh_token: tokens.refresh_token })).status).toBe(
      400,
    );
  });

  it("a blocked user is refused by the API and by refresh [docs.gitlab.com/administration/moderate_users]", async () => {
    const tokens = await signIn(sandbox, "oleg");
    await control(sandbox, "/people/oleg", { state: "blocked" });
    expect((await me(tokens.access_token)).status).toBe(403);
    expect((await token(sandbox, { grant_type: "refresh_token", refresh_token: tokens.refresh_token })).status).toBe(
      400,
    );
    expect((await me((await signIn(sandbox, "boris")).access_token)).status).toBe(403);
  });

  it("read_user alone reads the user and nothing else: insufficient_scope [docs.gitlab.com/integration/oauth_provider]", async () => {
    const { access_token } = await signIn(sandbox, "pia", "read_user");
    expect((await me(access_token)).status).toBe(200);
    const projects = await fetch(`${sandbox.gitlabUrl}/api/v4/projects`, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect([projects.status, await projects.json()]).toMatchObject([403, { error: "insufficient_scope" }]);
  });

  it("read_api never writes: insufficient_scope asks for api [docs.gitlab.com/integration/oauth_provider]", async () => {
    const { access_token } = await signIn(sandbox, "pia");
    const answer = await fetch(`${sandbox.gitlabUrl}/api/v4/projects/62715093/pipeline?ref=main`, {
      method: "POST",
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: "insufficient_scope", scope: "api" }]);
  });
});
