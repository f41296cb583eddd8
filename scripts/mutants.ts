import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import type { MutantReport, RoomCount, Survivor } from "./mutants/report";
import { changeOf, merged, read, scoreOf, written } from "./mutants/report";

const root = resolve(import.meta.dirname, "..");
const document = join(root, "docs", "mutants.md");
/** Folders of lib/, each without those below it: a run of one ends in minutes. */
const rooms = [
  "language",
  "gitlab-ci",
  "gitlab-ci/mint",
  "iam",
  "iam/operators",
  "iam/templates",
  "admission",
  "findings",
  "plan",
  "judgement",
];
const least = 85;
/** The wire's schemas and examples: tables, which their own tests read as the API does. */
const declarations = [
  "schema",
  "account-test",
  "admitted-schema",
  "grade-schema",
  "lint-schema",
  "policy-document-schema",
  "ref-schema",
  "refusal-schema",
  "examples",
];

type Mutant = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

/** Mutates one room and runs the pure rooms' tests against each mutant; what did not change since the last run is known. */
function mutantsOf(room: string): Promise<Mutant[]> {
  const stryker = new Stryker({
    testRunner: "vitest",
    vitest: { configFile: "vitest.mutants.config.ts", related: false },
    plugins: ["@stryker-mutator/vitest-runner"],
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    mutate: [`lib/${room}/*.ts`, "!lib/**/*.test.ts", ...declarations.map((name) => `!lib/**/${name}.ts`)],
    incremental: true,
    incrementalFile: `.build/mutants/${room.replace("/", "-")}.json`,
    reporters: ["progress-append-only"],
    concurrency: 2,
    // Long: on a busy machine a slow test is no killed mutant. Endless loops are found by counting.
    timeoutMS: 15_000,
    tempDirName: ".build/stryker",
    ignorePatterns: [".next", ".trustdesk*", ".build", "e2e", "app", "components", "lib/sandbox", "lib/db", "public"],
  });
  return stryker.runMutationTest();
}

/** The room's numbers and its survivors, alike ones of a file together. */
async function judged(room: string, mutants: readonly Mutant[]): Promise<Omit<MutantReport, "date">> {
  const of = (...statuses: Mutant["status"][]) => mutants.filter(({ status }) => statuses.includes(status));
  const alive = of("Survived", "NoCoverage");
  const count: RoomCount = {
    room,
    killed: of("Killed", "Timeout").length,
    survived: of("Survived").length,
    untested: of("NoCoverage").length,
  };
  const survivors = new Map<string, Survivor>();
  for (const mutant of alive) {
    const file = relative(root, resolve(root, mutant.fileName));
    const change = changeOf(
      textAt(await readFile(join(root, file), "utf8"), mutant.location),
      mutant.replacement ?? "",
    );
    const key = `${file} ${change}`;
    survivors.set(key, { file, change, times: (survivors.get(key)?.times ?? 0) + 1, why: "" });
  }
  return { rooms: [count], survivors: [...survivors.values()] };
}

/** Stryker counts lines and columns from 1. */
function textAt(source: string, { start, end }: Mutant["location"]): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join("\n");
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((room) => !rooms.includes(room));
  if (unknown.length > 0) throw new Error(`No room of mutants: ${unknown.join(", ")}. There are ${rooms.join(", ")}.`);
  const date = new Date(performance.timeOrigin).toISOString().slice(0, 10);
  let report = read(await readFile(document, "utf8").catch(() => ""));
  for (const room of asked.length > 0 ? asked : rooms) {
    report = merged(report, { date, ...(await judged(room, await mutantsOf(room))) });
    await writeFile(document, written(report));
    execFileSync(join(root, "node_modules", ".bin", "biome"), ["format", "--write", document], { stdio: "ignore" });
  }
  const weak = report.rooms.filter((count) => scoreOf(count) < least);
  const unexplained = report.survivors.filter(({ why }) => why === "");
  for (const count of report.rooms) console.log(`${count.room.padEnd(14)} ${scoreOf(count).toFixed(1)} %`);
  for (const { room } of weak) console.error(`${room} kills fewer than ${least} of 100 mutants.`);
  for (const { file, change } of unexplained)
    console.error(`docs/mutants.md does not say why this lives: ${file} ${change}`);
  process.exitCode = weak.length + unexplained.length > 0 ? 1 : 0;
}

await main();
