import type { Decision } from "@/lib/errors";
import { refused } from "@/lib/errors";
import type { Finding } from "@/lib/iam/findings/finding";
import type { PortalRole } from "@/lib/identity/model";
import { accessLevels } from "@/lib/identity/model";
import type { GoalKind } from "@/lib/plan/goal-words";
import type { RequestRule } from "./model";

/** What a request claims to stand on. */
export interface Claim {
  kind: GoalKind;
  rule: RequestRule;
  /** The project's path when it was asked for. */
  projectPath: string;
}

/** What GitLab says of it now. Null is what it does not tell. */
export interface GroundFacts {
  requester: { name: string; role: PortalRole | null; accessLevel: number };
  /** Who approved this very plan; null while nobody had to decide yet. */
  approvers: readonly { name: string; role: PortalRole | null }[] | null;
  project: { path: string; archived: boolean } | null;
  /** Findings that nobody has decided on: what the trust means has become worse, e.g. a ref lost its protection. */
  worse: readonly Finding[];
}

/** What is asked for with the form: it names the project's path, and is of use only where pipelines run. */
const ofTheForm: ReadonlySet<GoalKind> = new Set(["create", "edit"]);
/** Taking away opens nothing. */
const takesAway: ReadonlySet<GoalKind> = new Set(["remove", "undo"]);

type Ground = (claim: Claim, facts: GroundFacts) => string | null;

/** Everything that a request stands on, in the order in which people should hear of it: why not, or null. */
const grounds: Record<"requester" | "approvers" | "shown" | "path" | "archived" | "meaning", Ground> = {
  requester: ({ rule }, { requester: { name, role, accessLevel } }) => {
    if (rule === "platform-engineer")
      return role === "platform-engineer" ? null : `${name} is not a platform engineer any more.`;
    return accessLevel >= accessLevels.maintainer ? null : `${name} is not a Maintainer of the project any more.`;
  },
  approvers: ({ rule }, { approvers }) => {
    if (rule === "platform-engineer" || approvers === null) return null;
    if (approvers.length === 0) return "Nobody approved this plan.";
    const lapsed = approvers.find(({ role }) => role !== "platform-engineer");
    return lapsed ? `${lapsed.name} is not a platform engineer any more.` : null;
  },
  // A platform engineer may mend or remove the role of a project that GitLab does not show to Trustdesk.
  shown: ({ rule, projectPath }, { project }) =>
    project || rule === "platform-engineer"
      ? null
      : `GitLab does not show the project ${projectPath} to Trustdesk any more.`,
  path: ({ kind, projectPath }, { project }) =>
    !project || !ofTheForm.has(kind) || project.path === projectPath
      ? null
      : `The project has moved to ${project.path}; the plan is about ${projectPath}.`,
  archived: ({ kind }, { project }) =>
    project?.archived && ofTheForm.has(kind) ? "The project is archived in GitLab: its pipelines do not run." : null,
  meaning: ({ kind }, { worse }) =>
    takesAway.has(kind) || worse.length === 0
      ? null
      : `What it means has become worse since it was decided: ${worse.map(({ title }) => title).join(", ")}.`,
};

/** Whether a request still stands: the one list that is asked at submit, at approval and before it is applied. */
export function standsOn(claim: Claim, facts: GroundFacts): Decision {
  for (const ground of Object.values(grounds)) {
    const reason = ground(claim, facts);
    if (reason !== null) return refused(reason);
  }
  return { ok: true };
}
