import { readAccountRow } from "@/lib/account/read";
import type { AuditEvent } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import { questionOf } from "@/lib/plan/goal";
import { nothingToDo } from "@/lib/plan/nothing-to-do";
import { formGoal } from "@/lib/role-form/desired";
import { discardSubmitted } from "@/lib/role-form/discard-draft";
import type { RoleDraft } from "@/lib/role-form/schema";
import { readFreshSnapshot } from "@/lib/snapshot/read";
import { mayReplace, maySubmit } from "./access";
import { fileRequest } from "./file-request";
import { followerOf } from "./going-on";
import type { RequestState } from "./model";
import { mustBeWhole, planGoal } from "./plan-goal";
import type { RecordedRole } from "./read-recorded-role";
import { mustBeVersion, readRecordedRole, recordedRoleNotFound } from "./read-recorded-role";
import { submitSchema } from "./schema";
import type { SubmitContext } from "./submit-context";
import { mustBePermitted, mustBeShown } from "./submit-context";
import { withdrawInFavour } from "./withdraw";

/**
 * Sends the form: a new role, or a change of one. A platform engineer's goes in line to be applied, an owner's waits
 * for approval. Everything is asked again: the person's right, the project, the role's version, what AWS holds; the
 * plan must be the one that was on screen. Throws `forbidden` (recorded in the audit), `bad-input` at a field,
 * or `conflict` with the newer plan, the newer version, or the other request for the same role, as data.
 */
export async function submitRequest(input: unknown, context: SubmitContext): Promise<{ id: string }> {
  const { draft, planDigest: shownDigest, edit, replaces } = submitSchema.parse(input);
  const live = await context.liveProject(draft.projectId);
  await mustBePermitted(
    maySubmit(context.person, live.view, context.platformGroup),
    { projectId: draft.projectId, projectPath: live.view.path, roleName: draft.roleName },
    context,
  );
  if (draft.audience === context.portalClientId)
    throw new TrustdeskError(
      "bad-input",
      "This is the portal's own OAuth application: whoever can sign in here could assume the role. Choose another audience.",
      { field: "audience" },
    );
  const account = await accountOf(draft);
  const recorded = edit ? await roleToEdit(edit, draft, context) : null;
  const place = { project: live.view, account, owner: context.person };
  const desired = mustBeWhole(draft, { ...place, recorded: recorded?.document ?? null });
  const goal = formGoal(desired, recorded);
  const { boundaryArn, withProviderUsers } = questionOf(goal);
  const snapshot = await readFreshSnapshot(
    database(),
    { awsAccountId: account.id, roleName: draft.roleName, issuer: desired.issuer, boundaryArn, withProviderUsers },
    context.clock,
  );
  const project = { id: live.view.projectId, path: live.view.path };
  const planned = planGoal(goal, { project, live, snapshot });
  const digest = await mustBeShown(planned.plan, shownDigest);
  const idle = nothingToDo(goal, planned.plan, recorded?.document ?? null);
  if (idle) throw new TrustdeskError("bad-input", idle, { field: "form" });
  return recordChange<{ id: string }>(context, async (tx) => {
    const replaced = replaces === undefined ? [] : await replace(tx, replaces, draft.projectId, context);
    const request = {
      planned,
      digest,
      draft,
      project,
      live,
      account,
      roleName: draft.roleName,
      rolePath: draft.rolePath,
      roleId: recorded?.id ?? null,
      originId: replaces ?? null,
    };
    const { id, audit } = await fileRequest(tx, request, {
      person: context.person,
      now: context.clock.now(),
      instanceId: context.instanceId,
    });
    const { roleId, baseVersion } = edit ?? {};
    const subject = { projectId: draft.projectId, roleId, requestId: replaces, baseVersion };
    await discardSubmitted(tx, subject, context.person.id);
    return { value: { id }, audit: [audit, ...replaced] };
  });
}

async function accountOf(draft: RoleDraft): Promise<AwsAccount> {
  if (draft.awsAccountId === "") throw new TrustdeskError("bad-input", "Choose an account.", { field: "awsAccountId" });
  return readAccountRow(database(), draft.awsAccountId);
}

/** The role that is changed. IAM can change neither name nor path nor account, and a project keeps its role. */
async function roleToEdit(
  { roleId, baseVersion }: { roleId: string; baseVersion: number },
  draft: RoleDraft,
  { instanceId }: SubmitContext,
): Promise<RecordedRole> {
  const recorded = await readRecordedRole(database(), instanceId, roleId);
  if (recorded.projectId !== draft.projectId) throw recordedRoleNotFound();
  if (recorded.awsAccountId !== draft.awsAccountId)
    throw new TrustdeskError("bad-input", "A role stays in its account: make a new one in the other account.", {
      field: "awsAccountId",
    });
  if (recorded.name !== draft.roleName)
    throw new TrustdeskError("bad-input", "AWS cannot rename a role: make a new one.", { field: "roleName" });
  if (recorded.document.path !== draft.rolePath)
    throw new TrustdeskError("bad-input", "AWS cannot move a role to another path: make a new one.", {
      field: "rolePath",
    });
  mustBeVersion(recorded, baseVersion);
  return recorded;
}

/** The request that this one takes the place of; what still waits is withdrawn by it. */
async function replace(
  tx: Transaction,
  id: string,
  projectId: number,
  { person, clock, instanceId }: SubmitContext,
): Promise<AuditEvent[]> {
  const old = await tx.roleRequest.findFirst({ where: { id, instanceId, projectId }, include: { awsAccount: true } });
  if (!old) throw new TrustdeskError("not-found", "There is no such request to replace.");
  mustBeAllowed(
    mayReplace(person, { requesterId: old.requesterId, state: old.state as RequestState }, await followerOf(tx, id)),
  );
  return old.state === "requested" ? [await withdrawInFavour(tx, old, clock.now())] : [];
}
