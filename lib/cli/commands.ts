import { compare, compareUsage } from "./compare";
import { evaluate, evaluateUsage } from "./evaluate";
import type { Io, Outcome } from "./io";
import { Unusable } from "./io";
import { lint, lintUsage } from "./lint";

const commands: Readonly<Record<string, { run(args: readonly string[], io: Io): Promise<Outcome>; usage: string }>> = {
  evaluate: { run: evaluate, usage: evaluateUsage },
  lint: { run: lint, usage: lintUsage },
  compare: { run: compare, usage: compareUsage },
};

const usage = `trustdesk COMMAND

  evaluate    whether AWS lets a GitLab token assume a role, and why
  lint        who gets in by a trust policy, and what is wrong with it
  compare     whether two trust policies let in the same, and who proves that they do not
  doctor      whether this installation of Trustdesk works, and how to mend it

trustdesk COMMAND --help says more.`;

/** Runs the command that the arguments name, but for the doctor, which is a program of its own. */
export async function runCommand([name = "", ...args]: readonly string[], io: Io): Promise<Outcome> {
  if (name === "--help" || name === "-h" || name === "help") {
    const asked = commands[args[0] ?? ""];
    return { out: `${asked?.usage ?? usage}\n`, complaints: [], code: 0 };
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command)
    return {
      out: "",
      complaints: [
        name === "" ? usage : "There is no such command: evaluate, lint, compare or doctor. See trustdesk --help.",
      ],
      code: 2,
    };
  try {
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof Unusable) return { out: "", complaints: [error.message], code: 2 };
    throw error;
  }
}
