import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };
const cores = availableParallelism();
/** The last resort on a machine that does other things as well: what is waited for is a state. */
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 100_000 } } };

/**
 * Three suites: pure ones, those on a real Postgres, and the sandbox's contract over real HTTP. Each uses every core
 * (vitest leaves one idle); integration runs one file more, since it waits for processes and back-offs.
 */
export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          ...patience,
          name: "unit",
          maxWorkers: cores,
          include: ["lib/**/*.test.ts", "components/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "lib/sandbox/contract/**", "**/node_modules/**"],
        },
      },
      {
        resolve: { alias },
        test: {
          ...patience,
          name: "integration",
          include: ["lib/**/*.integration.test.ts"],
          globalSetup: ["lib/testing/global-setup.ts"],
          maxWorkers: cores + 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          ...patience,
          name: "sandbox",
          include: ["lib/sandbox/contract/**/*.test.ts"],
          maxWorkers: cores,
        },
      },
    ],
  },
});
