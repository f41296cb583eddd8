import { recordChange } from "@/lib/audit/record-change";
import { database } from "@/lib/db/client";
import { knownError, mustBeAllowed, TrustdeskError } from "@/lib/errors";
import { mayAsk } from "./access";
import { changeGoal } from "./change-goal";
import type { ChangeGoal } from "./change-goal";
import { fileRequest } from "./file-request";
import { planGoal } from "./plan-goal";
import type { LiveProject } from "./plan-goal";
import { planNow, snapshotSubject } from "./plan-now";
import type { PlanNow } from "./plan-now";
import { previewChangeSchema, submitChangeSchema } from "./schema";
import { readFreshSnapshot } from "./snapshot-read";
import { mustBePermitted, mustBeShown } from "./submit-context";
import type { SubmitContext } from "./submit-context";

/** The plan of a change that needs no form, as it stands now; polled while AWS is read. Throws as `submitChange`, and records no refusal. */
export async function previewChange(input: unknown, context: SubmitContext): Promise<PlanNow> {
  const { change, refresh } = previewChangeSchema.parse(input);
  const wanted = await changeGoal(database(), change, context);
  const decision = mayAsk(context.person, { accessLevel: await accessLevel(wanted, context) }, context.platformGroup);
  mustBeAllowed(decision);
  mustBeAllowed(wanted.inState);
  const { goal, reading, account } = wanted;
  const first = await planNow(goal ?? reading, account.id, { refresh, clock: context.clock });
  if (goal) return first;
  return first.state === "ready" ? { ...first, plan: null, planDigest: null, problems: ["AWS holds no such role: there is nothing to take."] } : { ...first, plan: null, planDigest: null };
}

/**
 * Sends what needs no form: remove, put ours back, take AWS's, try again, undo. The same rules as for the form:
 * rights asked now, the plan that was on screen by its digest, one request a role at a time.
 */
export async function submitChange(input: unknown, context: SubmitContext): Promise<{ id: string }> {
  const { change, planDigest: shownDigest } = submitChangeSchema.parse(input);
  const wanted = await changeGoal(database(), change, context);
  const { goal, account, project, roleName } = wanted;
  const live = await projectOf(wanted, context);
  await mustBePermitted(mayAsk(context.person, { accessLevel: live?.view.accessLevel ?? 0 }, context.platformGroup), { projectId: project.id, projectPath: project.path, roleName }, context);
  mustBeAllowed(wanted.inState);
  if (!goal) throw new TrustdeskError("conflict", "AWS was not read yet: look at the plan, and send it again.");
  if (wanted.draft.justification.trim() === "") throw new TrustdeskError("bad-input", "Say why: who approves reads it, and so do auditors.", { field: "justification" });
  const snapshot = await readFreshSnapshot(database(), snapshotSubject(goal, account.id), context.clock);
  const planned = planGoal(goal, live, snapshot);
  const digest = await mustBeShown(planned.plan, shownDigest);
  return recordChange<{ id: string }>(context, async (tx) => {
    const { id, audit } = await fileRequest(tx, { ...wanted, planned, digest }, { person: context.person, now: context.clock.now(), instanceId: context.instanceId });
    return { value: { id }, audit };
  });
}

async function accessLevel(wanted: ChangeGoal, context: SubmitContext): Promise<number> {
  return (await projectOf(wanted, context))?.view.accessLevel ?? 0;
}

/** The project, live. A platform engineer may remove or mend the role of a project that GitLab does not show any more. */
async function projectOf({ project }: ChangeGoal, { person, liveProject }: SubmitContext): Promise<LiveProject | null> {
  try {
    return await liveProject(project.id);
  } catch (error) {
    if (person.role === "platform-engineer" && knownError(error)?.code === "not-found") return null;
    throw error;
  }
}
