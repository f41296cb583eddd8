import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildWeb } from "./demo/build";
import { checkBudgets } from "./test/budgets";
import { findChromium } from "./test/chromium";
import type { Voice } from "./test/in-order";
import { inOrder } from "./test/in-order";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({ options: { fast: { type: "boolean", default: false }, only: { type: "string" } } });

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Suite {
  name: string;
  /** Also in `npm run verify`. */
  fast: boolean;
  /** Runs side by side with the suite above it: neither makes what the other reads. */
  beside?: true;
  run(say: Say): Promise<Counts>;
}

type Say = Voice["say"];

const reports = join(root, ".build", "reports");

/** Everything that must hold, in the order in which a failure is cheapest to see; it is told in this order as well. */
const suites: Suite[] = [
  { name: "prisma client", fast: true, run: (say) => check(say, "prisma", ["generate"]) },
  { name: "command line", fast: true, run: (say) => check(say, "tsx", ["scripts/bundle.ts"]) },
  { name: "format", fast: true, run: (say) => check(say, "biome", ["check", "--error-on-warnings", "."]) },
  { name: "types", fast: true, beside: true, run: typecheck },
  {
    name: "lint",
    fast: true,
    beside: true,
    run: (say) => check(say, "eslint", [".", "--max-warnings=0", "--cache", "--cache-location", ".build/eslintcache"]),
  },
  {
    name: "import rule",
    fast: true,
    beside: true,
    run: (say) =>
      check(say, "depcruise", [
        "--config",
        ".dependency-cruiser.cjs",
        "--output-type",
        "err-long",
        "lib",
        "components",
        "app",
        "scripts",
        "bench",
        "e2e",
        "instrumentation.ts",
        "proxy.ts",
      ]),
  },
  { name: "unused", fast: true, beside: true, run: (say) => check(say, "knip", ["--no-progress"]) },
  { name: "unit", fast: true, run: (say) => vitest(say, "unit") },
  { name: "sandbox", fast: false, run: (say) => vitest(say, "sandbox") },
  { name: "integration", fast: false, run: (say) => vitest(say, "integration") },
  { name: "web build", fast: false, beside: true, run: build },
  { name: "first loads", fast: false, run: weigh },
  { name: "e2e", fast: false, run: playwright },
];

async function typecheck(say: Say): Promise<Counts> {
  const generated = await command(say, "next", ["typegen"]);
  if (generated !== 0) return { passed: 0, failed: 1, skipped: 0 };
  return check(say, "tsc", ["--noEmit", "-p", "."]);
}

/** The build that the journeys run on, and the browser that runs them. */
async function build(say: Say): Promise<Counts> {
  const [built] = await Promise.all([
    buildWeb(root, { client: "fresh" }).then(
      (how) => say(`${how}\n`),
      (error: Error) => error,
    ),
    findChromium(root, say),
  ]);
  if (built) say(`${built.message}\n`);
  return { passed: built ? 0 : 1, failed: built ? 1 : 0, skipped: 0 };
}

/** What each page loads first, by the build above; made here where this suite runs alone. */
async function weigh(say: Say): Promise<Counts> {
  try {
    await buildWeb(root, { client: "fresh" });
    const { within, complaints } = await checkBudgets(root, say);
    return { passed: within, failed: complaints, skipped: 0 };
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}
`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function check(say: Say, program: string, args: string[]): Promise<Counts> {
  const code = await command(say, program, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function vitest(say: Say, project: string): Promise<Counts> {
  const report = join(reports, `${project}.json`);
  await rm(report, { force: true });
  const code = await command(say, "vitest", [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const result = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as {
    numPassedTests?: number;
    numFailedTests?: number;
    numPendingTests?: number;
    numTodoTests?: number;
  };
  const failed = result.numFailedTests ?? 0;
  return {
    passed: result.numPassedTests ?? 0,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
  };
}

async function playwright(say: Say): Promise<Counts> {
  const report = join(reports, "e2e.json");
  await rm(report, { force: true });
  const chromium = await findChromium(root, say);
  if (!chromium.ok) {
    say(`skipped: the browser journeys. ${chromium.reason}\n`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const code = await command(say, "playwright", ["test"], {
    CHROMIUM_PATH: chromium.path ?? "",
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const result = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as {
    stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = result.stats ?? {};
  return { passed: expected + flaky, failed: code !== 0 && unexpected === 0 ? 1 : unexpected, skipped };
}

function command(say: Say, program: string, args: string[], more: Record<string, string> = {}): Promise<number> {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...colour, ...more };
  return new Promise((done) => {
    const child = spawn(join(root, "node_modules", ".bin", program), args, {
      cwd: root,
      stdio: ["inherit", "pipe", "pipe"],
      env: environment,
    });
    for (const output of [child.stdout, child.stderr]) output.setEncoding("utf8").on("data", say);
    child.once("error", (error) => {
      say(`${error.message}\n`);
      done(1);
    });
    child.once("close", (code) => done(code ?? 1));
  });
}

interface Result extends Counts {
  line: string;
}

/** Runs one suite, and ends its voice. */
async function timed(suite: Suite, { say, end }: Voice): Promise<Result> {
  const started = performance.now();
  say(`\n== ${suite.name}\n`);
  const counts = await suite.run(say);
  end();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = counts.failed ? "FAILED" : "ok    ";
  return { ...counts, line: `${verdict} ${suite.name.padEnd(14)} ${sentence(counts)} (${seconds} s)` };
}

/** Suites that run side by side, in the order of the first of them. */
function sideBySide(all: readonly Suite[]): Suite[][] {
  const groups: Suite[][] = [];
  for (const suite of all) {
    const above = suite.beside ? groups.at(-1) : undefined;
    if (above) above.push(suite);
    else groups.push([suite]);
  }
  return groups;
}

async function main(): Promise<void> {
  await mkdir(reports, { recursive: true });
  if (!existsSync(join(root, "node_modules"))) throw new Error("Run npm ci first.");
  const chosen = (suite: Suite): boolean =>
    values.only ? suite.name === values.only || suite.name === "prisma client" : suite.fast || !values.fast;
  const results: Result[] = [];
  for (const group of sideBySide(suites)) {
    const voices = inOrder(group.filter(chosen), (text) => void process.stdout.write(text));
    results.push(...(await Promise.all(voices.map(({ item, voice }) => timed(item, voice)))));
  }
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const key of ["passed", "failed", "skipped"] as const)
    total[key] = results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${results.map(({ line }) => line).join("\n")}\n\n${sentence(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
