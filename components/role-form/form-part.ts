import type { AccountChoice } from "@/lib/account/model";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RoleDocument, RoleState } from "@/lib/plan/change";
import type { ProjectView } from "@/lib/project/model";
import type { Consequence } from "@/lib/role-form/consequence";
import type { DraftProblem, RoleDraft } from "@/lib/role-form/schema";

/** What every part of the form gets. */
export interface FormPart {
  draft: RoleDraft;
  change: (next: RoleDraft) => void;
  project: ProjectView;
  /** Null where GitLab does not show them. */
  refs: readonly GitRef[] | null;
  /** False where `refs` is but the first of them. */
  refsComplete: boolean;
  accounts: readonly AccountChoice[];
  account: AccountChoice | null;
  consequence: Consequence;
  /** The role that AWS holds under the typed name, or null. */
  existing: RoleState | null;
  /** The version of the role that the form changes; null for a new role. */
  recorded: RoleDocument | null;
  /** Whether the recorded trust has a statement that the form shows; true for a new role. */
  hasStatement: boolean;
  /** A role that is changed keeps its account, name and path: AWS can change none of them. */
  fixedPlace: boolean;
  /** The first problem at a field, shown once it was touched or a submit was tried. */
  errorAt: (field: DraftProblem["field"]) => string | undefined;
  touch: (field: DraftProblem["field"]) => void;
}
