import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Demo } from "../scripts/demo/stack";
import { startDemo } from "../scripts/demo/stack";
import { test as base } from "./fixtures";

/** A GitLab that a company runs itself: its issuer has a port and a path. */
export const corp = {
  issuer: "https://gitlab.corp.example:8443/gitlab",
  root: "/gitlab",
  providerPath: "gitlab.corp.example:8443/gitlab",
};

/** `corporate`: a whole Trustdesk (web, worker, database, sandbox) for that GitLab, on the same build. */
export const test = base.extend<object, { corporate: Demo }>({
  corporate: [
    async ({}, provide) => {
      const folder = await mkdtemp(join(tmpdir(), "trustdesk-e2e-corp-"));
      const demo = await startDemo({
        root: resolve(import.meta.dirname, ".."),
        folder,
        port: 0,
        reset: false,
        databaseUrl: null,
        gitlab: corp,
        say: () => {},
      });
      try {
        await provide(demo);
      } finally {
        await demo.stop();
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 300_000 },
  ],
});
