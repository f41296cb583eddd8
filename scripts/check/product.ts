import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

/** The project's folder. */
export const root = resolve(import.meta.dirname, "../..");

const notProduct = /\.(?:test|spec)\.tsx?$|^lib\/(?:sandbox|testing|db\/generated)\//;

/** The product's sources, from the project's root: no tests, nothing generated, not the sandbox. */
export function productSources(): string[] {
  const folders = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  return [...folders, "instrumentation.ts", "proxy.ts"].filter(
    (path) => /\.tsx?$/.test(path) && !notProduct.test(path),
  );
}

/** TypeScript's view of `files` (absolute), with the project's options; `virtual` gives the text of files not on disk. */
export function programOf(files: readonly string[], virtual: ReadonlyMap<string, string> = new Map()): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => expectNoProblem(messageText) },
  );
  const options = { ...config?.options, incremental: false, tsBuildInfoFile: undefined };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  return ts.createProgram({ rootNames: files, options, host });
}

function expectNoProblem(message: string | ts.DiagnosticMessageChain): never {
  throw new Error(`tsconfig.json cannot be read: ${ts.flattenDiagnosticMessageText(message, "\n")}`);
}
