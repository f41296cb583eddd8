import type { z } from "zod";
import type { Clock } from "@/lib/clock";
import { TrustdeskError } from "@/lib/errors";
import type { Bearer } from "./failure";
import { gitlabRefusal, gitlabUnreachable } from "./failure";
import { measuredCall } from "./metrics";

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
 * follows GitLab's 301 for a moved project within the same origin. Throws TrustdeskError.
 */
export async function gitlabGet<T>(
  connection: GitlabConnection,
  path: string,
  schema: z.ZodType<T>,
): Promise<GitlabAnswer<T>> {
  let url = new URL(`${connection.baseUrl}/api/v4${path}`);
  let waited = 0;
  let redirects = 0;
  for (;;) {
    const response = await answered(connection, url);
    const target = redirectTarget(response, url);
    if (target && redirects < mostRedirects) {
      redirects += 1;
      url = target;
      continue;
    }
    const pause = response.status === 429 ? retryAfter(response, connection.clock) : 0;
    if (pause > 0 && waited + pause <= longestWaitSeconds) {
      waited += pause;
      await response.body?.cancel();
      await (connection.sleep ?? sleep)(pause * 1000);
      continue;
    }
    return parsed(response, schema, { pause, bearer: connection.bearer ?? "person" });
  }
}

/** The query of `rel="next"` in a Link header (docs.gitlab.com/api/rest, keyset pagination), or null. */
export function nextOfLink(header: string | null): string | null {
  for (const part of header?.split(",") ?? []) {
    const match = /<([^>]+)>\s*;\s*rel="?next"?/.exec(part);
    if (match?.[1]) return new URL(match[1], "http://gitlab.invalid").search;
  }
  return null;
}

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

function redirectTarget(response: Response, url: URL): URL | null {
  const location = response.status >= 301 && response.status <= 308 ? response.headers.get("location") : null;
  if (!location) return null;
  const target = new URL(location, url);
  return target.origin === url.origin ? target : null;
}

async function parsed<T>(
  response: Response,
  schema: z.ZodType<T>,
  { pause, bearer }: { pause: number; bearer: Bearer },
): Promise<GitlabAnswer<T>> {
  const body = await bodyOf(response);
  if (!response.ok) throw gitlabRefusal(response.status, body, { retryAfter: Math.max(1, pause), bearer });
  const result = schema.safeParse(body);
  if (!result.success)
    throw new TrustdeskError(
      "upstream",
      "GitLab's answer does not look as its documentation says. Its version may be too old for Trustdesk.",
      { cause: result.error },
    );
  const page = response.headers.get("x-next-page");
  return {
    value: result.data,
    next: nextOfLink(response.headers.get("link")) ?? (page ? `?page=${encodeURIComponent(page)}` : null),
    pages: Number(response.headers.get("x-total-pages")) || null,
  };
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    throw gitlabUnreachable(error);
  });
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Seconds to wait: Retry-After, else RateLimit-Reset, else one (both forms of 429, docs.gitlab.com rate limits). */
function retryAfter(response: Response, clock: Clock): number {
  const seconds = Number(response.headers.get("retry-after"));
  if (Number.isFinite(seconds) && seconds > 0) return Math.ceil(seconds);
  const reset = Number(response.headers.get("ratelimit-reset"));
  const left = Math.ceil(reset - clock.now().getTime() / 1000);
  return Number.isFinite(reset) && reset > 0 && left > 0 ? left : 1;
}

async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
