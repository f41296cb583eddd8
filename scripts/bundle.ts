import { mkdir, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, ".build", "cli");

/**
 * Makes .build/cli/trustdesk.mjs, which bin/trustdesk.mjs starts: one file, since reading hundreds through tsx takes
 * longer than the answer. Beside it, the sources that it is made of: where one is newer, the bundle is not used.
 */
const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["lib/cli/main.ts"],
  outfile: join(folder, "trustdesk.mjs"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  write: false,
  logLevel: "warning",
});
const sources = Object.keys(metafile.inputs).filter((input) => !input.includes("node_modules/"));
await mkdir(folder, { recursive: true });
await put("inputs.json", JSON.stringify([...sources, "package-lock.json", "tsconfig.json"]));
for (const { contents } of outputFiles) await put("trustdesk.mjs", contents);

/** Whole or not at all: a command may start meanwhile. */
async function put(name: string, contents: string | Uint8Array): Promise<void> {
  const unfinished = join(folder, `${name}.${process.pid}`);
  await writeFile(unfinished, contents);
  await rename(unfinished, join(folder, name));
}
