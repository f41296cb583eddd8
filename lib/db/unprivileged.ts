import type { ChildProcess, SpawnOptions } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Starts a program under an identity that Postgres accepts: it refuses to run as root. */
export interface Unprivileged {
  spawn(program: string, args: string[], options?: SpawnOptions): ChildProcess;
  /** Makes a file or a folder, with all in it, its own. */
  own(path: string): Promise<void>;
}

/** A command that runs what follows it, and the user whose files that will be. Neither leaves a trace on the system. */
interface Wrapper {
  command: string[];
  uid: number;
}

/** A user namespace, where root is seen as user 1000 and keeps access to its own files. Many containers forbid it. */
const namespaceOfRoot: Wrapper = { command: ["unshare", "--user", "--map-user=1000", "--map-group=1000"], uid: 0 };

/** Another user who may pass folders that only root may enter. */
function otherUser(uid: number): Wrapper {
  return {
    command: [
      "setpriv",
      `--reuid=${uid}`,
      `--regid=${uid}`,
      "--clear-groups",
      "--inh-caps=+dac_override",
      "--ambient-caps=+dac_override",
    ],
    uid,
  };
}

const nobody = 65534;

/**
 * Finds an identity for a Postgres whose data is in `folder`: an ordinary user stays as they are, root takes the
 * owner that the folder had before, or the first wrapper that works. Throws an Error that says what to do.
 */
export async function unprivileged(folder: string): Promise<Unprivileged> {
  if (process.getuid?.() !== 0)
    return { own: () => Promise.resolve(), spawn: (program, args, options = {}) => spawn(program, args, options) };
  const owner = (await stat(folder)).uid;
  const candidates = owner === 0 ? [namespaceOfRoot, otherUser(nobody)] : [otherUser(owner)];
  for (const candidate of candidates) {
    if (await works(candidate)) return wrapped(candidate);
  }
  throw new Error(
    "Postgres refuses to run as root, and neither unshare nor setpriv (util-linux) works here: run as an ordinary user, or set DATABASE_URL.",
  );
}

function wrapped({ command: [program = "", ...flags], uid }: Wrapper): Unprivileged {
  return {
    own: async (path) => void (await execute("chown", ["-R", `${uid}:${uid}`, path])),
    spawn: (inner, args, options = {}) => spawn(program, [...flags, inner, ...args], options),
  };
}

async function works({ command: [program = "", ...flags] }: Wrapper): Promise<boolean> {
  return execute(program, [...flags, "true"]).then(
    () => true,
    () => false,
  );
}
