import { readAccountRow } from "@/lib/account/read";
import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import type { Decision } from "@/lib/errors";
import { TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import { questionOf } from "@/lib/plan/goal";
import { nothingToDo } from "@/lib/plan/nothing-to-do";
import type { VisibleProject } from "@/lib/project/open-live-project";
import { formGoal } from "@/lib/role-form/desired";
import { discardSubmitted } from "@/lib/role-form/discard-draft";
import type { RoleDraft } from "@/lib/role-form/schema";
import { readFreshSnapshot } from "@/lib/snapshot/read";
import { maySubmit } from "./access";
import { fileRequest } from "./file-request";
import { mustBeShown, mustBeWhole, mustMeanTheSame, planGoal } from "./judged-plan";
import type { RecordedRole } from "./read-recorded-role";
import { mustBeVersion, readRecordedRole, recordedRoleNotFound } from "./read-recorded-role";
import { submitSchema } from "./schema";
import { withdrawInFavour } from "./withdraw";

/**
 * Sends the form: a new role, or a change of one. A platform engineer's goes in line to be applied, an owner's waits
 * for approval. Everything is asked again: the person's right, the project, the role's version, what AWS holds; the
 * plan, and what is said of it, must be what was on screen. Throws `forbidden` (recorded in the audit), `bad-input` at a
 * field, or `conflict` with the newer plan, the newer judgement, the newer version, or the other request for the same role, as data.
 */
export async function submitRequest(input: unknown, context: SubmitContext): Promise<{ id: string }> {
  const { draft, edit, replaces, ...shown } = submitSchema.parse(input);
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
  const digest = await mustBeShown(planned.plan, shown.planDigest);
  const idle = nothingToDo(goal, planned.plan, recorded?.document ?? null);
  if (idle) throw new TrustdeskError("bad-input", idle, { field: "form" });
  await mustMeanTheSame({ ...planned, planDigest: digest }, shown.judgementDigest);
  return recordChange<{ id: string }>(context, async (tx) => {
    const replaced = replaces === undefined ? [] : await withdrawInFavour(tx, replaces, draft.projectId, context);
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

/** Who asks, and what asking needs from outside. */
export interface SubmitContext {
  person: SignedInPerson;
  actor: Actor;
  clock: Clock;
  instanceId: string;
  /** The https URL of the tokens' issuer. */
  issuer: string;
  /** The portal's own OAuth application: login and CI tokens share issuer and keys, so it must not be an audience. */
  portalClientId: string;
  /** The group whose members can help those who may not. */
  platformGroup: string;
  /** The project, asked of GitLab now, with the person's own token; throws `not-found` for who cannot see it. */
  liveProject: (projectId: number) => Promise<VisibleProject>;
  /** The same as it was shown within the last minute, to look at; null where GitLab does not show it. */
  recentProject: (projectId: number) => Promise<VisibleProject | null>;
  /** GitLab's integer for the person in the project, asked now and of nothing else; throws as `liveProject`. */
  accessLevel: (projectId: number) => Promise<number>;
}

/** Throws the decision's reason as `forbidden`. A refusal is itself recorded: who tried to get which role, and why not. */
export async function mustBePermitted(
  decision: Decision,
  about: { projectId: number; projectPath: string; roleName: string },
  context: SubmitContext,
): Promise<void> {
  if (decision.ok) return;
  const { roleName, ...project } = about;
  await recordChange(context, () =>
    Promise.resolve({
      value: null,
      audit: { action: "role-request-refused", ...project, roleName: roleName || undefined, detail: decision.reason },
    }),
  );
  throw new TrustdeskError("forbidden", decision.reason);
}
