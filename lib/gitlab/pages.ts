import { z } from "zod";
import { goesNoFurther } from "./failure";
import type { GitlabAnswer, GitlabConnection } from "./request";
import { gitlabGet } from "./request";

/** A list that may have been cut short. */
export interface Listed<T> {
  rows: T[];
  truncated: boolean;
}

const pageSize = 100;
const pagesAtOnce = 8;
/** GitLab leaves out of a page what the person may not see; so many pages in a row may be empty. */
const emptyPages = 20;

/** Pages until the end or `most` rows: several at once where GitLab says how many there are, else one after another. Throws TrustdeskError. */
export async function everyPage<T>(
  connection: GitlabConnection,
  path: string,
  schema: z.ZodType<T>,
  most: number,
): Promise<Listed<T>> {
  const ask = (query: string): Promise<GitlabAnswer<T[]>> => gitlabGet(connection, path + query, z.array(schema));
  const first = await ask(`?per_page=${pageSize}`);
  const isMiscounted = first.pages === 1 && first.next !== null;
  if (first.pages === null || isMiscounted) return nextPages(first, ask, most);
  const rows = [...first.value];
  let page = 2;
  for (; page <= first.pages && rows.length < most; page += pagesAtOnce) {
    const numbers = Array.from({ length: Math.min(pagesAtOnce, first.pages - page + 1) }, (_, index) => page + index);
    const pages = await Promise.all(numbers.map((number) => ask(`?per_page=${pageSize}&page=${number}`)));
    rows.push(...pages.flatMap(({ value }) => value));
  }
  return { rows: rows.slice(0, most), truncated: rows.length > most || page <= first.pages };
}

async function nextPages<T>(
  first: GitlabAnswer<T[]>,
  ask: (query: string) => Promise<GitlabAnswer<T[]>>,
  most: number,
): Promise<Listed<T>> {
  const rows = [...first.value];
  const asked = new Set([withPageSize("?page=1")]);
  let { next } = first;
  let empty = 0;
  while (next !== null && rows.length < most && empty < emptyPages) {
    const query = withPageSize(next);
    if (asked.has(query)) throw goesNoFurther();
    asked.add(query);
    const page = await ask(query);
    rows.push(...page.value);
    empty = page.value.length === 0 ? empty + 1 : 0;
    next = page.next;
  }
  return { rows: rows.slice(0, most), truncated: next !== null || rows.length > most };
}

function withPageSize(query: string): string {
  const parameters = new URLSearchParams(query);
  parameters.set("per_page", String(pageSize));
  parameters.sort();
  return `?${parameters.toString()}`;
}
