import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Membership } from "../company/groups";

/** An OAuth grant's pair of tokens; only their SHA-256 is kept. */
export interface Grant {
  accessHash: string;
  refreshHash: string;
  userId: number;
  scopes: string[];
  /** Unix seconds. */
  createdAt: number;
  revoked: boolean;
}

export interface Variable {
  variable_type: "env_var" | "file";
  key: string;
  value: string;
  protected: boolean;
  masked: boolean;
  hidden: boolean;
  raw: boolean;
  environment_scope: string;
  description: string | null;
}

export type RunState = "created" | "running" | "success" | "failed";

/** A merge request, kept by the project it targets. */
export interface MergeRequest {
  iid: number;
  targetProjectId: number;
  targetBranch: string;
  /** Differs from the target's in a merge request of a fork. */
  sourceProjectId: number;
  sourceBranch: string;
  authorId: number;
  title: string;
}

export interface PipelineSchedule {
  id: number;
  projectId: number;
  ownerId: number;
  ref: string;
  cron: string;
  description: string;
}

/** A pipeline with its one job. */
export interface Pipeline {
  id: number;
  jobId: number;
  iid: number;
  /** The project in which the job runs. */
  projectId: number;
  userId: number;
  /** Branch or tag; of a merge request, its source branch. */
  ref: string;
  tag: boolean;
  source: "web" | "api" | "schedule" | "merge_request_event";
  mergeRequest: MergeRequest | null;
  status: RunState;
  failureReason: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  log: string;
}

/** All that changes while the sandbox's GitLab runs; the company itself is code. */
export interface SavedState {
  seededAt: string;
  grants: Grant[];
  people: Record<string, "active" | "blocked">;
  memberships: (Membership & { removed?: boolean })[];
  /** New full path of a renamed or transferred project, by id, with the paths it left. */
  moves: Record<string, { path: string; oldPaths: string[] }>;
  components: Record<string, string[]>;
  variables: Record<string, Variable[]>;
  pipelines: Pipeline[];
  mergeRequests: MergeRequest[];
  schedules: PipelineSchedule[];
  /** Who first left each path by a rename or transfer: the first record stays (GitLab's app/models/authn/burned_project_route.rb). */
  burnedPaths: { path: string; projectId: number }[];
  /** `fork pipelines may run in the parent`, by project id, where it was changed. */
  forksRunInParent: Record<string, boolean>;
  /** GitLab's version where it was set to another than it started with. */
  version: string | null;
}

/** Where the state lives: in memory, and in a JSON file when there is a folder. */
export interface StateFile {
  value: SavedState;
  /** Says that `value` changed: written soon, many changes at once. */
  changed(): void;
  /** Writes what is not written yet. */
  flush(): void;
  reset(): void;
}

const writeDelayMs = 200;

/** Opens `gitlab.json` in `folder`; null keeps all in memory. A file that cannot be read is an error. */
export function openState(folder: string | null, now: () => Date): StateFile {
  const file = folder === null ? null : join(folder, "gitlab.json");
  let timer: NodeJS.Timeout | null = null;
  const write = (): void => {
    timer = null;
    if (file === null) return;
    writeFileSync(`${file}.new`, JSON.stringify(opened.value), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    if (timer) write();
  };
  const changed = (): void => {
    timer ??= setTimeout(write, writeDelayMs).unref();
  };
  const reset = (): void => {
    opened.value = emptyState(now());
    if (file) rmSync(file, { force: true });
    changed();
  };
  const opened: StateFile = { value: { ...emptyState(now()), ...read(file) }, changed, flush, reset };
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
  changed();
  return opened;
}

function emptyState(at: Date): SavedState {
  return {
    seededAt: at.toISOString(),
    grants: [],
    people: {},
    memberships: [],
    moves: {},
    components: {},
    variables: {},
    pipelines: [],
    mergeRequests: [],
    schedules: [],
    burnedPaths: [],
    forksRunInParent: {},
    version: null,
  };
}

function read(file: string | null): SavedState | null {
  if (file === null) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SavedState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Error(`The sandbox cannot read ${file}: start with --reset`, { cause: error });
  }
}
