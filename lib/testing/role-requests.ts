import { createAccount } from "@/lib/account/create-account";
import type { AwsAccountView } from "@/lib/account/model";
import { accountView, readAccountRow } from "@/lib/account/read";
import type { AwsReader } from "@/lib/aws/reader";
import { systemClock } from "@/lib/clock";
import { database, setDatabase } from "@/lib/db/client";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { markVisible } from "@/lib/identity/mark-visible";
import type { PortalRole, SignedInPerson } from "@/lib/identity/model";
import type { Snapshot } from "@/lib/plan/change";
import { planRole } from "@/lib/plan/diff";
import { planDigest } from "@/lib/plan/digest";
import type { ProjectView } from "@/lib/project/model";
import { submitRequest } from "@/lib/request/submit";
import type { DraftContext } from "@/lib/role-form/desired";
import { desiredRole } from "@/lib/role-form/desired";
import type { RoleDraft } from "@/lib/role-form/schema";
import { roleDraftSchema } from "@/lib/role-form/schema";
import { readFreshSnapshot } from "@/lib/snapshot/read";
import { refreshSnapshot } from "@/lib/snapshot/refresh-snapshot";
import { asShown } from "./as-shown";
import type { TestDatabase } from "./db";
import { sqlAs } from "./db";

const instanceId = "gitlab.test";
export const issuer = "https://gitlab.com";
export const audience = "https://sts.amazonaws.com";

/** The published article's project, as GitLab answers it to its Maintainer. */
export const articleProject: ProjectView = {
  projectId: 7091,
  path: "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth",
  name: "gitlab-pipeline-aws-oidc-auth",
  namespaceId: 4501,
  namespacePath: "gitlab-pipeline7091038/aws-auth",
  defaultBranch: "main",
  visibility: "private",
  archived: false,
  standstill: null,
  emptyRepository: false,
  webUrl: "https://gitlab.test/project",
  accessLevel: 40,
  issuer,
  components: ["project_path", "ref_type", "ref"],
  componentsReason: null,
  componentWarnings: [],
  gitlabVersion: null,
  forksRunInParent: null,
  portalAudience: "trustdesk-demo",
  widening: [],
  movedFrom: null,
  asOf: "2026-11-22T12:00:00Z",
};

const main: GitRef = {
  name: "main",
  type: "branch",
  protected: true,
  default: true,
  pushedAt: null,
  whoMayPush: "maintainers",
};

/** A person whom GitLab knows, as signed in. */
export async function somebody(
  username: string,
  gitlabUserId: number,
  role: PortalRole = "platform-engineer",
): Promise<SignedInPerson> {
  const name = username.charAt(0).toUpperCase() + username.slice(1);
  const { id } = await database().person.create({ data: { instanceId, gitlabUserId, username, name } });
  return { id, gitlabUserId, username, name, avatarUrl: null, role };
}

/** The person as the actor of a change. */
export function actorOf({ id, name, username }: SignedInPerson) {
  return { kind: "person" as const, personId: id, name, username };
}

/** The sandbox's empty account, listed in Trustdesk. */
export function playground(person: SignedInPerson): Promise<AwsAccountView> {
  const account = {
    accountId: "777788889999",
    name: "playground",
    spokeRoleArn: "arn:aws:iam::777788889999:role/trustdesk-spoke",
    externalId: "trustdesk-demo",
  };
  return createAccount(account, { person, actor: actorOf(person), clock: systemClock });
}

/** A form filled in for `roleName`, with the article's policy. */
export function draftFor(account: { id: string }, roleName: string, changes: Partial<RoleDraft> = {}): RoleDraft {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
  const filled = {
    refs: [{ name: "main", type: "branch" }],
    permissions: { kind: "document", text },
    policyName: "deploy",
    justification: "The website is deployed from its pipeline.",
  };
  return roleDraftSchema.parse({
    projectId: articleProject.projectId,
    awsAccountId: account.id,
    roleName,
    ...filled,
    ...changes,
  });
}

/** Does what form and worker do between typing and the plan on screen; answers the digest that is shown. */
export async function planOnScreen(
  draft: RoleDraft,
  person: SignedInPerson,
  reader: AwsReader,
  databases: TestDatabase,
): Promise<string> {
  const subject = {
    awsAccountId: draft.awsAccountId,
    roleName: draft.roleName,
    issuer,
    boundaryArn: draft.boundaryArn,
  };
  await asWorker(databases, () => refreshSnapshot(subject, { clock: systemClock, readerFor: () => reader }));
  const account = accountView(await readAccountRow(database(), draft.awsAccountId), 0);
  const context: DraftContext = { project: articleProject, account, owner: person, recorded: null };
  const { desired } = desiredRole(draft, context);
  if (!desired) throw new Error("The draft is not whole");
  const planned = planRole(desired, await readFreshSnapshot(database(), subject, systemClock));
  return planned.ok ? planDigest(planned.plan) : "0".repeat(64);
}

/** Sends a draft with the digest of the plan that was on screen, and of what is said of it now; answers the request's id. */
export async function submit(
  draft: RoleDraft,
  shown: string,
  person: SignedInPerson,
  project: Partial<ProjectView> = {},
): Promise<string> {
  return asShown((judgementDigest) => sendAs(person, { draft, planDigest: shown, judgementDigest }, project));
}

/** Sends just what is given; answers the request's id. */
export async function sendAs(
  person: SignedInPerson,
  input: { draft: RoleDraft; planDigest: string; judgementDigest: string },
  project: Partial<ProjectView> = {},
): Promise<string> {
  const context = {
    person,
    actor: actorOf(person),
    clock: systemClock,
    instanceId,
    issuer,
    portalClientId: "trustdesk-demo",
    platformGroup: "acme/platform-engineers",
  };
  const liveProject = () => Promise.resolve(markVisible({ view: { ...articleProject, ...project }, refs: [main] }));
  const accessLevel = () => Promise.resolve({ ...articleProject, ...project }.accessLevel);
  return (await submitRequest(input, { ...context, liveProject, recentProject: liveProject, accessLevel })).id;
}

/** Runs `work` with the worker's view of the database, as the worker's process has it. */
export async function asWorker<T>(databases: TestDatabase, work: () => Promise<T>): Promise<T> {
  setDatabase(databases.workerUrl);
  try {
    return await work();
  } finally {
    setDatabase(databases.webUrl);
  }
}

/** A reader that always answers an empty playground, changed by `changes`. */
export function readerOf(changes: Partial<Snapshot> = {}): AwsReader {
  const quotas = {
    trustPolicy: 2048,
    inlinePolicies: 10_240,
    roles: 1000,
    rolesUsed: 1,
    providers: 100,
    providersUsed: 0,
  };
  const empty: Snapshot = {
    accountId: "777788889999",
    callerArn: null,
    provider: null,
    role: null,
    boundary: "none",
    quotas,
    readAt: systemClock.now().toISOString(),
  };
  return { readSnapshot: () => Promise.resolve({ ...empty, ...changes }) };
}

/** The audit's actions about a request, oldest first. */
export async function auditedActions(databases: TestDatabase, requestId: string): Promise<string[]> {
  const rows = await sqlAs<{ action: string }>(
    databases.adminUrl,
    "SELECT action FROM audit.entry WHERE request_id = $1 ORDER BY seq",
    [requestId],
  );
  return rows.map(({ action }) => action);
}
