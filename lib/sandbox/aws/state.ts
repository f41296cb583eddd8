import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Tag {
  Key: string;
  Value: string;
}

/** A role. Documents are kept as the text that was sent. */
export interface StoredRole {
  name: string;
  path: string;
  id: string;
  createdAt: string;
  trust: string;
  /** What STS still sees until `changedAt` plus the propagation delay; null: it sees no role. */
  trustBefore: string | null;
  /** Milliseconds since 1970. */
  changedAt: number;
  description: string;
  maxSession: number;
  boundary: string | null;
  tags: Tag[];
  inline: Record<string, string>;
  attached: string[];
  lastUsed: { at: string; region: string } | null;
}

export interface StoredProvider {
  /** Host and path, without https:// */
  url: string;
  audiences: string[];
  /** What STS still sees; null: no provider. */
  audiencesBefore: string[] | null;
  changedAt: number;
  thumbprints: string[];
  tags: Tag[];
  createdAt: string;
}

export interface StoredPolicy {
  arn: string;
  name: string;
  path: string;
  id: string;
  description: string;
  document: string;
  createdAt: string;
  tags: Tag[];
}

/** Roles by lower-case name (names differ by more than case), providers and policies by ARN. */
export interface StoredAccount {
  id: string;
  alias: string;
  roles: Record<string, StoredRole>;
  providers: Record<string, StoredProvider>;
  policies: Record<string, StoredPolicy>;
}

/** A user's long-lived key. */
export interface StoredUserKey {
  secret: string;
  accountId: string;
  userName: string;
  userId: string;
  policies: string[];
}

/** A role session's key. */
export interface StoredSession {
  secret: string;
  token: string;
  expires: string;
  accountId: string;
  roleName: string;
  roleId: string;
  sessionName: string;
  /** The session policy of the call, if any. */
  policy: string | null;
}

export interface StoredObject {
  /** Base64. */
  body: string;
  type: string;
  etag: string;
  at: string;
}

export interface StoredBucket {
  accountId: string;
  region: string;
  createdAt: string;
  objects: Record<string, StoredObject>;
}

export interface AwsState {
  accounts: Record<string, StoredAccount>;
  users: Record<string, StoredUserKey>;
  sessions: Record<string, StoredSession>;
  buckets: Record<string, StoredBucket>;
}

export interface StateFile {
  readonly state: AwsState;
  /** Says that the state changed: written soon, many changes at once. */
  changed(): void;
  reset(): void;
  /** Writes what is not written yet. */
  flush(): void;
}

const writeDelayMs = 200;

/** The state, in memory and, when `file` is given, as JSON that a restart finds. A file that cannot be read is an error. */
export function openState(file: string | null, seed: () => AwsState): StateFile {
  let state = readState(file) ?? seed();
  let timer: NodeJS.Timeout | null = null;
  const write = (): void => {
    timer = null;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const changed = (): void => {
    timer ??= setTimeout(write, writeDelayMs).unref();
  };
  const flush = (): void => {
    if (!timer) return;
    clearTimeout(timer);
    write();
  };
  changed();
  return {
    get state() {
      return state;
    },
    changed,
    flush,
    reset: () => {
      state = seed();
      changed();
    },
  };
}

function readState(file: string | null): AwsState | null {
  if (!file || !existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as AwsState;
  } catch (error) {
    throw new Error(`The sandbox cannot read ${file}: start with --reset`, { cause: error });
  }
}
