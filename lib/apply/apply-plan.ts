import type { Actor } from "@/lib/audit/model";
import type { Truth } from "@/lib/audit/payload";
import { awsFailure, errorCode, isRefusal } from "@/lib/aws/failure";
import type { AwsReader } from "@/lib/aws/reader";
import type { AwsWriter } from "@/lib/aws/writer";
import type { Clock } from "@/lib/clock";
import type { AwsAccount } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import type { Decision } from "@/lib/errors";
import type { Finding } from "@/lib/findings/finding";
import { judgeGoal } from "@/lib/judgement/judge-goal";
import type { LiveProject } from "@/lib/judgement/project";
import { worseThan } from "@/lib/judgement/worse";
import type { Change, RoleState, Snapshot } from "@/lib/plan/change";
import { callName } from "@/lib/plan/describe";
import { planDigest } from "@/lib/plan/digest";
import type { Goal } from "@/lib/plan/goal";
import { isRoleOf, planFor, questionOf } from "@/lib/plan/goal";
import type { GoalKind } from "@/lib/plan/goal-words";
import { isOnlyProviderAhead, standingOf } from "@/lib/plan/standing";
import type { Standing } from "@/lib/request/grounds";
import type { RequestRule } from "@/lib/request/model";
import { judgementOf } from "@/lib/request/read";
import { endFor, Stopped, stoppedBefore, strange, TryAgain } from "./apply-end";
import { mustBeBaseVersion } from "./base-version";
import type { JournalStep, RequestToApply, Run } from "./journal";
import { claim, journalIntent, recordFailure, recordStart, recordStep } from "./journal";
import { recordOutcome } from "./record-outcome";
import type { WorseNow } from "./stands-at-apply";

export interface ApplyContext {
  actor: Actor;
  clock: Clock;
  /** AWS as this request acts in it. */
  connect: (account: AwsAccount, requestId: string) => { reader: AwsReader; writer: AwsWriter };
  /** Whether what the request stands on still holds; GitLab's answer, now. */
  stillStands: (request: Standing, worse: WorseNow) => Promise<Decision>;
  /** No further try follows: an unknown outcome is then a failure. */
  lastTry: boolean;
}

interface Apply extends Run {
  reader: AwsReader;
  writer: AwsWriter;
  goal: Goal;
}

/**
 * Makes a request's plan true in AWS, change by change: intent into the journal, look, call, outcome into journal
 * and audit. It may be killed at any point and called again: a step with an intent finds AWS before the change
 * (and makes it) or after it (and records it); anything else stops with a failure. Before the first call rights,
 * the role's version and the plan are asked again. Returns normally when the request has come to an end, and throws
 * when a further try makes sense.
 */
export async function applyPlan({ requestId }: { requestId: string }, context: ApplyContext): Promise<void> {
  const run = await claim(requestId, context.actor, context.clock);
  if (!run) return;
  if (run.request.goal === null) {
    const { failure } = stoppedBefore(
      "OldRequest",
      "This request was made by an older version of Trustdesk.",
      "Make a new plan.",
    );
    return recordFailure(run, { failure, step: null, truth: null });
  }
  const apply: Apply = {
    ...run,
    ...context.connect(run.request.awsAccount, requestId),
    goal: fromJson<Goal>(run.request.goal),
  };
  let current: JournalStep | null = null;
  try {
    await mustBeJournalOfPlan(run);
    if (run.request.state === "queued" && !(await start(apply, context))) return;
    for (const step of run.request.steps) {
      current = step;
      await applyStep(apply, step);
    }
    current = null;
    await recordOutcome(apply, apply.goal, await look(apply));
  } catch (error) {
    const end = endFor(error, current, context.lastTry);
    if (!end) throw error;
    await recordFailure(run, { failure: end.failure, step: end.step, truth: await truthNow(apply) });
  }
}

/** Asks everything again, then says that the apply begins; false when it was cancelled meanwhile. */
async function start(apply: Apply, { stillStands }: ApplyContext): Promise<boolean> {
  const { goal, request } = apply;
  const seen = once(() => look(apply, questionOf(goal).withProviderUsers));
  const decision = await stillStands(standingOfRequest(request), async (live) => worseNow(apply, await seen(), live));
  if (!decision.ok) throw stoppedBefore("NotPermitted", decision.reason, "Nothing was changed in AWS.");
  const snapshot = await seen();
  const planned = planFor(goal, snapshot, request.id);
  if (!planned.ok) throw stoppedBefore("PlanMoved", planned.problems.map(({ reason }) => reason).join(" "));
  const isDecided =
    (await planDigest(planned.plan)) === request.planDigest || isOnlyProviderAhead(apply.plan, planned.plan, snapshot);
  if (!isDecided) throw stoppedBefore("PlanMoved", "AWS has changed since this plan was made.");
  return recordStart(apply, (tx) => mustBeBaseVersion(tx, goal, request.roleId));
}

/** Asked at each try, so that steps which were changed between two are not carried out either. */
async function mustBeJournalOfPlan({ request, plan }: Run): Promise<void> {
  const journalled = { ...plan, changes: request.steps.map(({ change }) => fromJson<Change>(change)) };
  if ((await planDigest(journalled)) === request.planDigest) return;
  const todo =
    request.state === "queued"
      ? undefined
      : "No further call was made. Compare with AWS below, find out who changed the database, then make a new plan.";
  throw stoppedBefore(
    "JournalMoved",
    "The steps in Trustdesk's database are not those of the plan that was decided on.",
    todo,
  );
}

/** Who approved another plan than this one does not count. */
function standingOfRequest({ decisions, ...request }: RequestToApply): Standing {
  const approvers = decisions
    .filter(({ verdict, planDigest: approved }) => verdict === "approved" && approved === request.planDigest)
    .map(({ person }) => person);
  const { projectId, projectPath, requester } = request;
  return {
    kind: request.kind as GoalKind,
    rule: request.rule as RequestRule,
    projectId,
    projectPath,
    requester,
    approvers,
  };
}

/** What the decided plan means by GitLab as it is now, and did not mean when it was decided. */
function worseNow({ goal, plan, request }: Apply, snapshot: Snapshot, live: LiveProject): Finding[] {
  const project = { id: request.projectId, path: request.projectPath };
  const now = judgeGoal({ goal, plan, snapshot, project, live });
  return worseThan(judgementOf(request), now);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= ask());
}

async function applyStep(apply: Apply, step: JournalStep): Promise<void> {
  if (step.state === "done" || step.state === "unchanged") return;
  const change = fromJson<Change>(step.change);
  if (change.kind === "keep-provider") return recordStep(apply, step, { state: "unchanged", awsRequestId: null });
  if (step.state === "pending" && callName(change) !== null) await journalIntent(apply, step);
  const { at, found } = await standing(apply, change);
  if (at === "elsewhere") throw new Stopped(strange(change, found), step);
  if (at === "after")
    return recordStep(apply, step, { state: step.state === "intent" ? "done" : "unchanged", awsRequestId: null });
  await call(apply, step, change);
}

async function call(apply: Apply, step: JournalStep, change: Change): Promise<void> {
  try {
    const { awsRequestId } = await apply.writer.perform(change, apply.request.id);
    await recordStep(apply, step, { state: "done", awsRequestId });
  } catch (error) {
    if (await holdsAfterAll(apply, change, error))
      return recordStep(apply, step, { state: "done", awsRequestId: null });
    if (isRefusal(error)) throw new Stopped({ ...awsFailure(error), refused: true }, step);
    throw error;
  }
}

/** Whether a refusal means that the change is made already; throws TryAgain where AWS does not show yet what it refers to. */
async function holdsAfterAll(apply: Apply, change: Change, error: unknown): Promise<boolean> {
  const code = errorCode(error);
  if (code === "EntityAlreadyExists") {
    const { at } = await standing(apply, change);
    // It is there and not visible yet, perhaps made by us before a kill: a later try tells whose it is.
    if (at === "before") throw new TryAgain(error);
    return at === "after";
  }
  // What was taken off the role a moment ago may still count for AWS.
  if (code === "DeleteConflict") throw new TryAgain(error);
  if (code === "NoSuchEntity") {
    if (change.after === null) return true;
    // The role was made a moment ago: IAM is eventually consistent, so a later try will find it.
    if ("roleName" in change) throw new TryAgain(error);
  }
  return false;
}

async function standing(apply: Apply, change: Change): Promise<ReturnType<typeof standingOf>> {
  const { goal, request } = apply;
  const isOurs = (role: RoleState) => isRoleOf(goal, role, request.id);
  return standingOf(change, await look(apply, change.kind === "delete-provider"), isOurs);
}

/** `withProviderUsers` takes a reading of every role, so it is asked only where it decides something. */
function look({ reader, goal }: Apply, withProviderUsers = false): Promise<Snapshot> {
  return reader.readSnapshot({ ...questionOf(goal), withProviderUsers });
}

/** What AWS holds of this plan, for whoever has to clean up; null where it cannot be read. */
async function truthNow(apply: Apply): Promise<Truth> {
  try {
    const { provider, role, readAt } = await look(apply);
    return { provider, role, readAt };
  } catch {
    return null;
  }
}
