import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "gitlab.com:aud": "https://gitlab.com" },
        StringLike: { "gitlab.com:sub": "project_path:acme/shop:ref_type:branch:ref:release/*" },
      },
    },
  ],
};
const permissions = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:*", "iam:PassRole"], Resource: "*" }],
};
const project = {
  issuer: "https://gitlab.com",
  project: { path: "acme/shop", id: "7301", namespaceId: "55" },
  refs: ["branch main (protected)", "branch release/1", "tag v1"],
};
const claims = {
  iss: "https://gitlab.com",
  aud: "https://gitlab.com",
  sub: "project_path:acme/shop:ref_type:branch:ref:release/1",
};

interface Row {
  name: string;
  args: string[];
  /** Milliseconds. */
  bound: number;
}

/**
 * What `node bin/trustdesk.mjs` takes from a cold start to its end, beside a bare `node -e 0`, each 20 times in turn.
 * Prints a line a command; true when no median is over its bound.
 */
export async function coldStarts(root: string): Promise<boolean> {
  // A bundle older than the sources would not be used.
  await import("../scripts/bundle");
  const folder = await mkdtemp(join(tmpdir(), "trustdesk-cold-"));
  try {
    const file = async (name: string, value: unknown) => {
      await writeFile(join(folder, name), JSON.stringify(value));
      return join(folder, name);
    };
    const files = {
      trust: await file("trust.json", trust),
      permissions: await file("permissions.json", permissions),
      project: await file("project.json", project),
      claims: await file("claims.json", claims),
    };
    const bin = join(root, "bin", "trustdesk.mjs");
    const about = ["--trust", files.trust, "--project", files.project];
    const rows: Row[] = [
      { name: "evaluate", args: [bin, "evaluate", "--trust", files.trust, "--token", files.claims], bound: 300 },
      { name: "compare", args: [bin, "compare", "--before", files.trust, "--after", files.trust], bound: 300 },
      { name: "lint", args: [bin, "lint", ...about], bound: 300 },
      { name: "lint --permissions", args: [bin, "lint", ...about, "--permissions", files.permissions], bound: 1000 },
    ];
    return await inTurn(rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inTurn(rows: readonly Row[]): Promise<boolean> {
  const bare = { name: "node -e 0", args: ["-e", "0"], bound: Infinity };
  const taken = new Map<Row, number[]>([bare, ...rows].map((row) => [row, []]));
  for (let round = 0; round < 20; round += 1)
    for (const [row, times] of taken) times.push(await millisecondsOf(row.args));
  const floor = median(taken.get(bare) ?? []);
  let within = true;
  for (const row of rows) {
    const middle = median(taken.get(row) ?? []);
    within &&= middle <= row.bound;
    const ratio = (middle / floor).toFixed(1);
    console.log(
      `  ${row.name.padEnd(20)} ${middle.toFixed(0).padStart(5)} ms of ${row.bound} from a cold start, ${ratio} times a bare node (${floor.toFixed(0)} ms)${middle <= row.bound ? "" : "  OVER"}`,
    );
  }
  return within;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;
}

async function millisecondsOf(args: readonly string[]): Promise<number> {
  const begun = performance.now();
  await new Promise<void>((done, failed) => {
    const child = spawn(process.execPath, [...args], { stdio: "ignore" });
    child.on("error", failed);
    child.on("exit", () => done());
  });
  return performance.now() - begun;
}
