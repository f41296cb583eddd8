import { readAccountRow } from "@/lib/account/read";
import type { Database } from "@/lib/db/client";
import type { AwsAccount, Prisma } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import type { Decision, TrustdeskError } from "@/lib/errors";
import { providerArn } from "@/lib/iam/arn";
import { readPolicy } from "@/lib/iam/policy-schema";
import { usualAudience } from "@/lib/iam/trust-view";
import { audienceFor } from "@/lib/iam/trusted-provider";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Change, Plan } from "@/lib/plan/change";
import type { DesiredRole } from "@/lib/plan/diff";
import { documentOf } from "@/lib/plan/edit";
import type { Goal } from "@/lib/plan/goal";
import type { RoleDraft } from "@/lib/role-form/schema";
import { roleDraftSchema } from "@/lib/role-form/schema";
import { readSnapshotRow, snapshotIn } from "@/lib/snapshot/read";
import { goingOn } from "./going-on";
import { goalOfRequest, snapshotSubject } from "./plan-now";
import { requestNotFound } from "./read";
import type { RecordedRole } from "./read-recorded-role";
import { readRecordedRole, recordedRoleNotFound } from "./read-recorded-role";
import type { RoleChange } from "./schema";

/** What a change that needs no form amounts to. `goal` is null while AWS has to be read first. */
export interface ChangeGoal {
  goal: Goal | null;
  /** What to read from AWS before there can be a goal. */
  reading: Goal;
  account: AwsAccount;
  project: { id: number; path: string };
  roleName: string;
  rolePath: string;
  roleId: string | null;
  originId: string | null;
  draft: RoleDraft;
  /** What is said to whom GitLab does not show the project: the same as of a role or request that is not there. */
  notShown: TrustdeskError;
  /** Whether the state of things allows it; whose project it is has to be asked first. */
  inState: Decision;
}

interface Asking {
  person: SignedInPerson;
  instanceId: string;
  issuer: string;
}

/** Finds what is wanted. Throws `not-found` for a role or request that is not there. */
export async function changeGoal(db: Database, change: RoleChange, asking: Asking): Promise<ChangeGoal> {
  if (change.kind === "retry" || change.kind === "undo") return goOn(db, change, asking);
  const role = await readRecordedRole(db, asking.instanceId, change.roleId);
  const account = await readAccountRow(db, role.awsAccountId);
  return aboutRole(role, account, await roleGoal(db, change, role, account, asking), change.justification);
}

function aboutRole(
  role: RecordedRole,
  account: AwsAccount,
  { goal, reading }: { goal: Goal | null; reading: Goal },
  justification: string,
): ChangeGoal {
  const project = { id: role.projectId, path: role.projectPath };
  return {
    goal,
    reading,
    account,
    project,
    roleName: role.name,
    rolePath: role.document.path,
    roleId: role.id,
    originId: null,
    draft: reasonsOnly({ ...role, roleName: role.name, rolePath: role.document.path }, justification),
    notShown: recordedRoleNotFound(),
    inState: { ok: true },
  };
}

/** What is asked for without a form: only where, and why. */
function reasonsOnly(
  {
    projectId,
    awsAccountId,
    roleName,
    rolePath,
  }: Pick<RoleDraft, "projectId" | "awsAccountId" | "roleName" | "rolePath">,
  justification: string,
): RoleDraft {
  return roleDraftSchema.parse({
    projectId,
    awsAccountId,
    roleName,
    rolePath,
    permissions: { kind: "none" },
    justification,
  });
}

async function roleGoal(
  db: Database,
  change: Extract<RoleChange, { roleId: string }>,
  role: RecordedRole,
  account: AwsAccount,
  { issuer }: Asking,
): Promise<{ goal: Goal | null; reading: Goal }> {
  const recorded = { uniqueId: role.uniqueId, baseVersion: role.version };
  const desired: DesiredRole = {
    accountId: account.accountId,
    partition: account.partition,
    issuer,
    audience: audienceFor(readPolicy(role.document.trustPolicy), providerArn({ ...account, issuer }), usualAudience),
    role: role.document,
  };
  const restore: Goal = { kind: "restore", desired, ...recorded, continues: [] };
  if (change.kind === "restore") return { goal: restore, reading: restore };
  if (change.kind === "remove") {
    const removal: Goal = {
      kind: "remove",
      ...removalOf(desired, role),
      removeProvider: change.removeProvider,
      ...recorded,
      continues: [],
    };
    return { goal: removal, reading: removal };
  }
  const subject = snapshotSubject(restore, account.id);
  const live = snapshotIn(await readSnapshotRow(db, subject), subject)?.role;
  const adopted: Goal | null = live
    ? { kind: "adopt", desired: { ...desired, role: documentOf(live) }, ours: role.document, ...recorded }
    : null;
  return { goal: adopted, reading: restore };
}

function removalOf(
  { accountId, partition, issuer, audience }: DesiredRole,
  { name, arn }: { name: string; arn: string },
) {
  return { accountId, partition, issuer, audience, roleName: name, roleArn: arn };
}

/** A failed request is tried again, or what it made is taken away: for a change of a role that means putting our version back. */
async function goOn(
  db: Database,
  { kind, requestId, justification }: Extract<RoleChange, { requestId: string }>,
  asking: Asking,
): Promise<ChangeGoal> {
  const failed = await db.roleRequest.findFirst({
    where: { id: requestId, instanceId: asking.instanceId },
    include: { awsAccount: true, steps: true },
  });
  if (!failed) throw requestNotFound();
  const inState = (await goingOn(db, asking.person, failed))[kind];
  const goal = goalOfRequest(failed);
  const kept = roleDraftSchema.safeParse(failed.draft);
  const draft = kept.success ? kept.data : reasonsOnly(failed, "");
  const next = kind === "undo" && inState.ok ? await undoing(db, goal, failed, asking) : goingOnFrom(goal, failed.id);
  return {
    goal: next,
    reading: next,
    account: failed.awsAccount,
    project: { id: failed.projectId, path: failed.projectPath },
    roleName: failed.roleName,
    rolePath: failed.rolePath,
    roleId: failed.roleId,
    originId: failed.id,
    notShown: requestNotFound(),
    inState,
    draft: { ...draft, justification: justification || draft.justification },
  };
}

function goingOnFrom(goal: Goal, failedId: string): Goal {
  return "continues" in goal ? { ...goal, continues: [...goal.continues, failedId] } : goal;
}

type Failed = Prisma.RoleRequestGetPayload<{ include: { awsAccount: true; steps: true } }>;

async function undoing(db: Database, goal: Goal, failed: Failed, asking: Asking): Promise<Goal> {
  if (failed.roleId !== null && goal.kind !== "create" && goal.kind !== "undo") {
    const role = await readRecordedRole(db, asking.instanceId, failed.roleId);
    const { goal: restore } = await roleGoal(
      db,
      { kind: "restore", roleId: role.id, justification: "" },
      role,
      failed.awsAccount,
      asking,
    );
    if (restore) return goingOnFrom(restore, failed.id);
  }
  const { accountId, partition, issuer, audience } = "desired" in goal ? goal.desired : goal;
  const arn = fromJson<Plan>(failed.plan).roleArn;
  const continues = [...("continues" in goal ? goal.continues : []), failed.id];
  return {
    kind: "undo",
    accountId,
    partition,
    issuer,
    audience,
    roleName: failed.roleName,
    roleArn: arn,
    removeProvider: await madeProvider(db, continues),
    continues,
  };
}

/** Whether any of the tries made the account's provider, or may have. */
async function madeProvider(db: Database, requestIds: readonly string[]): Promise<boolean> {
  const steps = await db.applyStep.findMany({
    where: { requestId: { in: [...requestIds] }, state: { in: ["intent", "done", "failed"] } },
    select: { change: true },
  });
  return steps.some(({ change }) => fromJson<Change>(change).kind === "create-provider");
}
