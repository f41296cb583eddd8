const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A past time in words, e.g. "just now", "11 min ago", "3 d ago", "3 May 2025".
 * @param now milliseconds since the epoch
 * @param at ISO 8601
 */
export function relativeTime(now: number, at: string): string {
  const then = new Date(at);
  const passed = now - then.getTime();
  if (passed < minute) return "just now";
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  if (passed < day) return `${Math.floor(passed / hour)} h ago`;
  if (passed < 31 * day) return `${Math.floor(passed / day)} d ago`;
  return `${then.getUTCDate()} ${months[then.getUTCMonth()] ?? ""} ${then.getUTCFullYear()}`;
}

/** The exact time in the reader's zone, e.g. "Sun, 22 Nov 2026, 22:23:48 UTC". `at` is ISO 8601. */
export function exactTime(at: string): string {
  return new Date(at).toLocaleString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
}
