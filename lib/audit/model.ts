import type { AuditPayload } from "./payload";

/** Who did it. `personId` is the row id of Person. */
export type Actor =
  | { kind: "person"; personId: string; name: string; username: string }
  | { kind: "worker"; workerId: string }
  | { kind: "system"; name: string };

/** What an entry is about. */
interface About {
  /** GitLab's project id. */
  projectId?: number;
  projectPath?: string;
  roleName?: string | undefined;
  /** AWS's account id: twelve digits. */
  accountId?: string;
  requestId?: string;
}

type Untold = { before?: undefined; after?: undefined; detail?: undefined };

/** What an entry tells beside who and when: of each action what `AuditPayload` says, and nothing else. */
export type AuditEvent = {
  [Action in AuditAction]: { action: Action } & About & AuditPayload[Action] & Omit<Untold, keyof AuditPayload[Action]>;
}[AuditAction];

/** The closed list of actions. */
export type AuditAction = keyof AuditPayload;

/** What a sentence is made of: of an event before it is stored, or of a stored entry. */
export interface Told {
  actor: { name: string };
  projectPath?: string | null;
  roleName?: string | null;
  accountId?: string | null;
  detail?: string | null;
}

/** Each action's sentence for people. */
const sentences = {
  "signed-in": ({ actor }) => `${actor.name} signed in`,
  "audit-exported": (told) => `${told.actor.name} exported the audit${colon(told)}`,
  "account-added": (told) => `${told.actor.name} added AWS account ${account(told)}`,
  "account-changed": (told) => `${told.actor.name} changed AWS account ${account(told)}`,
  "account-tested": (told) => `${told.actor.name} tested the connection to AWS account ${account(told)}${colon(told)}`,
  "role-request-submitted": (told) => `${told.actor.name} asked for ${role(told)}`,
  "role-change-requested": (told) => `${told.actor.name} asked to change ${role(told)}`,
  "role-removal-requested": (told) => `${told.actor.name} asked to remove ${role(told)}`,
  "role-restore-requested": (told) => `${told.actor.name} asked to put our version back of ${role(told)}`,
  "role-adoption-requested": (told) => `${told.actor.name} asked to take AWS's version of ${role(told)}`,
  "role-undo-requested": (told) => `${told.actor.name} asked to undo the failed apply of ${role(told)}`,
  "role-request-approved": (told) => `${told.actor.name} approved the request for ${role(told)}${colon(told)}`,
  "role-request-rejected": (told) => `${told.actor.name} rejected the request for ${role(told)}${colon(told)}`,
  "role-request-withdrawn": (told) => `${told.actor.name} withdrew the request for ${role(told)}${colon(told)}`,
  "role-request-refused": (told) => `${told.actor.name} was refused ${role(told)}${colon(told)}`,
  "apply-started": (told) => `${told.actor.name} began to apply ${role(told)}`,
  "apply-step-done": (told) => `${told.actor.name} finished a step of ${role(told)}${colon(told)}`,
  "apply-step-failed": (told) => `${told.actor.name} failed at a step of ${role(told)}${colon(told)}`,
  "apply-finished": (told) => `${told.actor.name} applied ${role(told)}`,
  "apply-failed": (told) => `${told.actor.name} could not apply ${role(told)}${colon(told)}`,
  "apply-cancelled": (told) => `${told.actor.name} cancelled the request for ${role(told)}`,
  "role-recorded": (told) => `${told.actor.name} recorded ${role(told)}`,
  "role-removed": (told) => `${told.actor.name} recorded that ${role(told)} is removed`,
  "drift-found": (told) => `${told.actor.name} found that AWS differs from ${role(told)}${colon(told)}`,
  "drift-gone": (told) => `${told.actor.name} found that AWS agrees again with ${role(told)}`,
} as const satisfies Record<AuditAction, (told: Told) => string>;
export const auditActions = Object.keys(sentences) as AuditAction[];

/** What happened, as a sentence without a full stop, e.g. "Oleg Brandt asked for role deploy in 111122223333 for acme/shop/web". */
export function auditSentence(entry: Told & { action: string }): string {
  const sentence: ((told: Told) => string) | undefined = Object.hasOwn(sentences, entry.action)
    ? sentences[entry.action as AuditAction]
    : undefined;
  return sentence ? sentence(entry) : `${entry.actor.name}: ${entry.action}`;
}

/** An actor's name as people read it. */
export function actorName(actor: Actor): string {
  return actor.kind === "worker" ? "The worker" : actor.name;
}

function role({ roleName, accountId, projectPath }: Told): string {
  return [
    roleName ? `role ${roleName}` : "a role",
    accountId ? `in ${accountId}` : "",
    projectPath ? `for ${projectPath}` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function account({ accountId }: Told): string {
  return accountId ?? "(unknown)";
}

function colon({ detail }: Told): string {
  return detail ? `: ${detail.replace(/\.$/, "")}` : "";
}
