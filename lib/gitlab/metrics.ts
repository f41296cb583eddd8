import { durations } from "@/lib/metrics";

const calls = durations(
  "trustdesk_gitlab_call_duration_seconds",
  "Calls to GitLab as they were sent, by operation and outcome",
  ["operation", "outcome"],
);

/** The words of the API's paths that we use. Whatever else stands in a path is somebody's id or name. */
const words: ReadonlySet<string> = new Set([
  "user",
  "users",
  "metadata",
  "projects",
  "groups",
  "members",
  "all",
  "repository",
  "branches",
  "tags",
  "protected_branches",
  "protected_tags",
]);

/** Measures one call: `send` sends it. `url` is the address that is asked. */
export async function measuredCall(url: URL, send: () => Promise<Response>): Promise<Response> {
  const operation = operationOf(url.pathname);
  const stop = calls.startTimer();
  try {
    const response = await send();
    stop({ operation, outcome: outcomeOf(response.status) });
    return response;
  } catch (error) {
    stop({ operation, outcome: "unreachable" });
    throw error;
  }
}

/** `/api/v4/projects/7/members/all/3` is `projects/:id/members/all/:id`. */
export function operationOf(pathname: string): string {
  const path = pathname.slice(pathname.indexOf("/api/v4/") + "/api/v4/".length);
  return path
    .split("/")
    .map((part, index, parts) => (words.has(part) && !isName(parts[index - 1]) ? part : ":id"))
    .join("/");
}

/** Behind these stands an id or a path, which may be one of our words. */
function isName(before: string | undefined): boolean {
  return before === "projects" || before === "groups" || before === "users";
}

function outcomeOf(status: number): string {
  if (status < 300) return "ok";
  if (status < 400) return "moved";
  if (status === 404) return "not-found";
  if (status === 429) return "throttled";
  if (status === 401 || status === 403) return "denied";
  return status < 500 ? "refused" : "failed";
}
