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
  const { project, edited, snapshot } = input;
  const result = draftResult(input);
  const { trustPolicy, permissionPolicy, keptPolicies, desired, problems } = result;
  const shownPolicies = permissionPolicy ? [permissionPolicy] : [];
  const inlinePolicies = desired
    ? Object.values(desired.role.inlinePolicies)
    : [...shownPolicies, ...Object.values(keptPolicies)];
  const components = componentsShown(project);
  const goal = desired && formGoal(desired, edited);
  const planned = goal && snapshot ? planFor(goal, snapshot) : null;
  const plan = planned?.plan ?? null;
  const idle = goal && planned?.ok ? nothingToDo(goal, planned.plan, edited?.document ?? null) : null;
  return {
    trustPolicy,
    permissionPolicy,
    untold: components.ok ? null : components.reason,
    judged: toJudge(result, plan, input),
    plan,
    budgets: budgets({ trustPolicy, inlinePolicies }, snapshot?.quotas ?? defaultQuotas),
    problems: [
      ...problems,
      ...(planned && !planned.ok ? problemsOfPlan(planned.problems) : []),
      ...(idle ? [{ field: "form" as const, reason: idle }] : []),
    ],
  };
}

/** What there is to judge of the draft alone; null while there is no trust. */
export function judgedDraft(input: ConsequenceInput): Judged | null {
  return toJudge(draftResult(input), null, input);
}

function draftResult({ draft, project, account, owner, edited }: ConsequenceInput): DraftResult {
  return desiredRole(draft, { project, account, owner, recorded: edited?.document ?? null });
}

function toJudge(result: DraftResult, plan: Plan | null, input: ConsequenceInput): Judged | null {
  const { trustPolicy, desired } = result;
  const { project, edited, snapshot, refs, refsComplete = true, rules } = input;
  const about = { id: project.projectId, path: project.path };
  const live = { view: project, refs, refsComplete, ...(rules && { rules }) };
  if (desired) return judgedGoal({ goal: formGoal(desired, edited), plan, snapshot, project: about, live });
  return trustPolicy && partsToJudge(result, trustPolicy, { about, live, input });
}

/** While the rest of the form is missing, what there is of it is judged, with what the role keeps. */
function partsToJudge(
  { permissionPolicy, keptPolicies }: DraftResult,
  trustPolicy: RawPolicy,
  {
    about,
    live,
    input: { draft, project, account, edited },
  }: { about: { id: number; path: string }; live: LiveProject; input: ConsequenceInput },
): Judged {
  const inlinePolicies = { ...keptPolicies, ...(permissionPolicy ? { [draft.policyName]: permissionPolicy } : {}) };
  const { attachedPolicies = [] } = edited?.document ?? {};
  return {
    project: about,
    live,
    place: { ...templatePlace(account), issuer: project.issuer, audience: draft.audience },
    after: { document: { trustPolicy, inlinePolicies, attachedPolicies }, provider: "as planned" },
    before: null,
  };
}
