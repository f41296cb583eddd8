import { budgets } from "./budget-table";
import { firstLoads, kilobytesOf, overBudget } from "./first-load";

/**
 * Tells what each page of the build in `.next` below `root` loads first, beside its budget, and what is over one.
 * Gives how many pages are within theirs, and how many complaints there are.
 */
export async function checkBudgets(
  root: string,
  say: (text: string) => void,
): Promise<{ within: number; complaints: number }> {
  const loads = await firstLoads(root);
  say(line("kB of script (gzip)", "first load", "budget", "scripts"));
  for (const load of loads) {
    const ceiling = budgets[load.route]?.ceiling;
    say(line(load.route, kilobytesOf(load).toFixed(1), String(ceiling ?? "none"), String(load.scripts.length)));
  }
  const complaints = overBudget(loads, budgets);
  for (const complaint of complaints) say(`${complaint}\n`);
  return { within: Math.max(0, loads.length - complaints.length), complaints: complaints.length };
}

function line(route: string, ...cells: string[]): string {
  return `${route.padEnd(36)}${cells.map((cell) => cell.padStart(11)).join("")}\n`;
}
