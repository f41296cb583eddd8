import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findChromium } from "./test/chromium";

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
  run(): Promise<Counts>;
}

const reports = join(root, ".build", "reports");

/** Everything that must hold, in the order in which a failure is cheapest to see. */
const suites: Suite[] = [
  { name: "prisma client", fast: true, run: () => check("prisma", ["generate"]) },
  { name: "format", fast: true, run: () => check("biome", ["check", "--error-on-warnings", "."]) },
  { name: "types", fast: true, run: typecheck },
  {
    name: "lint",
    fast: true,
    run: () => check("eslint", [".", "--max-warnings=0", "--cache", "--cache-location", ".build/eslintcache"]),
  },
  {
    name: "import rule",
    fast: true,
    run: () =>
      check("depcruise", [
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
  { name: "unused", fast: true, run: () => check("knip", ["--no-progress"]) },
  { name: "unit", fast: true, run: () => vitest("unit") },
  { name: "sandbox", fast: false, run: () => vitest("sandbox") },
  { name: "integration", fast: false, run: () => vitest("integration") },
  { name: "e2e", fast: false, run: playwright },
];

async function typecheck(): Promise<Counts> {
  const generated = await command("next", ["typegen"]);
  if (generated !== 0) return { passed: 0, failed: 1, skipped: 0 };
  return check("tsc", ["--noEmit", "-p", "."]);
}

async function check(program: string, args: string[]): Promise<Counts> {
  const code = await command(program, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function vitest(project: string): Promise<Counts> {
  const report = join(reports, `${project}.json`);
  await rm(report, { force: true });
  const code = await command("vitest", [
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

async function playwright(): Promise<Counts> {
  const report = join(reports, "e2e.json");
  await rm(report, { force: true });
  const chromium = await findChromium(root);
  if (!chromium.ok) {
    console.log(`skipped: the browser journeys. ${chromium.reason}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const code = await command("playwright", ["test"], {
    CHROMIUM_PATH: chromium.path ?? "",
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const result = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as {
    stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = result.stats ?? {};
  return { passed: expected + flaky, failed: code !== 0 && unexpected === 0 ? 1 : unexpected, skipped };
}

function command(program: string, args: string[], more: Record<string, string> = {}): Promise<number> {
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...more };
  return new Promise((done) => {
    const child = spawn(join(root, "node_modules", ".bin", program), args, {
      cwd: root,
      stdio: "inherit",
      env: environment,
    });
    child.once("error", () => done(1));
    child.once("exit", (code) => done(code ?? 1));
  });
}

async function main(): Promise<void> {
  await mkdir(reports, { recursive: true });
  const chosen = suites.filter((suite) =>
    values.only ? suite.name === values.only || suite.name === "prisma client" : suite.fast || !values.fast,
  );
  if (!existsSync(join(root, "node_modules"))) throw new Error("Run npm ci first.");
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  for (const suite of chosen) {
    const started = performance.now();
    console.log(`\n== ${suite.name}`);
    const counts = await suite.run();
    for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
    lines.push(
      `${counts.failed ? "FAILED" : "ok    "} ${suite.name.padEnd(14)} ${sentence(counts)} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
    );
  }
  console.log(`\n${lines.join("\n")}\n\n${sentence(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
