import type { Actor } from "@/lib/audit/model";
import { awsFailure, errorCode, isRefusal } from "@/lib/aws/failure";
import type { AwsReader, SnapshotQuestion } from "@/lib/aws/reader";
import type { AwsWriter } from "@/lib/aws/writer";
import type { Clock } from "@/lib/clock";
import type { AwsAccount } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import type { Decision } from "@/lib/errors";
import type { Change, Snapshot } from "@/lib/plan/change";
import { planRole } from "@/lib/plan/diff";
import type { DesiredRole } from "@/lib/plan/diff";
import { planDigest } from "@/lib/plan/digest";
import type { AwsFailure } from "@/lib/role-request/model";
import { roleDraftSchema } from "@/lib/role-request/schema";
import { claim, journalIntent, recordFailure, recordStart, recordStep } from "./journal";
import type { JournalStep, Run } from "./journal";
import { desiredOfPlan } from "./plan-parts";
import { recordRole } from "./record-role";
import { standingOf } from "./standing";

export interface ApplyContext {
  actor: Actor;
  clock: Clock;
  /** AWS as this request acts in it. */
  connect: (account: AwsAccount, requestId: string) => { reader: AwsReader; writer: AwsWriter };
  /** Whether the requester may still do this; GitLab's answer, now. */
  rightsCheck: (requester: { gitlabUserId: number; name: string }) => Promise<Decision>;
  /** No further try follows: an unknown outcome is then a failure. */
  lastTry: boolean;
}

interface Apply extends Run {
  reader: AwsReader;
  writer: AwsWriter;
  desired: DesiredRole;
}

/** The apply ends here, for good. */
class Stopped extends Error {
  readonly failure: AwsFailure;
  readonly step: JournalStep | null;

  constructor(failure: AwsFailure, step: JournalStep | null) {
    super(failure.message);
    this.failure = failure;
    this.step = step;
  }
}

/** AWS refused, but would not a moment later. */
class TryAgain extends Error {
  constructor(cause: unknown) {
    super("AWS does not show the role yet", { cause });
  }
}

/**
 * Makes a request's plan true in AWS, change by change: intent into the journal, look, call, outcome into journal
 * and audit. It may be killed at any point and called again: a step with an intent finds AWS before the change
 * (and makes it) or after it (and records it); anything else stops with a failure. Before the first call rights
 * and plan are asked again. Returns normally when the request has come to an end, and throws when a further try
 * makes sense.
 */
export async function applyPlan({ requestId }: { requestId: string }, context: ApplyContext): Promise<void> {
  const run = await claim(requestId, context.actor, context.clock);
  if (!run) return;
  const audience = roleDraftSchema.parse(run.request.draft).audience;
  const apply: Apply = { ...run, ...context.connect(run.request.awsAccount, requestId), desired: desiredOfPlan(run.plan, audience) };
  let current: JournalStep | null = null;
  try {
    if (run.request.state === "queued" && !(await start(apply, context))) return;
    for (const step of run.request.steps) {
      current = step;
      await applyStep(apply, step);
    }
    current = null;
    await recordRole(apply, await look(apply));
  } catch (error) {
    const stopped = stopFor(error, current, context.lastTry);
    if (!stopped) throw error;
    await recordFailure(run, { failure: stopped.failure, step: stopped.step, truth: await truthNow(apply) });
  }
}

/** Asks everything again, then says that the apply begins; false when it was cancelled meanwhile. */
async function start(apply: Apply, { rightsCheck }: ApplyContext): Promise<boolean> {
  const decision = await rightsCheck(apply.request.requester);
  if (!decision.ok) throw new Stopped(failure("NotPermitted", decision.reason, "Nothing was changed in AWS."), null);
  const planned = planRole(apply.desired, await look(apply));
  if (!planned.ok) throw new Stopped(failure("PlanMoved", planned.problems.map(({ reason }) => reason).join(" "), "Nothing was changed in AWS. Make a new plan."), null);
  if ((await planDigest(planned.plan)) !== apply.request.planDigest) throw new Stopped(failure("PlanMoved", "AWS has changed since this plan was made.", "Nothing was changed in AWS. Make a new plan."), null);
  return recordStart(apply);
}

async function applyStep(apply: Apply, step: JournalStep): Promise<void> {
  if (step.state === "done" || step.state === "unchanged") return;
  const change = fromJson<Change>(step.change);
  if (change.kind === "keep-provider") return recordStep(apply, step, { state: "unchanged", awsRequestId: null });
  if (step.state === "pending") await journalIntent(apply, step);
  const { at, found } = standingOf(change, await look(apply), apply.request.id);
  if (at === "elsewhere") throw new Stopped(strange(change, found), step);
  if (at === "after") return recordStep(apply, step, { state: step.state === "intent" ? "done" : "unchanged", awsRequestId: null });
  await call(apply, step, change);
}

async function call(apply: Apply, step: JournalStep, change: Change): Promise<void> {
  const { request, writer } = apply;
  try {
    const { awsRequestId } = await writer.perform(change, request.id);
    await recordStep(apply, step, { state: "done", awsRequestId });
  } catch (error) {
    const code = errorCode(error);
    if (code === "EntityAlreadyExists") {
      const { at } = standingOf(change, await look(apply), request.id);
      if (at === "after") return recordStep(apply, step, { state: "done", awsRequestId: null });
      // It is there and not visible yet, perhaps made by us before a kill: a later try tells whose it is.
      if (at === "before") throw new TryAgain(error);
    }
    // The role was made a moment ago: IAM is eventually consistent, so a later try will find it.
    if (code === "NoSuchEntity" && change.kind === "put-inline-policy") throw new TryAgain(error);
    if (isRefusal(error)) throw new Stopped(awsFailure(error), step);
    throw error;
  }
}

function look({ reader, plan, desired }: Apply): Promise<Snapshot> {
  const question: SnapshotQuestion = { accountId: plan.accountId, partition: desired.partition, roleName: desired.role.name, issuer: desired.issuer, boundaryArn: desired.role.boundaryArn };
  return reader.readSnapshot(question);
}

/** The end that an error means, or null when a further try makes sense. */
function stopFor(error: unknown, step: JournalStep | null, lastTry: boolean): Stopped | null {
  if (error instanceof Stopped) return error;
  if (error instanceof TryAgain) return lastTry ? new Stopped(awsFailure(error.cause), step) : null;
  if (isRefusal(error) || (lastTry && isAwsError(error))) return new Stopped(awsFailure(error), step);
  return lastTry ? new Stopped(failure("NotFinished", "The apply could not be finished: the role is not in AWS as it was made, or Trustdesk failed.", "Compare with AWS below, mend it there, then make a new plan."), step) : null;
}

function isAwsError(error: unknown): boolean {
  return error instanceof Error && ("$metadata" in error || "$response" in error || errorCode(error) === "CredentialsProviderError");
}

/** What AWS holds of this plan, for whoever has to clean up; null where it cannot be read. */
async function truthNow(apply: Apply): Promise<unknown> {
  try {
    const { provider, role, readAt } = await look(apply);
    return { provider, role, readAt };
  } catch {
    return null;
  }
}

/** Both documents are shown: what the plan foresaw, and what is there. */
function strange(change: Change, found: unknown): AwsFailure {
  const foreseen = change.before === null ? "nothing there" : JSON.stringify(change.before);
  const message = `AWS holds neither what was before this change nor what comes after it. The plan foresaw ${foreseen}, then ${JSON.stringify(change.after)}. AWS holds ${JSON.stringify(found)}.`;
  return failure("AwsMoved", message, "Somebody else works on it: nothing of theirs was overwritten. Agree with them and make a new plan.");
}

function failure(code: string, message: string, todo: string): AwsFailure {
  return { code, message, todo, requestId: null };
}
