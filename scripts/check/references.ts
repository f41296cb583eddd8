import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Files of which every line counts; of code only the comments do. */
const wholeText = /\.(?:md|prisma|yaml|json|jsonc|env\.example)$|Dockerfile$|^\.ci\//;
const code = /\.(?:tsx?|mjs|cjs|sql)$/;
/** Answers of others, and locked versions: their names are not ours. */
const foreign = /^package-lock\.json$|^lib\/iam\/cases\/|^docs\/iam\//;

const segment = String.raw`(?:\([\w-]+\)|\[+[\w.-]+\]+|[\w@.-]+)`;
const withEnding = String.raw`(?:${segment}/)*[\w.-]*\w\.(?:tsx?|mjs|cjs|md|sql|prisma|jsonc?|ya?ml|css|svg|png)`;
const withFolder = String.raw`(?:${segment}/)+[\w-]+`;
const named = new RegExp(String.raw`(?<![\w/.@*:<$-])(?:\./)?(${withEnding}|${withFolder})(?![\w/*{<$-]|\.\w)`, "g");
/** A name without a folder counts where the ending is that of a source; `demo.json` may be anywhere. */
const sourceEnding = /\.(?:tsx?|mjs|cjs|md|sql|prisma)$/;

/** The project's files, as git knows them or would. */
export function projectFiles(root: string): string[] {
  const answer = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root });
  return answer.toString().split("\n").filter(Boolean);
}

/** What documents, comments, schema and configurations name and what is not there, as sentences. */
export function brokenReferences(root: string, files: readonly string[]): string[] {
  const known = {
    root,
    names: new Set(files.map((file) => basename(file))),
    folders: new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0] ?? "")),
    rooms: new Set(
      files.filter((file) => /^(?:lib|components)\/.+\//.test(file)).map((file) => file.split("/")[1] ?? ""),
    ),
    made: readFileSync(join(root, ".gitignore"), "utf8")
      .split("\n")
      .map((line) => line.replace(/\/$/, "")),
  };
  return files
    .filter((file) => (wholeText.test(file) || code.test(file)) && !foreign.test(file) && existsSync(join(root, file)))
    .flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          namesIn(line, file)
            .filter((name) => !isThere(name, file, known))
            .map((name) => `${file}:${index + 1} names ${name}, which is not there.`),
        ),
    );
}

/** The files that a line of `file` names, with folder or ending, or both. */
export function namesIn(line: string, file: string): string[] {
  const text = wholeText.test(file) ? line : commentOf(line);
  return [...text.matchAll(named)].map(([, name = ""]) => name);
}

function commentOf(line: string): string {
  if (/^\s*(?:\/\/|\/?\*|--|#)/.test(line)) return line;
  return /\s(?:\/\/|--)\s(.*)$/.exec(line)?.[1] ?? "";
}

interface Known {
  root: string;
  names: ReadonlySet<string>;
  /** The project's own: without an ending only what begins with one of them is a name, and in the map with a room. */
  folders: ReadonlySet<string>;
  rooms: ReadonlySet<string>;
  /** What .gitignore keeps out: made by commands, there or not. */
  made: readonly string[];
}

function isThere(name: string, file: string, { root, names, folders, rooms, made }: Known): boolean {
  const [first = ""] = name.split("/");
  if (made.includes(first)) return true;
  if (!name.includes("/")) return !sourceEnding.test(name) || names.has(name);
  const ours = folders.has(first) || (file === "lib/README.md" && rooms.has(first));
  if (!ours && !/\.\w+$/.test(name)) return true;
  const places = [root, join(root, dirname(file)), join(root, "lib"), join(root, "components")];
  return places.some((place) => ["", ".ts", ".tsx"].some((ending) => existsSync(join(place, name + ending))));
}
