import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const sources = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "SECURITY.md",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];
const notInTheBuild = /(\.test\.tsx?$|^lib\/(sandbox|testing|worker|cli)\/|^lib\/db\/generated\/)/;

/**
 * Makes the web's production build in `.next`, unless the one there was made from the same sources.
 * Gives "cached" or "built"; throws an Error with the compiler's words. `client: "fresh"` says that
 * Prisma's was generated just before: it is left alone, for those who read it meanwhile.
 */
export async function buildWeb(
  root: string,
  { client = "unknown" }: { client?: "unknown" | "fresh" } = {},
): Promise<"cached" | "built"> {
  if (!existsSync(join(root, "lib/db/generated/client.ts"))) await run(root, ["prisma", "generate"]);
  const hash = await sourceHash(root);
  const mark = join(root, ".next", "trustdesk-sources");
  const known = await readFile(mark, "utf8").catch(() => "");
  if (known === hash && existsSync(join(root, ".next", "BUILD_ID"))) return "cached";
  if (client === "unknown") await run(root, ["prisma", "generate"]);
  await run(root, ["next", "build"]);
  await writeFile(mark, hash);
  return "built";
}

async function run(root: string, [program, ...args]: string[]): Promise<void> {
  const bin = join(root, "node_modules", ".bin", program ?? "");
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  try {
    await execute(bin, args, { cwd: root, env: environment, maxBuffer: 64 * 1024 * 1024 });
  } catch (cause) {
    const output = cause as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed:\n${output.stdout ?? ""}\n${output.stderr ?? ""}`, { cause });
  }
}

async function sourceHash(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await Promise.all(sources.map((source) => filesBelow(root, source)))).flat().sort()) {
    hash
      .update(file)
      .update("\0")
      .update(await readFile(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

async function filesBelow(root: string, path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => null);
  if (!entries) return existsSync(join(root, path)) && !notInTheBuild.test(path) ? [path] : [];
  const nested = await Promise.all(
    entries.map((entry) => (entry.isDirectory() ? filesBelow(root, join(path, entry.name)) : [join(path, entry.name)])),
  );
  return nested.flat().filter((file) => !notInTheBuild.test(file));
}
