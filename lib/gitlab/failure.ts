import { TrustdeskError } from "@/lib/errors";

/**
 * GitLab's own words for a refusal: `message` (string, array or fields with arrays), else `error_description`
 * or `error` (docs.gitlab.com/api/rest, "Status codes"). Null when the body holds none of them.
 */
function gitlabMessage(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const {
    message,
    error,
    error_description: description,
  } = body as { message?: unknown; error?: unknown; error_description?: unknown };
  return worded(message) ?? worded(description) ?? worded(error);
}

/** The error code of GitLab's OAuth forms, e.g. insufficient_scope or invalid_grant; null in the other form. */
export function oauthErrorCode(body: unknown): string | null {
  const code = typeof body === "object" && body !== null ? (body as { error?: unknown }).error : null;
  return typeof code === "string" ? code : null;
}

/** Whose token a call carries. */
export type Bearer = "person" | "bot";

/** Says of an answer that is not 2xx whose side it is on and what to do. */
export function gitlabRefusal(
  status: number,
  body: unknown,
  { retryAfter, bearer }: { retryAfter: number; bearer: Bearer },
): TrustdeskError {
  const words = gitlabMessage(body);
  const said = words ? ` GitLab says: ${words.slice(0, 300)}` : "";
  if (bearer === "bot" && (status === 401 || oauthErrorCode(body) === "insufficient_scope")) return botRefused(status);
  if (status === 401)
    return new TrustdeskError("not-signed-in", "GitLab no longer accepts your sign-in. Sign in again.");
  if (status === 403 && oauthErrorCode(body) === "insufficient_scope") {
    return new TrustdeskError(
      "forbidden",
      "Your sign-in does not carry the scope that this needs (read_api). Sign out, and sign in again.",
    );
  }
  if (status === 403 && words && /\bblocked\b/i.test(words))
    return new TrustdeskError("not-signed-in", "GitLab has blocked your account. Ask an administrator of GitLab.");
  if (status === 403) return new TrustdeskError("forbidden", `GitLab does not let you see this.${said}`);
  if (status === 404)
    return new TrustdeskError("not-found", "GitLab shows nothing here: it does not exist, or you may not see it.");
  if (status === 429)
    return new TrustdeskError("too-many", `GitLab asks us to slow down. Try again ${inWords(retryAfter)}.`, {
      retryAfter,
    });
  if (status >= 500)
    return new TrustdeskError(
      "unavailable",
      `GitLab answered with an error of its own (${status}). Nothing was changed; try again ${inWords(retryAfter)}.`,
    );
  return new TrustdeskError("upstream", `GitLab refused the request (${status}).${said}`);
}

/** Trustdesk's own token was refused: nobody's sign-in has ended. */
function botRefused(status: number): TrustdeskError {
  const what = status === 401 ? "it has expired or was revoked" : "it does not carry the scope read_api";
  return new TrustdeskError(
    "upstream",
    `GitLab does not accept Trustdesk's own token: ${what}. Whoever runs Trustdesk renews TRUSTDESK_GITLAB_TOKEN.`,
  );
}

function inWords(seconds: number): string {
  if (seconds <= 60) return "in a moment";
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}

/** Whether a body is a page for people: GitLab's API answers JSON or plain text, whatever the status. */
export function isWebPage(body: string): boolean {
  return /^\uFEFF?\s*</.test(body);
}

/** Something answered, and it was not GitLab's API: its page says nothing of who may see what. */
export function notGitlab(status: number, baseUrl: string): TrustdeskError {
  return new TrustdeskError(
    "upstream",
    `At ${baseUrl} something else than GitLab's API answers (${status}, no JSON). Whoever runs Trustdesk checks GITLAB_URL, with GitLab's relative root if it has one, and that a proxy before GitLab lets /api/v4 through without a sign-in page.`,
  );
}

/** The answer ended before it was whole. */
export function gitlabBrokeOff(): TrustdeskError {
  return new TrustdeskError("unavailable", "GitLab's answer broke off. Nothing was changed; try again in a moment.");
}

/** A list whose rest cannot be had is not known; what was read of it must not pass for the whole. */
export function goesNoFurther(): TrustdeskError {
  return new TrustdeskError(
    "upstream",
    "GitLab names a page as the next one that it has answered already, so its list cannot be read to the end. Whoever runs Trustdesk looks for a proxy before GitLab that drops the query.",
  );
}

/** No answer at all: refused connection, time-out, name not found. */
export function gitlabUnreachable(cause: unknown): TrustdeskError {
  return new TrustdeskError("unavailable", "GitLab cannot be reached. Nothing was changed; try again in a moment.", {
    cause,
  });
}

function worded(value: unknown): string | null {
  if (typeof value === "string" && value !== "") return value;
  if (Array.isArray(value)) return value.map(worded).filter(Boolean).join("; ") || null;
  if (typeof value !== "object" || value === null) return null;
  const fields = Object.entries(value).map(([field, inner]) => `${field} ${worded(inner) ?? ""}`.trim());
  return fields.join("; ") || null;
}
