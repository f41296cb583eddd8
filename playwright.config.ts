import { availableParallelism } from "node:os";
import { defineConfig, devices } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

/**
 * Journeys run side by side against one real demo (production build, worker, Postgres, sandbox), started by
 * global-setup. Each sets its own stage, on a role that is there to look at; the time limits are the last resort of a machine that does other things too.
 */
export default defineConfig({
  testDir: "e2e/journeys",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: ".build/e2e",
  workers: Math.min(2, availableParallelism()),
  fullyParallel: true,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 100_000 },
  reporter: [["list"], ["json"]],
  projects: [
    { name: "stage", testMatch: "**/*.setup.ts" },
    { name: "journeys", dependencies: ["stage"] },
  ],
  use: {
    ...devices["Desktop Chrome"],
    actionTimeout: 100_000,
    navigationTimeout: 100_000,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || undefined, args: asRoot ? ["--no-sandbox"] : [] },
  },
});
