import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from "./start";

const { values } = parseArgs({
  options: {
    "gitlab-port": { type: "string", default: "7880" },
    "aws-port": { type: "string", default: "7881" },
    data: { type: "string", default: join(".trustdesk", "sandbox") },
    reset: { type: "boolean", default: false },
    "gitlab-issuer": { type: "string", default: "https://gitlab.com" },
    "gitlab-version": { type: "string", default: "19.4.1" },
    "gitlab-root": { type: "string", default: "" },
    "web-url": { type: "string" },
    projects: { type: "string", default: "2000" },
    "propagation-ms": { type: "string", default: "3000" },
  },
});

/** A whole number from a flag; anything else is a sentence and the end. */
function numberOf(name: "gitlab-port" | "aws-port" | "projects" | "propagation-ms"): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 0)
    throw new Error(`--${name} takes a whole number, not "${values[name]}".`);
  return number;
}

async function main(): Promise<void> {
  const sandbox = await startSandbox({
    gitlabPort: numberOf("gitlab-port"),
    awsPort: numberOf("aws-port"),
    services: numberOf("projects"),
    propagationMs: numberOf("propagation-ms"),
    dataFolder: values.data,
    reset: values.reset,
    gitlabIssuer: values["gitlab-issuer"],
    gitlabVersion: values["gitlab-version"],
    gitlabRoot: values["gitlab-root"],
    webUrl: values["web-url"] ?? null,
  });
  console.log(JSON.stringify({ gitlab: sandbox.gitlabUrl, aws: sandbox.awsUrl }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
