import type { AccountChoice } from "@/lib/account/model";
import type { Budget } from "@/lib/iam/budget";
import { budgets } from "@/lib/iam/budget";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import type { Judged } from "@/lib/judgement/judge";
import { judgedGoal } from "@/lib/judgement/judged-goal";
import type { LiveJudgement } from "@/lib/judgement/judgement";
import type { LiveProject } from "@/lib/judgement/project";
import { componentsShown } from "@/lib/judgement/project";
import type { Plan, Snapshot } from "@/lib/plan/change";
import type { Goal } from "@/lib/plan/goal";
import { planFor } from "@/lib/plan/goal";
import { nothingToDo } from "@/lib/plan/nothing-to-do";
import type { ProjectView } from "@/lib/project/model";
import type { DraftResult, EditedRole } from "./desired";
import { desiredRole, formGoal, problemsOfPlan, templatePlace } from "./desired";
import type { DraftProblem, RoleDraft } from "./schema";

export interface ConsequenceInput extends Pick<LiveProject, "refs" | "refsComplete" | "rules"> {
  draft: RoleDraft;
  project: ProjectView;
  account: AccountChoice | null;
  owner: { username: string };
  /** The role that the form changes; null for a new one. */
  edited: EditedRole | null;
  /** Null until AWS was read for this account and name. */
  snapshot: Snapshot | null;
}

/** What the choice on the left means, all of it derived; what is said of it comes from the judge. */
interface Derived extends Pick<DraftResult, "trustPolicy" | "permissionPolicy"> {
  /** Why it can't be told who gets in; null where it can. */
  untold: string | null;
  /** What there is to judge; null while there is no trust. */
  judged: Judged | null;
  plan: Plan | null;
  budgets: Budget[];
  problems: DraftProblem[];
}

/** The same with what is said of it. */
export interface Consequence extends Derived {
  /** Of what was judged last: null while nothing was. */
  judgement: LiveJudgement | null;
  /** Whether that is of something else than what is chosen now, or there is none yet. */
  isJudging: boolean;
}

/** IAM's defaults, until the account's own were read. */
const defaultQuotas = { trustPolicy: 2048, inlinePolicies: 10_240 };

/** Derives everything that the pane shows but the judgement, with the functions by which the server decides. */
export function consequenceOf(input: ConsequenceInput): Derived {
  const { draft, project, account, owner, edited, snapshot } = input;
  const recorded = edited?.document ?? null;
  const { trustPolicy, permissionPolicy, desired, problems } = desiredRole(draft, {
    project,
    account,
    owner,
    recorded,
  });
  const inlinePolicies = desired
    ? Object.values(desired.role.inlinePolicies)
    : permissionPolicy
      ? [permissionPolicy]
      : [];
  const components = componentsShown(project);
  const goal = desired && formGoal(desired, edited);
  const planned = goal && snapshot ? planFor(goal, snapshot) : null;
  const plan = planned?.plan ?? null;
  const idle = goal && planned?.ok ? nothingToDo(goal, planned.plan, edited?.document ?? null) : null;
  return {
    trustPolicy,
    permissionPolicy,
    untold: components.ok ? null : components.reason,
    judged: goal ? judgedForm(goal, plan, input) : trustPolicy && judgedTrust(trustPolicy, input),
    plan,
    budgets: budgets({ trustPolicy, inlinePolicies }, snapshot?.quotas ?? defaultQuotas),
    problems: [
      ...problems,
      ...(planned && !planned.ok ? problemsOfPlan(planned.problems) : []),
      ...(idle ? [{ field: "form" as const, reason: idle }] : []),
    ],
  };
}

function judgedForm(goal: Goal, plan: Plan | null, input: ConsequenceInput): Judged {
  const { project, snapshot } = input;
  const about = { id: project.projectId, path: project.path };
  return judgedGoal({ goal, plan, snapshot, project: about, live: liveOf(input) });
}

function liveOf({ project, refs, refsComplete = true, rules }: ConsequenceInput): LiveProject {
  return { view: project, refs, refsComplete, rules };
}

/** While the rest of the form is missing, its trust is judged by itself. */
function judgedTrust(trustPolicy: RawPolicy, input: ConsequenceInput): Judged {
  const { draft, project, account } = input;
  return {
    project: { id: project.projectId, path: project.path },
    live: liveOf(input),
    place: { ...templatePlace(account), issuer: project.issuer, audience: draft.audience },
    after: { document: { trustPolicy, inlinePolicies: {} }, provider: "as planned" },
    before: null,
  };
}
