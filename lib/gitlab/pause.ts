import type { Clock } from "@/lib/clock";

/** The most that is believed of a pause: a day. What is longer is a mistake in a header. */
const longestSeconds = 86_400;
/** Below it a RateLimit-Reset is no time of day but seconds from now (IETF draft "RateLimit header fields for HTTP"). */
const earliestTime = 31_536_000;

/**
 * Whole seconds to wait after a 429 or 503, at least one, or null where GitLab does not say: Retry-After in seconds or as
 * a date (RFC 9110), else RateLimit-Reset (docs.gitlab.com, rate limits: unix time). What lies in the past says nothing.
 */
export function pauseTold(headers: Headers, clock: Clock): number | null {
  const now = clock.now().getTime() / 1000;
  const reset = secondsOf(headers.get("ratelimit-reset"));
  return (
    ahead(retryAfter(headers.get("retry-after"), now)) ??
    ahead(reset === null ? null : reset < earliestTime ? reset : reset - now)
  );
}

/** The pause before the next try where GitLab names none: 1, 2, 4 … seconds; `tries` counts those before. */
export function pauseGuessed(tries: number): number {
  return 2 ** tries;
}

function retryAfter(header: string | null, now: number): number | null {
  const seconds = secondsOf(header);
  if (seconds !== null || header === null) return seconds;
  const date = /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : date / 1000 - now;
}

function secondsOf(header: string | null): number | null {
  return header !== null && /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) : null;
}

function ahead(seconds: number | null): number | null {
  return seconds !== null && seconds > 0 ? Math.min(Math.ceil(seconds), longestSeconds) : null;
}
