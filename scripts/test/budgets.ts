import { resolve } from "node:path";
import { buildWeb } from "../demo/build";
import { budgets } from "./budget-table";
import { firstLoads, kilobytesOf, overBudget } from "./first-load";

const root = resolve(import.meta.dirname, "..", "..");

/** Builds the web unless that was done, and prints what each page loads first beside its budget. Exit code 1: over one. */
async function main(): Promise<number> {
  await buildWeb(root);
  const loads = await firstLoads(root);
  console.log(`${"kB of script (gzip)".padEnd(36)} first load  budget  scripts`);
  for (const load of loads) {
    const cells = [kilobytesOf(load).toFixed(1), String(budgets[load.route]?.ceiling ?? "none"), load.scripts.length];
    console.log(
      `${load.route.padEnd(36)} ${String(cells[0]).padStart(10)} ${String(cells[1]).padStart(7)} ${String(cells[2]).padStart(8)}`,
    );
  }
  const problems = overBudget(loads, budgets);
  if (problems.length > 0) console.error(`\n${problems.join("\n")}`);
  return problems.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
