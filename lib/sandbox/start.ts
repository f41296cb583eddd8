import { rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { ServerType } from "@hono/node-server";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { AwsSandbox } from "./aws/aws";
import { createAwsSandbox } from "./aws/aws";
import type { MovableClock } from "./control";
import { controlRoutes } from "./control";
import { createGitlab, gitlabRoutes } from "./gitlab/gitlab";
import type { Gitlab } from "./gitlab/gitlab-context";
import { belowRoot } from "./relative-root";
import { mergeRequestRoutes } from "./runner/merge-request-api";
import { pipelineRoutes } from "./runner/pipeline-api";
import { createRunner } from "./runner/runner";
import { scheduleRoutes } from "./runner/schedule-api";
import { variableRoutes } from "./runner/variables-api";
import { webRoutes } from "./runner/web";

export interface SandboxOptions {
  /** 0 or absent: any free port. */
  gitlabPort?: number;
  awsPort?: number;
  /** Where the state is kept; null or absent: in memory. */
  dataFolder?: string | null;
  /** Start over with the seeded company. */
  reset?: boolean;
  /** `iss` of CI ID tokens. */
  gitlabIssuer?: string;
  /** GitLab's version, e.g. "18.2.1". */
  gitlabVersion?: string;
  /** Relative URL root of GitLab, e.g. "/gitlab"; empty or absent: none. */
  gitlabRoot?: string;
  /** Origin of the portal, for its redirect URI; null or absent: any port of this machine. */
  webUrl?: string | null;
  /** Generated service projects beside the named ones. */
  services?: number;
  /** How long AWS's STS does not see a change of IAM, in milliseconds. */
  propagationMs?: number;
}

export interface Sandbox {
  gitlabUrl: string;
  awsUrl: string;
  gitlab: Gitlab;
  aws: AwsSandbox;
  clock: MovableClock;
  stop(): Promise<void>;
}

const defaultPropagationMs = 3000;

/** Starts GitLab and AWS on 127.0.0.1. Throws when a port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const dataFolder = options.dataFolder ?? null;
  if (options.reset && dataFolder) rmSync(dataFolder, { recursive: true, force: true });
  const clock = movableClock();
  const urls = { gitlab: "", aws: "" };
  const gitlab = await createGitlab({
    dataFolder,
    issuer: options.gitlabIssuer ?? "https://gitlab.com",
    version: options.gitlabVersion ?? "19.4.1",
    services: options.services ?? 2000,
    webUrl: options.webUrl ?? null,
    now: () => clock.now(),
    baseUrl: () => urls.gitlab,
    awsUrl: () => urls.aws,
  });
  const aws = createAwsSandbox({
    dataFile: dataFolder && join(dataFolder, "aws.json"),
    clock: () => clock.now(),
    trustedIssuer: gitlab.issuer,
    issuerKeys: (issuer) => Promise.resolve(issuer === gitlab.issuer ? gitlab.keys.publicKeys : null),
    propagationMs: options.propagationMs ?? defaultPropagationMs,
  });
  const reset = (): void => {
    aws.reset();
    gitlab.file.reset();
    gitlab.faults.clear();
    clock.moveTo(0);
    gitlab.stateChanged();
  };
  const runner = createRunner(gitlab);
  const app = new Hono();
  app.route("/-/sandbox/control/aws", aws.controlRoutes);
  app.route("/-/sandbox/control", controlRoutes({ gitlab, clock, reset }));
  app.route(
    "/",
    gitlabRoutes(gitlab, [
      pipelineRoutes(gitlab, runner),
      mergeRequestRoutes(gitlab, runner),
      scheduleRoutes(gitlab, runner),
      variableRoutes(gitlab),
    ]),
  );
  app.route("/", webRoutes(gitlab, runner));
  const gitlabRoot = options.gitlabRoot ?? "";
  const gitlabServer = await listen(belowRoot(gitlabRoot, app), options.gitlabPort ?? 0);
  const awsServer = await listen(aws.app, options.awsPort ?? 0).catch(async (error: unknown) => {
    await close(gitlabServer);
    throw error;
  });
  urls.gitlab = addressOf(gitlabServer) + gitlabRoot;
  urls.aws = addressOf(awsServer);
  return {
    gitlabUrl: urls.gitlab,
    awsUrl: urls.aws,
    gitlab,
    aws,
    clock,
    stop: async () => {
      await close(gitlabServer);
      await close(awsServer);
      await runner.settled();
      aws.flush();
      gitlab.file.flush();
    },
  };
}

function movableClock(): MovableClock {
  let offsetMs = 0;
  return {
    now: () => new Date(Date.now() + offsetMs),
    moveTo: (offsetSeconds) => {
      offsetMs = offsetSeconds * 1000;
    },
  };
}

function listen(app: Hono, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, () => resolve(server));
    server.once("error", reject);
  });
}

function addressOf(server: ServerType): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
