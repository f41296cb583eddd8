import { defineConfig, devices } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

/** Journeys run against the real demo (production build, worker, Postgres, sandbox), started by global-setup. */
export default defineConfig({
  testDir: "e2e/journeys",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: ".build/e2e",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || undefined, args: asRoot ? ["--no-sandbox"] : [] },
  },
});
