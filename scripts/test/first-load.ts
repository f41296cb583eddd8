import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);
const manifestName = "page_client-reference-manifest.js";

export interface Script {
  /** Below .next, e.g. "static/chunks/0kij.js". */
  file: string;
  /** Bytes as they are sent, compressed with gzip at its default level. */
  bytes: number;
}

/** The scripts that a browser fetches before a page is alive. */
export interface FirstLoad {
  /** As a person would write it, e.g. "/roles/[id]". */
  route: string;
  scripts: Script[];
}

export interface Budget {
  /** Kilobytes (1,000 bytes, gzip) when the ceiling was set. */
  measured: number;
  /** Kilobytes that it may have at most. */
  ceiling: number;
}

/**
 * The first load of every page of the build in `.next` below `root`, by Next's own manifests: what each of them starts
 * with, and the client modules of the page and of all layouts, loading and error pages around it.
 */
export async function firstLoads(root: string): Promise<FirstLoad[]> {
  const next = join(root, ".next");
  const { rootMainFiles } = JSON.parse(await readFile(join(next, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const app = join(next, "server", "app");
  const manifests = (await readdir(app, { recursive: true })).filter((file) => file.endsWith(manifestName)).sort();
  const known = new Map<string, Promise<Script>>();
  const weigh = (file: string): Promise<Script> => {
    const script = known.get(file) ?? weighed(next, file);
    known.set(file, script);
    return script;
  };
  return Promise.all(
    manifests
      .filter((manifest) => !manifest.startsWith("_global-error"))
      .map(async (manifest) => {
        const files = new Set([...rootMainFiles, ...entryFiles(await readFile(join(app, manifest), "utf8"))]);
        return { route: routeOf(manifest), scripts: await Promise.all([...files].map(weigh)) };
      }),
  );
}

async function weighed(next: string, file: string): Promise<Script> {
  return { file, bytes: (await compress(await readFile(join(next, file)))).length };
}

/** The manifest is a script that assigns JSON: `globalThis.__RSC_MANIFEST["/(portal)/page"] = {...}`. */
function entryFiles(manifest: string): string[] {
  const start = manifest.indexOf("{", manifest.indexOf("] ="));
  const { entryJSFiles } = JSON.parse(manifest.slice(start, manifest.lastIndexOf("}") + 1)) as {
    entryJSFiles: Record<string, string[]>;
  };
  return Object.values(entryJSFiles).flat();
}

function routeOf(manifest: string): string {
  const folders = manifest
    .slice(0, -manifestName.length)
    .split("/")
    .filter((folder) => folder !== "" && !folder.startsWith("("));
  return `/${folders.join("/")}`;
}

/** Kilobytes of all scripts of a first load. */
export function kilobytesOf({ scripts }: FirstLoad): number {
  return scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
}

/** A sentence for each page that is over its budget, has none, or is in the table and no more in the build. */
export function overBudget(loads: readonly FirstLoad[], budgets: Readonly<Record<string, Budget>>): string[] {
  const gone = Object.keys(budgets).filter((route) => !loads.some((load) => load.route === route));
  return [
    ...loads.flatMap((load) => {
      const budget = budgets[load.route];
      const kilobytes = kilobytesOf(load);
      if (budget && kilobytes <= budget.ceiling) return [];
      const limit = budget
        ? `its budget is ${budget.ceiling} kB, and ${budget.measured} kB were measured when that was set`
        : "it has no budget";
      return [
        `${load.route} loads ${kilobytes.toFixed(1)} kB of script first; ${limit}. Its largest scripts: ${largest(load)}.`,
      ];
    }),
    ...gone.map((route) => `${route} has a budget, and is no page of the build.`),
  ];
}

function largest({ scripts }: FirstLoad): string {
  return [...scripts]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ file, bytes }) => `${file} (${(bytes / 1000).toFixed(1)} kB)`)
    .join(", ");
}
