import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import { readAccountRow } from "@/lib/catalog/account-read";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Transaction } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { asJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import { enqueue } from "@/lib/jobs/enqueue";
import { planDigest } from "@/lib/plan/digest";
import { maySubmit, platformEngineerRule } from "./access";
import { mustBeTheOnlyOne } from "./contention";
import { draftKey } from "./draft-read";
import { mustBeWhole, planDraft } from "./plan-draft";
import type { LiveProject, PlannedDraft } from "./plan-draft";
import { submitSchema } from "./schema";
import type { RoleDraft } from "./schema";
import { readFreshSnapshot } from "./snapshot-read";

interface SubmitContext {
  person: SignedInPerson;
  actor: Actor;
  clock: Clock;
  instanceId: string;
  /** The portal's own OAuth application: login and CI tokens share issuer and keys, so it must not be an audience. */
  portalClientId: string;
  /** The group whose members can help those who may not. */
  platformGroup: string;
  /** The project, asked of GitLab now, with the person's own token; throws `not-found` for who cannot see it. */
  liveProject: (projectId: number) => Promise<LiveProject>;
}

/**
 * Puts a plan in line to be applied. Everything is asked again: the person's right, the project, what AWS holds;
 * the plan must be the one that was on screen. Throws `forbidden` (recorded in the audit), `bad-input` at a field,
 * or `conflict` with the newer plan, or with the other request for the same role, as data.
 */
export async function submitRequest(input: unknown, context: SubmitContext): Promise<{ id: string }> {
  const { draft, planDigest: shownDigest } = submitSchema.parse(input);
  const live = await context.liveProject(draft.projectId);
  await mustBePermitted(draft, live, context);
  if (draft.audience === context.portalClientId) throw new TrustdeskError("bad-input", "This is the portal's own OAuth application: whoever can sign in here could assume the role. Choose another audience.", { field: "audience" });
  const account = await accountOf(draft);
  const desired = mustBeWhole(draft, { project: live.view, account, owner: context.person });
  const snapshot = await readFreshSnapshot(database(), { awsAccountId: account.id, roleName: draft.roleName, issuer: desired.issuer, boundaryArn: draft.boundaryArn }, context.clock);
  const planned = planDraft(desired, live, snapshot);
  const digest = await planDigest(planned.plan);
  if (digest !== shownDigest) throw new TrustdeskError("conflict", "The plan has changed since it was on screen: look at the new one and apply it again.", { data: { plan: planned.plan, planDigest: digest } });
  return recordChange(context, (tx) => putInLine(tx, { draft, live, account, planned, digest }, context));
}

/** A refusal is itself recorded: who tried to get which role, and why not. */
async function mustBePermitted(draft: RoleDraft, live: LiveProject, context: SubmitContext): Promise<void> {
  const decision = maySubmit(context.person, live.view, context.platformGroup);
  if (decision.ok) return;
  await recordChange(context, () =>
    Promise.resolve({
      value: null,
      audit: { action: "role-request-refused", projectId: draft.projectId, projectPath: live.view.path, roleName: draft.roleName || undefined, detail: decision.reason },
    }),
  );
  throw new TrustdeskError("forbidden", decision.reason);
}

async function accountOf(draft: RoleDraft): Promise<AwsAccount> {
  if (draft.awsAccountId === "") throw new TrustdeskError("bad-input", "Choose an account.", { field: "awsAccountId" });
  return readAccountRow(database(), draft.awsAccountId);
}

interface Line {
  draft: RoleDraft;
  live: LiveProject;
  account: AwsAccount;
  planned: PlannedDraft;
  digest: string;
}

async function putInLine(tx: Transaction, { draft, live, account, planned, digest }: Line, { person, clock, instanceId }: SubmitContext) {
  await mustBeTheOnlyOne(tx, account.id, planned);
  const { plan, findings, grade, admitted } = planned;
  const request = await tx.roleRequest.create({
    data: {
      ...{ instanceId, requesterId: person.id, projectId: live.view.projectId, projectPath: live.view.path },
      ...{ awsAccountId: account.id, roleName: draft.roleName, rolePath: draft.rolePath, planDigest: digest, grade },
      ...{ draft: asJson(draft), plan: asJson(plan), findings: asJson(findings), admitted: asJson(admitted) },
      ...{ state: "queued", rule: platformEngineerRule, createdAt: clock.now() },
      steps: { create: plan.changes.map((change, index) => ({ index, change: asJson(change), state: "pending" })) },
    },
  });
  await tx.draft.deleteMany({ where: { personId: person.id, key: draftKey(draft.projectId) } });
  await enqueue(tx, "apply-request", { requestId: request.id }, { queueName: `role:${account.accountId}:${draft.roleName.toLowerCase()}`, jobKey: `apply-request:${request.id}` });
  const audit = {
    ...{ action: "role-request-submitted" as const, requestId: request.id, projectId: live.view.projectId, projectPath: live.view.path },
    ...{ roleName: draft.roleName, accountId: account.accountId, after: { plan, planDigest: digest, grade }, detail: draft.justification },
  };
  return { value: { id: request.id }, audit };
}
