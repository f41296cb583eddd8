import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startEmbedded, stopEmbedded } from "@/lib/db/embedded";
import { provision } from "@/lib/db/provision";
import { buildWeb } from "./build";
import { people } from "./people";
import type { Processes } from "./processes";
import { createProcesses, endLeftovers, freePort } from "./processes";

export interface DemoOptions {
  root: string;
  /** Folder of the data, logs and demo.json. */
  folder: string;
  /** Port of the web; 0 for any. The sandbox's GitLab and AWS take the next two (or any). */
  port: number;
  reset: boolean;
  /** Postgres of one's own (an administrator's connection string) in place of the embedded one. */
  databaseUrl: string | null;
  /** The GitLab that the sandbox plays; absent: gitlab.com. */
  gitlab?: PlayedGitlab;
  /** Generated projects beside the named ones; absent: the sandbox's default. */
  projects?: number;
  say(line: string): void;
}

/** `iss` of its CI tokens, and the path below which its pages and API are (its relative URL root). */
export interface PlayedGitlab {
  issuer: string;
  root: string;
}

export interface Demo {
  web: string;
  gitlab: string;
  aws: string;
  database: string;
  /** The owner's connection string; it is not written to demo.json. */
  ownerDatabase: string;
  /** Rejects when a part ends by itself. */
  firstDeath: Promise<never>;
  stop(): Promise<void>;
}

/** A sentence for the person at the terminal: what is in the way and what to do. */
export class DemoRefusal extends Error {}

/** Starts database, sandbox, worker and web, and waits until they answer. Throws DemoRefusal or Error; nothing is left running then. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { folder, say } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const leftovers = await endLeftovers(folder);
  if (leftovers.length > 0) say(`An earlier demo had left ${leftovers.join(", ")} running: ended.`);
  if (options.reset) await eraseData(options);
  const ports = await choosePorts(options.port);
  const processes = createProcesses(folder);
  const stops: (() => Promise<void>)[] = [() => processes.stop()];
  const stop = async (): Promise<void> => {
    for (const end of stops) await end();
    await rm(join(folder, "demo.json"), { force: true });
  };
  try {
    return await assemble(options, ports, processes, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Ports {
  web: number;
  gitlab: number;
  aws: number;
}

async function assemble(
  options: DemoOptions,
  ports: Ports,
  processes: Processes,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Demo> {
  const { root, folder, say } = options;
  const web = `http://127.0.0.1:${ports.web}`;
  const secrets = await readSecrets(folder);
  const [built, urls, sandbox] = await Promise.all([
    announced(say, "web build", buildWeb(root)),
    announced(say, "database", startDatabase(options, stops)),
    announced(say, "sandbox", startSandboxProcess(options, ports, web, processes)),
  ]);
  const environment = productEnvironment({ web, sandbox, urls, secrets, folder, issuer: playedBy(options).issuer });
  await writeAccounts(folder);
  processes.start("worker", process.execPath, [...tsx(root), join(root, "lib/worker/main.ts")], environment);
  processes.start(
    "web",
    process.execPath,
    [join(root, "node_modules/next/dist/bin/next"), "start", root, "-H", "127.0.0.1", "-p", String(ports.web)],
    environment,
  );
  await announced(say, `web (${built})`, Promise.race([answers(`${web}/api/health/ready`), processes.firstDeath]));
  const demo = { web, gitlab: sandbox.gitlab, aws: sandbox.aws, database: urls.webUrl };
  await writeFile(join(folder, "demo.json"), JSON.stringify({ ...demo, pid: process.pid, people }, null, 2), {
    mode: 0o600,
  });
  return { ...demo, ownerDatabase: urls.ownerUrl, firstDeath: processes.firstDeath, stop };
}

async function announced<T>(say: (line: string) => void, what: string, work: Promise<T>): Promise<T> {
  const value = await work;
  say(`  ${what} ready`);
  return value;
}

async function choosePorts(port: number): Promise<Ports> {
  const wanted = port === 0 ? [0, 0, 0] : [port, port + 1, port + 2];
  const found: number[] = [];
  for (const candidate of wanted) {
    const free = await freePort(candidate);
    if (free === null) {
      throw new DemoRefusal(
        `Port ${candidate} on 127.0.0.1 is taken by another program. Start with another one: npm run demo -- --port ${port + 100}`,
      );
    }
    found.push(free);
  }
  return { web: found[0] ?? 0, gitlab: found[1] ?? 0, aws: found[2] ?? 0 };
}

async function eraseData({ folder, databaseUrl }: DemoOptions): Promise<void> {
  if (databaseUrl)
    throw new DemoRefusal("--reset does not erase a database of your own: drop it yourself, or unset DATABASE_URL.");
  if (existsSync(join(folder, "postgres"))) await stopEmbedded(join(folder, "postgres"));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

async function startDatabase(
  options: DemoOptions,
  stops: (() => Promise<void>)[],
): Promise<{ ownerUrl: string; webUrl: string; workerUrl: string }> {
  let adminUrl = options.databaseUrl;
  if (!adminUrl) {
    const embedded = await startEmbedded({ folder: join(options.folder, "postgres") });
    stops.push(() => embedded.stop());
    adminUrl = embedded.adminUrl;
  }
  return provision({ adminUrl, credentialsFile: join(options.folder, "database-credentials.json") });
}

async function startSandboxProcess(
  options: DemoOptions,
  ports: Ports,
  web: string,
  processes: Processes,
): Promise<{ gitlab: string; aws: string }> {
  const { root, folder } = options;
  const gitlab = playedBy(options);
  const args = [
    "--gitlab-port",
    String(ports.gitlab),
    "--aws-port",
    String(ports.aws),
    "--data",
    join(folder, "sandbox"),
    "--web-url",
    web,
    "--gitlab-issuer",
    gitlab.issuer,
    "--gitlab-root",
    gitlab.root,
    ...(options.projects === undefined ? [] : ["--projects", String(options.projects)]),
  ];
  const child = processes.start(
    "sandbox",
    process.execPath,
    [...tsx(root), join(root, "lib/sandbox/main.ts"), ...args],
    process.env,
  );
  const output = child.stdout;
  if (!output) throw new Error("The sandbox has no output to read its addresses from.");
  const listening = new Promise<{ gitlab: string; aws: string }>((resolve) => {
    createInterface({ input: output }).on("line", (line) => {
      if (line.startsWith('{"gitlab"')) resolve(JSON.parse(line) as { gitlab: string; aws: string });
    });
  });
  return Promise.race([listening, processes.firstDeath]);
}

function playedBy({ gitlab }: DemoOptions): PlayedGitlab {
  return gitlab ?? { issuer: "https://gitlab.com", root: "" };
}

function tsx(root: string): string[] {
  return ["--import", join(root, "node_modules/tsx/dist/loader.mjs")];
}

async function readSecrets(folder: string): Promise<{ nextauth: string }> {
  const file = join(folder, "secrets.json");
  const known = await readFile(file, "utf8").catch(() => null);
  if (known) return JSON.parse(known) as { nextauth: string };
  const made = { nextauth: randomBytes(32).toString("hex") };
  await writeFile(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

interface Surroundings {
  web: string;
  sandbox: { gitlab: string; aws: string };
  urls: { ownerUrl: string; webUrl: string; workerUrl: string };
  secrets: { nextauth: string };
  folder: string;
  issuer: string;
}

/** What an operator would set by hand, pointed at the sandbox; see .env.example. */
function productEnvironment({ web, sandbox, urls, secrets, folder, issuer }: Surroundings): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: urls.webUrl,
    TRUSTDESK_WORKER_DATABASE_URL: urls.workerUrl,
    TRUSTDESK_OWNER_DATABASE_URL: urls.ownerUrl,
    GITLAB_URL: sandbox.gitlab,
    GITLAB_CLIENT_ID: "trustdesk-demo",
    GITLAB_CLIENT_SECRET: "trustdesk-demo-secret",
    TRUSTDESK_GITLAB_ISSUER: issuer,
    TRUSTDESK_GITLAB_TOKEN: "glpat-sandbox-bot",
    TRUSTDESK_PLATFORM_GROUP: "acme/platform-engineers",
    TRUSTDESK_AUDITOR_GROUP: "acme/auditors",
    NEXTAUTH_URL: web,
    NEXTAUTH_SECRET: secrets.nextauth,
    TRUSTDESK_ACCOUNTS_FILE: join(folder, "accounts.json"),
    TRUSTDESK_SECURITY_CONTACT: "mailto:security@acme.example",
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_IAM: sandbox.aws,
    AWS_ENDPOINT_URL_STS: sandbox.aws,
    AWS_ACCESS_KEY_ID: "AKIASANDBOXWORKER001",
    AWS_SECRET_ACCESS_KEY: "sandbox/worker/secret/key/0000000000000000",
  };
}

/** The demo's three accounts, in the format that TRUSTDESK_ACCOUNTS_FILE takes. */
async function writeAccounts(folder: string): Promise<void> {
  const spoke = (accountId: string): object => ({
    accountId,
    spokeRoleArn: `arn:aws:iam::${accountId}:role/trustdesk-spoke`,
    externalId: "trustdesk-demo",
  });
  const guarded = (accountId: string): object => ({
    ...spoke(accountId),
    boundaryArn: `arn:aws:iam::${accountId}:policy/gitlab-ci-boundary`,
    defaultPath: "/gitlab/",
  });
  const accounts = [
    { name: "prod", ...guarded("111122223333"), region: "eu-central-1", boundaryRequired: true },
    { name: "dev", ...guarded("444455556666"), region: "eu-central-1" },
    { name: "playground", ...spoke("777788889999"), region: "us-east-1" },
  ];
  await writeFile(join(folder, "accounts.json"), JSON.stringify(accounts, null, 2), { mode: 0o600 });
}

/** Polls until `url` answers 200; the caller races it against the death of a part. */
async function answers(url: string): Promise<void> {
  for (;;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
