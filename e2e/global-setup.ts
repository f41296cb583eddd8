import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startDemo } from "../scripts/demo/stack";

/** Starts the whole demo on free ports in a folder of its own; TRUSTDESK_E2E_URLS tells the journeys where, and may name one that runs. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.TRUSTDESK_E2E_URLS) return async () => {};
  const folder = await mkdtemp(join(tmpdir(), "trustdesk-e2e-"));
  const demo = await startDemo({
    root: resolve(import.meta.dirname, ".."),
    folder,
    port: 0,
    reset: false,
    databaseUrl: null,
    say: (line) => console.log(line),
  });
  process.env.TRUSTDESK_E2E_URLS = JSON.stringify({
    web: demo.web,
    gitlab: demo.gitlab,
    aws: demo.aws,
    database: demo.database,
  });
  return async () => {
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
