import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimsOf, openTrust, projectText, safeTrust, trustText } from "@/lib/testing/policy-files";

const bin = resolve(import.meta.dirname, "../../bin/trustdesk.mjs");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trustdesk-bin-"));
  await mkdir(join(folder, "trusts"));
  await writeFile(join(folder, "safe.json"), safeTrust);
  await writeFile(join(folder, "open.json"), openTrust);
  await writeFile(join(folder, "untold.json"), trustText({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }));
  await writeFile(join(folder, "no.json"), "{");
  await writeFile(join(folder, "main.json"), JSON.stringify(claimsOf("main")));
  await writeFile(join(folder, "project.json"), projectText);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The program as people start it, in a folder of their own. */
async function run(args: readonly string[], stdin: string | null = null) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder });
  child.stdin.end(stdin ?? "");
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, ...texts };
}

describe("the program", () => {
  it.each([
    [0, ["evaluate", "--trust", "safe.json", "--token", "main.json"]],
    [3, ["evaluate", "--trust", "safe.json", "--token", "main.json", "--provider-audiences", "other"]],
    [4, ["evaluate", "--trust", "untold.json", "--token", "main.json"]],
    [2, ["evaluate", "--trust", "no.json", "--token", "main.json"]],
    [0, ["lint", "--trust", "open.json"]],
    [1, ["lint", "--trust", "open.json", "--fail-on", "caution"]],
    [2, ["lint", "--trust", "open.json", "no.json", "--fail-on", "caution"]],
    [2, ["lint", "--trust", "trusts"]],
    [0, ["compare", "--before", "safe.json", "--after", "safe.json"]],
    [2, ["compare", "--before", "safe.json", "--after", "no.json"]],
    [0, ["--help"]],
    [2, ["evaluat"]],
  ])("ends with %i: %j", async (code, args) => {
    const ended = await run(args);
    expect(ended.code).toBe(code);
    expect(ended.stderr === "").toBe(code !== 2);
  });

  it("writes an answer to stdout, and nothing else", async () => {
    const { stdout, stderr } = await run(["lint", "--trust", "safe.json", "--project", "project.json"]);
    expect([JSON.parse(stdout), stderr]).toEqual([expect.objectContaining({ file: "safe.json", grade: "safe" }), ""]);
  });

  it("names a folder in a sentence on stderr", async () => {
    expect(await run(["lint", "--trust", "trusts"])).toMatchObject({
      stdout: "",
      stderr: "trusts: it is a directory; name its files.\n",
    });
  });

  it("reads stdin, once", async () => {
    const claims = JSON.stringify(claimsOf("main"));
    expect(await run(["evaluate", "--trust", "safe.json", "--token", "-"], claims)).toMatchObject({ code: 0 });
    const twice = await run(["compare", "--before", "-", "--after", "-"], safeTrust);
    expect([twice.code, twice.stderr]).toEqual([2, "stdin: stdin can be read for one thing only.\n"]);
  });

  it("gives away no answer that a full pipe would cut", async () => {
    const names = Array.from({ length: 300 }, () => "open.json");
    const { stdout } = await run(["lint", ...names]);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { file: string }).file),
    ).toEqual(names);
  });
});
