import type { APIRequestContext, Cookie } from "@playwright/test";
import { request } from "@playwright/test";

/** Somebody of the sandbox's company, by their username in GitLab. */
export type Person = "pia" | "oleg" | "dora" | "mona";

/** Somebody signed in: the API as their browser calls it, and the cookies for a browser of theirs. */
export interface Session {
  api: APIRequestContext;
  cookies: Cookie[];
}

/** Signs `person` in by the calls that a browser makes, without a page. Dispose of `api` at the end. */
export async function startSession(person: Person, { web, gitlab }: { web: string; gitlab: string }): Promise<Session> {
  const api = await request.newContext({ baseURL: web, extraHTTPHeaders: { origin: web } });
  const { csrfToken } = (await (await api.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const begun = await api.post("/api/auth/signin/gitlab", {
    form: { csrfToken, callbackUrl: `${web}/projects`, json: "true" },
  });
  const consent = new URL(((await begun.json()) as { url: string }).url);
  const given = await api.post(`${gitlab}/oauth/authorize`, {
    form: { ...Object.fromEntries(consent.searchParams), username: person },
    maxRedirects: 0,
  });
  await api.get(given.headers().location ?? "/no-callback", { maxRedirects: 0 });
  const me = await api.get("/api/v1/me");
  if (!me.ok()) throw new Error(`${person} could not be signed in: ${me.status()} ${await me.text()}`);
  return { api, cookies: (await api.storageState()).cookies };
}
