import type { Context } from "hono";
import { ApiRefusal, wholeNumber } from "./api-answers";

const defaultPerPage = 20;
const maxPerPage = 100;
/** Above this many results GitLab leaves totals out (docs.gitlab.com/api/rest, "Pagination response headers"). */
const countLimit = 10_000;
const offsetLimit = 50_000;

/** `per_page`: 20 unless asked, never more than 100. */
function perPageOf(c: Context): number {
  return Math.min(wholeNumber("per_page", c.req.query("per_page"), defaultPerPage, 1), maxPerPage);
}

/**
 * The asked page of `items`, with GitLab's headers set on the answer.
 * @param limited refuses offsets above 50,000, as for projects
 */
export function offsetPage<T>(c: Context, baseUrl: string, items: readonly T[], limited = false): T[] {
  const perPage = perPageOf(c);
  const page = wholeNumber("page", c.req.query("page"), 1, 1);
  if (limited && (page - 1) * perPage > offsetLimit) {
    throw new ApiRefusal(405, {
      error: `Offset pagination has a maximum allowed offset of ${offsetLimit} for requests that return objects of type Project. Remaining records can be retrieved using keyset pagination.`,
    });
  }
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const counted = items.length <= countLimit;
  c.header("x-page", String(page));
  c.header("x-per-page", String(perPage));
  c.header("x-next-page", page < pages ? String(page + 1) : "");
  c.header("x-prev-page", page > 1 ? String(page - 1) : "");
  if (counted) {
    c.header("x-total", String(items.length));
    c.header("x-total-pages", String(pages));
  }
  const link = (rel: string, number: number): string =>
    `<${address(c, baseUrl, { page: String(number), per_page: String(perPage) })}>; rel="${rel}"`;
  const links = [
    ...(page > 1 ? [link("prev", page - 1)] : []),
    ...(page < pages ? [link("next", page + 1)] : []),
    link("first", 1),
    ...(counted ? [link("last", pages)] : []),
  ];
  c.header("Link", links.join(", "));
  return items.slice((page - 1) * perPage, page * perPage);
}

/**
 * The next `per_page` items after a cursor, with a `Link` to what follows and no x-* headers.
 * @param rest items after the cursor, in order
 * @param cursor query parameters that continue after the given item
 */
export function keysetPage<T>(
  c: Context,
  baseUrl: string,
  rest: readonly T[],
  cursor: (last: T) => Record<string, string>,
): T[] {
  const perPage = perPageOf(c);
  const items = rest.slice(0, perPage);
  const last = items.at(-1);
  if (last !== undefined && rest.length > perPage)
    c.header("Link", `<${address(c, baseUrl, cursor(last))}>; rel="next"`);
  return items;
}

function address(c: Context, baseUrl: string, changed: Record<string, string>): string {
  const asked = new URL(c.req.url);
  for (const [name, value] of Object.entries(changed)) asked.searchParams.set(name, value);
  return `${baseUrl}${asked.pathname}${asked.search}`;
}
