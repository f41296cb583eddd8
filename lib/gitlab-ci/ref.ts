import type { RefType } from "./claims";

/** A branch or tag of a project, with who may write to it. */
export interface GitRef {
  /** Short name, e.g. "feature/login". */
  name: string;
  type: RefType;
  protected: boolean;
  /** Whether it is the project's default branch. */
  default: boolean;
  /** ISO time of its last commit, or null when GitLab does not say. */
  pushedAt: string | null;
  /** In words: "maintainers", "developers", "nobody", "anyone may create", … */
  whoMayPush: string;
}
