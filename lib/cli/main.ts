import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { systemClock } from "@/lib/clock";
import { runCommand } from "./commands";
import { Unusable } from "./io";

/** A reader went away, as `head` does: nothing is left to say. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? (process.exitCode ?? 0) : 2);
});

let stdinIsRead = false;

/** Bytes of a file or, once, of standard input. */
async function read(name: string): Promise<Uint8Array> {
  if (name !== "-") return readFile(name);
  if (stdinIsRead) throw new Unusable("stdin can be read for one thing only.");
  stdinIsRead = true;
  return buffer(process.stdin);
}

async function main(): Promise<void> {
  const { out, complaints, code } = await runCommand(process.argv.slice(2), { read, now: () => systemClock.now() });
  process.exitCode = code;
  if (complaints.length > 0) process.stderr.write(`${complaints.join("\n")}\n`);
  process.stdout.write(out);
}

/** Our own fault must not look like an answer; its message may hold what was read, so that only its place is shown. */
main().catch((error: unknown) => {
  const [, ...frames] = error instanceof Error ? (error.stack ?? "").split(/\n(?= +at )/) : [];
  process.stderr.write(`This is a fault of Trustdesk, and no answer; please report it.\n${frames.join("\n")}\n`);
  process.exitCode = 2;
});
