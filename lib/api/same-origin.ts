/**
 * Whether a request may write: reads always, writes only from our own pages. Browsers send Origin with every write
 * and scripts cannot forge it; a request without one is refused, so that nothing is left to guess.
 */
export function mayWrite(request: Pick<Request, "method" | "headers">, ownOrigin: string): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const site = request.headers.get("sec-fetch-site");
  return request.headers.get("origin") === ownOrigin && (site === null || site === "same-origin");
}
