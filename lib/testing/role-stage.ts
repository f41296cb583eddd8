import type { AwsAccountView } from "@/lib/account/model";
import { applyPlan } from "@/lib/apply/apply-plan";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { RoleRequest } from "@/lib/db/generated/client";
import { knownError, TrustdeskError } from "@/lib/errors";
import { markVisible } from "@/lib/identity/mark-visible";
import type { SignedInPerson } from "@/lib/identity/model";
import type { RoleChange } from "@/lib/request/schema";
import type { SubmitContext } from "@/lib/request/submit";
import { previewChange, submitChange } from "@/lib/request/submit-change";
import { refreshSnapshot } from "@/lib/snapshot/refresh-snapshot";
import { asShown } from "./as-shown";
import { awsAccountInMemory } from "./aws-account";
import type { TestDatabase } from "./db";
import { testDatabase } from "./db";
import {
  actorOf,
  articleProject,
  asWorker,
  draftFor,
  issuer,
  planOnScreen,
  playground,
  somebody,
  submit,
} from "./role-requests";

/** A platform engineer, an owner, and an account in memory, between which roles are made and changed as the web and the worker do it. */
export interface RoleStage {
  databases: TestDatabase;
  pia: SignedInPerson;
  oleg: SignedInPerson;
  account: AwsAccountView;
  aws: ReturnType<typeof awsAccountInMemory>;
  nextName(): string;
  /** What the worker's process does with a request; `allowed` is GitLab's word on the rights. */
  apply(requestId: string, allowed?: { ok: true } | { ok: false; reason: string }): Promise<void>;
  /** A role that Pia made, applied and recorded. */
  recordedRole(): Promise<{ roleId: string; roleName: string; requestId: string }>;
  /** Reads AWS as the worker does for a plan on screen. */
  read(roleName: string, withProviderUsers: boolean): Promise<void>;
  /** The digest of the plan as the dialog shows it: asked for, read by the worker, asked for again. */
  onScreen(change: RoleChange, context: SubmitContext, roleName: string): Promise<string>;
  send(change: RoleChange, person: SignedInPerson, roleName: string): Promise<string>;
}

/** A new account and a new database; the caller drops the database. */
export async function roleStage(): Promise<RoleStage> {
  const databases = await testDatabase();
  const pia = await somebody("pia", 11);
  const account = await playground(pia);
  let number = 0;
  const read = (roleName: string, withProviderUsers: boolean): Promise<void> =>
    asWorker(databases, () =>
      refreshSnapshot(
        { awsAccountId: account.id, roleName, issuer, boundaryArn: null, withProviderUsers },
        { clock: systemClock, readerFor: () => stage.aws.reader },
      ),
    );
  const stage: RoleStage = {
    databases,
    pia,
    account,
    read,
    oleg: await somebody("oleg", 12, "member"),
    aws: awsAccountInMemory(),
    nextName: () => `made-${(number += 1)}`,
    apply: (requestId, allowed = { ok: true }) =>
      asWorker(databases, () =>
        applyPlan(
          { requestId },
          {
            actor: { kind: "worker", workerId: "w1" },
            clock: systemClock,
            connect: () => stage.aws,
            stillStands: () => Promise.resolve(allowed),
            lastTry: true,
          },
        ),
      ),
    recordedRole: async () => {
      const roleName = stage.nextName();
      const draft = draftFor(account, roleName);
      const requestId = await submit(draft, await planOnScreen(draft, pia, stage.aws.reader, databases), pia);
      await stage.apply(requestId);
      const { id } = await database().role.findFirstOrThrow({ where: { name: roleName, removedAt: null } });
      return { roleId: id, roleName, requestId };
    },
    onScreen: async (change, context, roleName) => {
      await previewChange({ change }, context);
      await read(roleName, change.kind === "undo" || ("removeProvider" in change && change.removeProvider));
      return (await previewChange({ change }, context)).planDigest ?? "0".repeat(64);
    },
    send: async (change, person, roleName) => {
      const context = contextOf(person);
      const planDigest = await stage.onScreen(change, context, roleName);
      const { id } = await asShown((judgementDigest) => submitChange({ change, planDigest, judgementDigest }, context));
      return id;
    },
  };
  return stage;
}

/** A person as the web asks GitLab about them; at level 0 GitLab does not show them the project. */
export function contextOf(person: SignedInPerson, accessLevel = 40): SubmitContext {
  const shown = <T>(answer: T): Promise<T> =>
    accessLevel > 0
      ? Promise.resolve(answer)
      : Promise.reject(new TrustdeskError("not-found", "GitLab shows you no such project."));
  return {
    person,
    actor: actorOf(person),
    clock: systemClock,
    instanceId: "gitlab.test",
    issuer,
    portalClientId: "trustdesk-demo",
    platformGroup: "acme/platform-engineers",
    liveProject: () => shown(markVisible({ view: { ...articleProject, accessLevel }, refs: [] })),
    recentProject: () =>
      Promise.resolve(accessLevel > 0 ? markVisible({ view: { ...articleProject, accessLevel }, refs: [] }) : null),
    accessLevel: () => shown(accessLevel),
  };
}

/** The refusal that a call ends with, or null. */
export const refusal = (work: Promise<unknown>): Promise<TrustdeskError | null> => work.then(() => null, knownError);

/** A request's row. */
export const stored = (id: string): Promise<RoleRequest> => database().roleRequest.findUniqueOrThrow({ where: { id } });
