import { recordChange } from "@/lib/audit/record-change";
import { database } from "@/lib/db/client";
import { knownError, mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { Goal } from "@/lib/plan/goal";
import { nothingToDo } from "@/lib/plan/nothing-to-do";
import { readFreshSnapshot } from "@/lib/snapshot/read";
import { mayAsk, ruleFor } from "./access";
import type { ChangeGoal } from "./change-goal";
import { changeGoal } from "./change-goal";
import { fileRequest } from "./file-request";
import { standsAtSubmit } from "./grounds";
import { mustBeShown, mustMeanTheSame, planGoal } from "./judged-plan";
import type { PlanNow } from "./plan-now";
import { planNow, snapshotSubject } from "./plan-now";
import { previewChangeSchema, submitChangeSchema } from "./schema";
import type { SubmitContext } from "./submit";
import { mustBePermitted } from "./submit";

/** The plan of a change that needs no form, as it stands now; polled while AWS is read. Throws as `submitChange`, and records no refusal. */
export async function previewChange(input: unknown, context: SubmitContext): Promise<PlanNow> {
  const { change, refresh } = previewChangeSchema.parse(input);
  const wanted = await changeGoal(database(), change, context);
  const accessLevel = await shownBy(context, wanted, context.accessLevel);
  mustBeAllowed(mayAsk(context.person, { accessLevel: accessLevel ?? 0 }, context.platformGroup));
  mustBeAllowed(wanted.inState);
  const { goal, reading, account } = wanted;
  const about = { project: wanted.project, live: context.recentProject };
  const first = await planNow(goal ?? reading, account.id, { refresh, clock: context.clock, about });
  if (goal)
    return withProblem(
      first,
      first.plan && (nothingToDo(goal, first.plan, null) ?? unshown(goal, wanted, context, accessLevel)),
    );
  return first.state === "ready"
    ? { ...first, plan: null, planDigest: null, problems: ["AWS holds no such role: there is nothing to take."] }
    : { ...first, plan: null, planDigest: null };
}

/**
 * Sends what needs no form: remove, put ours back, take AWS's, try again, undo. The same rules as for the form:
 * rights asked now, the plan and the judgement that were on screen by their digests, one request a role at a time.
 */
export async function submitChange(input: unknown, context: SubmitContext): Promise<{ id: string }> {
  const { change, ...shown } = submitChangeSchema.parse(input);
  const wanted = await changeGoal(database(), change, context);
  const { goal, account, project, roleName } = wanted;
  const live = await shownBy(context, wanted, context.liveProject);
  await mustBePermitted(
    mayAsk(context.person, { accessLevel: live?.view.accessLevel ?? 0 }, context.platformGroup),
    { projectId: project.id, projectPath: project.path, roleName },
    context,
  );
  mustBeAllowed(wanted.inState);
  if (!goal) throw new TrustdeskError("conflict", "AWS was not read yet: look at the plan, and send it again.");
  if (wanted.draft.justification.trim() === "")
    throw new TrustdeskError("bad-input", "Say why: who approves reads it, and so do auditors.", {
      field: "justification",
    });
  const snapshot = await readFreshSnapshot(database(), snapshotSubject(goal, account.id), context.clock);
  const planned = planGoal(goal, { project, live, snapshot });
  const digest = await mustBeShown(planned.plan, shown.planDigest);
  const idle = nothingToDo(goal, planned.plan, null);
  if (idle) throw new TrustdeskError("conflict", idle);
  await mustMeanTheSame({ ...planned, planDigest: digest }, shown.judgementDigest);
  return recordChange<{ id: string }>(context, async (tx) => {
    const { id, audit } = await fileRequest(
      tx,
      { ...wanted, live, planned, digest },
      { person: context.person, now: context.clock.now(), instanceId: context.instanceId },
    );
    return { value: { id }, audit };
  });
}

/** Why it would be refused where GitLab does not show the project to who asks; null where it does. */
function unshown(
  { kind }: Goal,
  { project }: ChangeGoal,
  { person }: SubmitContext,
  accessLevel: number | null,
): string | null {
  if (accessLevel !== null) return null;
  const stands = standsAtSubmit({ kind, rule: ruleFor(person), projectPath: project.path }, person, null);
  return stands.ok ? null : stands.reason;
}

/** A plan that is not worth a request has no digest to send. */
function withProblem(now: PlanNow, problem: string | null): PlanNow {
  return problem === null ? now : { ...now, planDigest: null, problems: [problem] };
}

/** What GitLab answers about the project now. Of a project that GitLab does not show any more a platform engineer may ask all the same; what stands in the way is then said with the plan. */
async function shownBy<Answer>(
  { person }: SubmitContext,
  { project, notShown }: ChangeGoal,
  ask: (projectId: number) => Promise<Answer>,
): Promise<Answer | null> {
  try {
    return await ask(project.id);
  } catch (error) {
    if (knownError(error)?.code !== "not-found") throw error;
    if (person.role === "platform-engineer") return null;
    throw notShown;
  }
}
