import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Sandbox } from "../start";
import { startSandbox } from "../start";
import { api, apiJson, signIn } from "./gitlab-client";

let dataFolder: string;
let sandbox: Sandbox;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "trustdesk-sandbox-"));
  sandbox = await startSandbox({ services: 0, dataFolder });
});
afterEach(async () => {
  await sandbox.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function restart(reset: boolean): Promise<void> {
  await sandbox.stop();
  sandbox = await startSandbox({ services: 0, dataFolder, reset });
}

const status = async (token: string): Promise<number> =>
  (await fetch(`${sandbox.gitlabUrl}/api/v4/user`, { headers: { Authorization: `Bearer ${token}` } })).status;

it("a restart finds tokens, variables and signing keys [docs.gitlab.com/api/oauth2]", async () => {
  const { access_token } = await signIn(sandbox, "pia");
  await api(sandbox, "pia", "/projects/62715093/variables", {
    method: "POST",
    body: JSON.stringify({ key: "AWS_REGION", value: "us-east-1" }),
  });
  const keys = sandbox.gitlab.keys.publicKeys;
  await restart(false);
  expect(await status(access_token)).toBe(200);
  expect(await apiJson(sandbox, "pia", "/projects/62715093/variables/AWS_REGION")).toMatchObject({
    value: "us-east-1",
  });
  expect(sandbox.gitlab.keys.publicKeys).toEqual(keys);
});

it("a start with reset forgets them", async () => {
  const { access_token } = await signIn(sandbox, "pia");
  await restart(true);
  expect(await status(access_token)).toBe(401);
});

it("tokens are stored hashed only [docs.gitlab.com/api/oauth2]", async () => {
  const tokens = await signIn(sandbox, "pia");
  await sandbox.stop();
  const stored = await readFile(join(dataFolder, "gitlab.json"), "utf8");
  expect(stored).not.toContain(tokens.access_token);
  expect(stored).not.toContain(tokens.refresh_token);
  sandbox = await startSandbox({ services: 0, dataFolder });
});
