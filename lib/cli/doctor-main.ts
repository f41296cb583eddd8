import { parseArgs } from "node:util";
import { systemClock } from "@/lib/clock";
import { asText } from "./check";
import { diagnose } from "./doctor";

const usage = `trustdesk doctor [--json]

Checks configuration, database, GitLab and AWS, and says what is wrong and how to mend it.
It changes nothing. Exit code: 0 when nothing failed, 1 when something did.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help || positionals[0] !== "doctor" || positionals.length > 1) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const checks = await diagnose(process.env, systemClock);
  console.log(values.json ? JSON.stringify(checks, null, 2) : asText(checks));
  return checks.some(({ state }) => state === "failed") ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : "The doctor could not go on.");
    process.exit(2);
  },
);
