import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import type { Demo } from "../scripts/demo/stack";
import { startDemo } from "../scripts/demo/stack";
import { coldStarts } from "./cold-start";
import { measure } from "./measure";
import type { Question } from "./questions";
import { questions } from "./questions";
import { joinEverything, seed } from "./seed";
import { signIn } from "./sign-in";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    data: { type: "string", default: join(root, ".trustdesk-bench") },
    times: { type: "string", default: "60" },
    keep: { type: "boolean", default: false },
    /** The command line alone: no installation is started. */
    "cold-starts": { type: "boolean", default: false },
  },
});
/** GitLab answers this much later than it could. */
const gitlabLatency = 400;
const projects = 20_000;

/** Measures the command line, then starts a Trustdesk of its own with 20,000 projects, fills it, and prints what lists and searches take beside plain SQL. Exit code 1: over a bound. */
async function main(): Promise<number> {
  const isQuick = await coldStarts(root);
  if (values["cold-starts"]) return isQuick ? 0 : 1;
  const demo = await startDemo({
    root,
    folder: resolve(values.data),
    port: 0,
    reset: true,
    databaseUrl: null,
    projects,
    say: (line) => console.log(line),
  });
  try {
    await slowGitlab(demo);
    const sessions = {
      pia: await signIn(demo.web, demo.gitlab, "pia"),
      oleg: await signIn(demo.web, demo.gitlab, "oleg"),
      ada: await signIn(demo.web, demo.gitlab, "ada"),
    };
    console.log(
      `  20,000 projects through a GitLab that takes ${gitlabLatency} ms: ${await synced(demo, sessions.pia)} s`,
    );
    await synced(demo, sessions.oleg);
    console.log(`  ${await seed(demo.ownerDatabase)}`);
    await joinEverything(demo.ownerDatabase, "oleg");
    console.log(
      `  5,000 refs of one project: ${await seconds(() => ask(demo, sessions.pia, "/projects/200001/refs"))} s`,
    );
    const within = await table(demo, sessions);
    if (values.keep) await new Promise((done) => process.once("SIGINT", done));
    return within && isQuick ? 0 : 1;
  } finally {
    await demo.stop();
  }
}

async function slowGitlab({ gitlab }: Demo): Promise<void> {
  await fetch(`${gitlab}/-/sandbox/control/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ target: "gitlab", kind: "slow", match: "/api/", ms: gitlabLatency }),
  });
}

/** Seconds until the person sees all of their projects. */
async function synced(demo: Demo, session: string): Promise<string> {
  return seconds(async () => {
    for (;;) {
      const {
        sync: { state },
      } = (await ask(demo, session, "/projects?limit=1")) as { sync: { state: string } };
      if (state === "done") return;
      if (state === "failed") throw new Error("The projects could not be read.");
      await new Promise((wait) => setTimeout(wait, 500));
    }
  });
}

async function seconds(work: () => Promise<unknown>): Promise<string> {
  const begun = performance.now();
  await work();
  return ((performance.now() - begun) / 1000).toFixed(1);
}

async function ask({ web }: Demo, session: string, path: string): Promise<unknown> {
  const answer = await fetch(`${web}/api/v1${path}`, { headers: { cookie: session } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Prints every question; true when none is over its bound. */
async function table(demo: Demo, sessions: Record<Question["who"], string>): Promise<boolean> {
  const client = new pg.Client({ connectionString: demo.ownerDatabase });
  await client.connect();
  const row = (cells: string[]): void =>
    console.log([cells[0]?.padEnd(28), ...cells.slice(1).map((cell) => cell.padStart(9))].join(" "));
  row(["milliseconds", "p50", "p95", "SQL p50", "SQL p95", "ratio", "bound", ""]);
  let within = true;
  for (const { name, who, path, sql, bound } of questions) {
    const times = Number(values.times);
    const served = await measure(() => ask(demo, sessions[who], path), times);
    const plain = await measure(() => client.query(sql), times);
    const over = served.p95 > bound;
    within &&= !over;
    row([
      name,
      served.p50.toFixed(1),
      served.p95.toFixed(1),
      plain.p50.toFixed(1),
      plain.p95.toFixed(1),
      (served.p50 / plain.p50).toFixed(1),
      String(bound),
      over ? "OVER" : "ok",
    ]);
  }
  await client.end();
  return within;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
