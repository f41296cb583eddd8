import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Read once, when the web is built. */
export const dynamic = "force-static";

/** SECURITY.md, to which security.txt points. */
export async function GET(): Promise<Response> {
  const text = await readFile(join(process.cwd(), "SECURITY.md"), "utf8");
  return new Response(text, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
