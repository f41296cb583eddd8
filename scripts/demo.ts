import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { people } from "./demo/people";
import type { Demo } from "./demo/stack";
import { DemoRefusal, startDemo } from "./demo/stack";

const root = resolve(import.meta.dirname, "..");
const playgroundKey = sandboxCredentials.admins.playground;
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "7800" },
    reset: { type: "boolean", default: false },
    data: { type: "string", default: join(root, ".trustdesk") },
  },
});

/** Refuses a second start on the same data while the first still runs. */
async function refuseSecondStart(folder: string): Promise<void> {
  const known = await readFile(join(folder, "demo.json"), "utf8").catch(() => null);
  if (!known) return;
  const { pid, web } = JSON.parse(known) as { pid: number; web: string };
  const alive = await fetch(`${web}/api/health/live`).then(
    (answer) => answer.ok,
    () => false,
  );
  if (alive && isRunning(pid))
    throw new DemoRefusal(
      `The demo runs already at ${web} (process ${pid}). Open it there, or end it with: kill ${pid}`,
    );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function introduction(demo: Demo, folder: string, seconds: number): string {
  const width = Math.max(...people.map((person) => person.name.length));
  return [
    "",
    `Trustdesk runs at ${demo.web}  (${seconds.toFixed(0)} s)`,
    "",
    "Sign in with GitLab as",
    ...people.map(({ name, as, may }) => `  ${name.padEnd(width)}  ${as}: ${may}`),
    "",
    `The sandbox's GitLab   ${demo.gitlab}`,
    `The sandbox's AWS      ${demo.aws}`,
    `  look for yourself:   AWS_ACCESS_KEY_ID=${playgroundKey.accessKeyId} AWS_SECRET_ACCESS_KEY=${playgroundKey.secretAccessKey} aws iam list-roles --endpoint-url ${demo.aws}`,
    `Data, logs, addresses  ${relative(process.cwd(), folder) || "."}/  (demo.json holds the same as JSON)`,
    "",
    "Ctrl-C ends everything; the next start finds the data. Start over: npm run demo -- --reset",
  ].join("\n");
}

async function main(): Promise<void> {
  const started = performance.now();
  const folder = resolve(values.data);
  await refuseSecondStart(folder);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_533)
    throw new DemoRefusal(`--port takes a number from 0 to 65533, not "${values.port}".`);
  console.log("Starting Trustdesk with a sandbox GitLab and AWS. The first start builds the web, which takes a while.");
  const starting = startDemo({
    root,
    folder,
    port,
    reset: values.reset,
    databaseUrl: process.env.DATABASE_URL || null,
    say: (line) => console.log(line),
  });
  const asked = new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => done());
  });
  const demo = await starting;
  console.log(introduction(demo, folder, (performance.now() - started) / 1000));
  try {
    await Promise.race([asked, demo.firstDeath]);
    console.log("\nEnding.");
  } finally {
    await demo.stop();
  }
}

main().catch((error: unknown) => {
  console.error(
    error instanceof DemoRefusal
      ? error.message
      : error instanceof Error
        ? `The demo could not start: ${error.message}`
        : error,
  );
  process.exitCode = 1;
});
