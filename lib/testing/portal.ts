import type { RouterClient } from "@orpc/server";
import { createRouterClient } from "@orpc/server";
import NextAuth from "next-auth";
import { vi } from "vitest";
import { router } from "@/lib/api/router";
import type { Clock } from "@/lib/clock";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { authOptions } from "@/lib/identity/auth";
import { sessionCookie } from "@/lib/identity/wire-names";
import type { Sandbox } from "@/lib/sandbox/start";
import { startSandbox } from "@/lib/sandbox/start";
import type { TestDatabase } from "./db";
import { testDatabase } from "./db";

type Cookies = Record<string, string>;

interface AuthRequest {
  method: "GET" | "POST";
  /** Path behind /api/auth. */
  path: string[];
  query?: Record<string, string>;
  body?: Record<string, string>;
}

interface AuthAnswer {
  redirect: string;
  body: unknown;
}

export interface SignInOutcome {
  /** The session cookie's value, or null when the sign-in was refused. */
  sessionToken: string | null;
  /** Where the browser is led in the end. */
  redirect: string;
}

/** The portal without its web server, on a database and a GitLab of its own. */
export interface Portal {
  db: TestDatabase;
  sandbox: Sandbox;
  /** The whole flow of a browser: consent page, code, callback. */
  signIn(username: string, options?: { previousSession?: string; returnTo?: string }): Promise<SignInOutcome>;
  signOut(sessionToken: string): Promise<void>;
  /** The API as a browser with this session calls it. */
  as(sessionToken: string | null, clock?: Clock, resHeaders?: Headers): RouterClient<typeof router>;
  /** Waits until no refresh of a projection runs. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const webUrl = "http://127.0.0.1:3999";

/** Starts the sandbox and a fresh database, and configures this process for them. Call it before anything reads the environment. */
export async function startPortal(): Promise<Portal> {
  const [db, sandbox] = await Promise.all([testDatabase(), startSandbox({ services: 250, webUrl })]);
  Object.assign(process.env, {
    DATABASE_URL: db.webUrl,
    GITLAB_URL: sandbox.gitlabUrl,
    TRUSTDESK_GITLAB_ISSUER: "https://gitlab.com",
    GITLAB_CLIENT_ID: "trustdesk-demo",
    GITLAB_CLIENT_SECRET: "trustdesk-demo-secret",
    NEXTAUTH_URL: webUrl,
    NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
    TRUSTDESK_GITLAB_TOKEN: "glpat-sandbox-bot",
    TRUSTDESK_PLATFORM_GROUP: "acme/platform-engineers",
    TRUSTDESK_AUDITOR_GROUP: "acme/auditors",
    TRUSTDESK_LOG_LEVEL: "silent",
  });
  return {
    db,
    sandbox,
    signIn: (username, options = {}) => signIn(sandbox.gitlabUrl, username, options),
    signOut: async (sessionToken) => {
      const cookies: Cookies = { [sessionCookie]: sessionToken };
      const csrfToken = await csrf(cookies);
      await auth({ path: ["signout"], method: "POST", body: { csrfToken } }, cookies);
    },
    as: (sessionToken, clock = systemClock, resHeaders = new Headers()) =>
      createRouterClient(router, { context: { sessionToken, clock, requestId: "test", resHeaders } }),
    settled,
    stop: async () => {
      await settled();
      await sandbox.stop();
      await db.drop();
    },
  };
}

async function settled(): Promise<void> {
  await vi.waitFor(
    async () => {
      if ((await database().projectSync.count({ where: { state: "running" } })) > 0)
        throw new Error("a refresh still runs");
    },
    { timeout: 100_000 },
  );
}

async function signIn(
  gitlabUrl: string,
  username: string,
  { previousSession, returnTo = "/projects" }: { previousSession?: string; returnTo?: string },
): Promise<SignInOutcome> {
  const cookies: Cookies = previousSession ? { [sessionCookie]: previousSession } : {};
  const csrfToken = await csrf(cookies);
  const begun = await auth(
    { path: ["signin", "gitlab"], method: "POST", body: { csrfToken, callbackUrl: returnTo } },
    cookies,
  );
  const asked = new URL(begun.redirect);
  const consent = await fetch(`${gitlabUrl}/oauth/authorize`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...Object.fromEntries(asked.searchParams), username }),
  });
  const back = new URL(consent.headers.get("location") ?? "");
  const ended = await auth(
    { path: ["callback", "gitlab"], method: "GET", query: Object.fromEntries(back.searchParams) },
    cookies,
  );
  const sessionToken = cookies[sessionCookie] ?? null;
  return { sessionToken: sessionToken === previousSession ? null : sessionToken, redirect: ended.redirect };
}

async function csrf(cookies: Cookies): Promise<string> {
  const answer = await auth({ path: ["csrf"], method: "GET" }, cookies);
  return (answer.body as { csrfToken: string }).csrfToken;
}

/** One request to next-auth, as a pages route gives it; what it sets lands in `cookies`, as in a browser's jar. */
async function auth({ method, path, query, body }: AuthRequest, cookies: Cookies): Promise<AuthAnswer> {
  const headers = new Map<string, string | string[]>();
  const answer: AuthAnswer = { redirect: "", body: null };
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | string[]) => {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    end: () => undefined,
    json: (value: unknown) => Object.assign(answer, { body: value }),
    send: (value: unknown) => Object.assign(answer, { body: value }),
  };
  await NextAuth(
    { method, query: { ...query, nextauth: path }, body, cookies: { ...cookies }, headers: {} } as never,
    response as never,
    authOptions(cookies[sessionCookie] ?? null),
  );
  for (const cookie of [headers.get("set-cookie") ?? []].flat()) keep(cookie, cookies);
  return { ...answer, redirect: String(headers.get("location") ?? "") };
}

function keep(setCookie: string, cookies: Cookies): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  if (value === "" || /max-age=0/i.test(setCookie)) delete cookies[name];
  else cookies[name] = decodeURIComponent(value);
}
