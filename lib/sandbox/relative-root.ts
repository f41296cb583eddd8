import { Hono } from "hono";

/**
 * Serves `app` below `root`, as a self-managed GitLab with a relative URL root (docs.gitlab.com/install/relative_url):
 * nothing answers above it, and the paths that the app's redirects and pages name begin with it.
 * @param root e.g. "/gitlab"; empty: the app itself
 */
export function belowRoot(root: string, app: Hono): Hono {
  if (root === "") return app;
  return new Hono().mount(root, async (request: Request) => withRoot(root, await app.fetch(request)));
}

async function withRoot(root: string, answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  const location = headers.get("location");
  if (location?.startsWith("/")) headers.set("location", root + location);
  const isPage = headers.get("content-type")?.startsWith("text/html");
  const body = isPage ? (await answer.text()).replace(/\b(href|action)="\//g, `$1="${root}/`) : answer.body;
  return new Response(body, { status: answer.status, headers });
}
