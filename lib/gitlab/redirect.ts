import { TrustdeskError } from "@/lib/errors";

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where to ask instead, or null for an answer that is no redirect. GitLab sends old paths of a moved project to its number
 * (docs.gitlab.com/api/rest, 301): followed within the API of the same host only, so that a token goes nowhere else.
 * Throws `upstream`, with what whoever runs Trustdesk has to change, for every other redirect.
 * @param baseUrl GitLab's address as it is configured, without a trailing slash
 */
export function redirectTarget(response: Response, asked: URL, baseUrl: string): URL | null {
  if (!redirects.has(response.status)) return null;
  const location = response.headers.get("location") ?? "";
  if (location === "" || !URL.canParse(location, asked))
    throw misdirected(`GitLab redirects (${response.status}) without saying where to.`);
  const target = new URL(location, asked);
  if (!isWeb(target)) throw misdirected(`GitLab redirects (${response.status}) to what is no web address.`);
  if (asked.protocol === "http:" && target.protocol === "https:" && target.hostname === asked.hostname)
    throw misdirected(
      `GitLab's address ${baseUrl} redirects to https. Whoever runs Trustdesk sets GITLAB_URL to ${baseOf(target, asked, baseUrl)}.`,
    );
  if (target.hostname !== asked.hostname)
    throw misdirected(
      `GitLab's address ${baseUrl} redirects to ${baseOf(target, asked, baseUrl)}, and Trustdesk takes no token to another address. If GitLab has moved there, whoever runs Trustdesk sets GITLAB_URL to it; else a proxy asks for a sign-in and has to let the API through.`,
    );
  if (!target.pathname.startsWith(`${rootOf(baseUrl)}/api/v4/`)) throw elsewhere(target);
  if (target.origin === asked.origin) return target;
  // GitLab behind a proxy that does not tell it of https names itself with http: the path is meant, on the address that we know.
  if (asked.protocol === "https:" && target.protocol === "http:")
    return new URL(target.pathname + target.search, asked.origin);
  throw misdirected(
    `GitLab's address ${baseUrl} redirects to ${baseOf(target, asked, baseUrl)}. Whoever runs Trustdesk sets GITLAB_URL to it.`,
  );
}

/** GitLab, or what stands before it, sends us from one address to the next and never answers. */
export function redirectsForEver(baseUrl: string): TrustdeskError {
  return misdirected(
    `GitLab's address ${baseUrl} redirects in a circle. Whoever runs Trustdesk checks GITLAB_URL, and the proxy before GitLab.`,
  );
}

function elsewhere({ pathname }: URL): TrustdeskError {
  const to = /sign_?in|login|saml|sso|oauth/i.test(pathname)
    ? "its sign-in page"
    : `the page ${pathname.slice(0, 200)}`;
  return misdirected(
    `GitLab sends Trustdesk to ${to} instead of answering its API. Whoever runs Trustdesk checks GITLAB_URL, and that a proxy before GitLab lets /api/v4 through.`,
  );
}

/** The address that GITLAB_URL would have to be, so that the redirect is not needed. */
function baseOf({ origin, pathname }: URL, asked: URL, baseUrl: string): string {
  const call = asked.pathname.slice(rootOf(baseUrl).length);
  const at = pathname.endsWith(call) ? pathname.length - call.length : pathname.indexOf("/api/v4");
  return origin + (at > 0 ? pathname.slice(0, at) : "");
}

function rootOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/$/, "");
}

function isWeb({ protocol }: URL): boolean {
  return protocol === "https:" || protocol === "http:";
}

function misdirected(message: string): TrustdeskError {
  return new TrustdeskError("upstream", message);
}
