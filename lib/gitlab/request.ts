import type { z } from "zod";
import type { Clock } from "@/lib/clock";
import { TrustdeskError } from "@/lib/errors";
import type { Bearer } from "./failure";
import { gitlabBrokeOff, gitlabRefusal, gitlabUnreachable, isWebPage, notGitlab } from "./failure";
import { measuredCall } from "./metrics";
import { pauseGuessed, pauseTold } from "./pause";
import { redirectsForEver, redirectTarget } from "./redirect";

export interface GitlabConnection {
  /** GitLab's address without a trailing slash, its relative root included. */
  baseUrl: string;
  /** Asked before every call, so that a refresh in between is seen. `rejected`: GitLab has just refused this one, is there another? */
  token: (rejected?: string) => Promise<string>;
  clock: Clock;
  /** Whose token it is, for the words of a refusal: a person's unless it is Trustdesk's own. */
  bearer?: Bearer;
  fetch?: typeof fetch;
  /** Waits; tests pass their own. */
  sleep?: (milliseconds: number) => Promise<void>;
}

export interface GitlabAnswer<T> {
  value: T;
  /** Query of the next page as GitLab gives it (Link, else X-Next-Page), or null at the end. */
  next: string | null;
  /** How many pages there are; null where GitLab does not count them (keyset, more than 10,000 rows). */
  pages: number | null;
}

const timeoutMilliseconds = 15_000;
const longestWaitSeconds = 10;
const mostRedirects = 3;

/**
 * GET `/api/v4<path>` as the connection's person, parsed by `schema`. Waits out 429 for at most ten seconds in all,
 * follows GitLab's 301 for a moved project within its API. Throws TrustdeskError.
 */
export async function gitlabGet<T>(
  connection: GitlabConnection,
  path: string,
  schema: z.ZodType<T>,
): Promise<GitlabAnswer<T>> {
  const { baseUrl, clock } = connection;
  let url = new URL(`${baseUrl}/api/v4${path}`);
  let waited = 0;
  let tries = 0;
  let redirects = 0;
  for (;;) {
    const response = await answered(connection, url);
    const pause = response.status === 429 ? (pauseTold(response.headers, clock) ?? pauseGuessed(tries)) : null;
    if (pause !== null && waited + pause <= longestWaitSeconds) {
      waited += pause;
      tries += 1;
      await response.body?.cancel();
      await (connection.sleep ?? sleep)(pause * 1000);
      continue;
    }
    const target = redirectTarget(response, url, baseUrl);
    if (!target) return parsed(response, schema, { connection, pause });
    redirects += 1;
    if (redirects > mostRedirects) throw redirectsForEver(baseUrl);
    await response.body?.cancel();
    url = target;
  }
}

/**
 * The query of `rel="next"` in a Link header (docs.gitlab.com/api/rest, keyset pagination; RFC 8288), or null. The query
 * alone: behind a proxy GitLab may name itself by another host.
 */
export function nextOfLink(header: string | null): string | null {
  for (const [, address = "", parameters = ""] of (header ?? "").matchAll(
    /<([^>]*)>((?:\s*;\s*[^,;<"]*(?:"[^"]*")?)*)/g,
  )) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters);
    const isNext = (relations?.[1] ?? relations?.[2] ?? "").toLowerCase().split(/\s+/).includes("next");
    if (isNext && URL.canParse(address, anyHost)) return new URL(address, anyHost).search || null;
  }
  return null;
}

const anyHost = "http://gitlab.invalid";

/** A token can end while a call is under way, when another request renews it: then the call is made once more with the new one. */
async function answered(connection: GitlabConnection, url: URL): Promise<Response> {
  const token = await connection.token();
  const response = await send(connection, url, token);
  if (response.status !== 401) return response;
  const renewed = await connection.token(token);
  if (renewed === token) return response;
  await response.body?.cancel();
  return send(connection, url, renewed);
}

async function send(connection: GitlabConnection, url: URL, token: string): Promise<Response> {
  try {
    return await measuredCall(url, () =>
      (connection.fetch ?? fetch)(url, {
        headers: { authorization: `Bearer ${token}`, accept: "application/json" },
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.timeout(timeoutMilliseconds),
      }),
    );
  } catch (error) {
    throw gitlabUnreachable(error);
  }
}

async function parsed<T>(
  response: Response,
  schema: z.ZodType<T>,
  { connection, pause }: { connection: GitlabConnection; pause: number | null },
): Promise<GitlabAnswer<T>> {
  const { status, headers } = response;
  const { text, value } = await bodyOf(response);
  if (isWebPage(text) && status < 500 && status !== 429) throw notGitlab(status, connection.baseUrl);
  if (!response.ok) {
    const retryAfter = pause ?? pauseTold(headers, connection.clock) ?? 1;
    throw gitlabRefusal(status, value, { retryAfter, bearer: connection.bearer ?? "person" });
  }
  if (value === undefined) throw /^\s*([[{]|$)/.test(text) ? gitlabBrokeOff() : notGitlab(status, connection.baseUrl);
  const result = schema.safeParse(value);
  if (!result.success)
    throw new TrustdeskError(
      "upstream",
      "GitLab's answer does not look as its documentation says. Its version may be too old for Trustdesk.",
      { cause: result.error },
    );
  const page = headers.get("x-next-page");
  return {
    value: result.data,
    next: nextOfLink(headers.get("link")) ?? (page ? `?page=${encodeURIComponent(page)}` : null),
    pages: pagesOf(headers.get("x-total-pages")),
  };
}

function pagesOf(header: string | null): number | null {
  return header !== null && /^[1-9]\d{0,8}$/.test(header) ? Number(header) : null;
}

/** `value` is undefined where the text is not JSON. */
async function bodyOf(response: Response): Promise<{ text: string; value: unknown }> {
  const text = await response.text().catch((error: unknown) => {
    throw gitlabUnreachable(error);
  });
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    return { text, value: undefined };
  }
}

async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
