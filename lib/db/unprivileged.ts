import { execFile, spawn } from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { chown, stat } from "node:fs/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);
const unshareFlags = ["--user", "--map-user=1000", "--map-group=1000"];

/** Starts a program under an identity that Postgres accepts: it refuses to run as root. */
export interface Unprivileged {
  spawn(program: string, args: string[], options?: SpawnOptions): ChildProcess;
  /** Makes a file or folder its own. */
  own(path: string): Promise<void>;
}

/**
 * Finds that identity. An ordinary user stays as they are. Root enters a user namespace, where root's own
 * files stay readable; where namespaces are forbidden, the system account `postgres` is taken, and created
 * if need be. A `folder` that already belongs to that account stays with it. Throws an Error that says what to do if neither works.
 */
export async function unprivileged(folder: string): Promise<Unprivileged> {
  const own = () => Promise.resolve();
  if (process.getuid?.() !== 0) return { own, spawn: (program, args, options = {}) => spawn(program, args, options) };
  const owner = (await stat(folder)).uid;
  if (owner === 0 && (await succeeds("unshare", [...unshareFlags, "true"]))) {
    return { own, spawn: (program, args, options = {}) => spawn("unshare", [...unshareFlags, program, ...args], options) };
  }
  const identity = await postgresAccount();
  return {
    own: (path) => chown(path, identity.uid, identity.gid),
    spawn: (program, args, options = {}) => spawn(program, args, { ...options, ...identity }),
  };
}

async function postgresAccount(): Promise<{ uid: number; gid: number }> {
  const known = await succeeds("id", ["-u", "postgres"]);
  if (!known && !(await succeeds("useradd", ["--system", "--user-group", "--shell", "/usr/sbin/nologin", "postgres"]))) {
    throw new Error("Postgres refuses to run as root, and no other account could be made: run as an ordinary user, or set DATABASE_URL.");
  }
  const number = async (flag: string) => Number((await execute("id", [flag, "postgres"])).stdout);
  return { uid: await number("-u"), gid: await number("-g") };
}

async function succeeds(program: string, args: string[]): Promise<boolean> {
  return execute(program, args).then(
    () => true,
    () => false,
  );
}
