import type { RefType, SubjectComponent } from "../claims";

/** GitLab's access level of a protection rule: nobody, Developers, Maintainers, administrators; null: not known. */
export type ProtectionLevel = 0 | 30 | 40 | 60 | null;

/** A rule that protects branches or tags: an exact name or a pattern with `*`. */
export interface ProtectedBranchRule {
  name: string;
  push: ProtectionLevel;
  merge: ProtectionLevel;
  /** People, groups and deploy keys that a rule names beside its level, in words. */
  named?: readonly string[];
}

export interface ProtectedTagRule {
  name: string;
  create: ProtectionLevel;
  named?: readonly string[];
}

/** What decides which tokens a project's jobs can have; ids as strings, as in the token. Null: not known. */
export interface MintingProject {
  /** With scheme, e.g. https://gitlab.com */
  issuer: string;
  /** In GitLab's spelling. */
  path: string;
  id: string;
  namespaceId: string | null;
  components: readonly SubjectComponent[] | null;
  refs: readonly { name: string; type: RefType; protected: boolean }[] | null;
  protectedBranches: readonly ProtectedBranchRule[] | null;
  protectedTags: readonly ProtectedTagRule[] | null;
  /** As `/metadata` answers it, e.g. "19.4.1-ee". */
  gitlabVersion: string | null;
  visibility: "private" | "internal" | "public" | null;
  /** `ci_allow_fork_pipelines_to_run_in_parent_project`. */
  forksRunInParent: boolean | null;
}
