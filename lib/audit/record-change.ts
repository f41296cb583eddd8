import type { Clock } from "@/lib/clock";
import type { Database, Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { Actor, AuditEvent } from "./model";
import { actorName } from "./model";

export interface ChangeContext {
  actor: Actor;
  clock: Clock;
  /** This process's database unless given. */
  db?: Database;
}

/** What a change leaves: its result, and what the audit says about it. */
export interface Recorded<T> {
  value: T;
  audit: AuditEvent | readonly [AuditEvent, ...AuditEvent[]];
}

/**
 * The only way to change domain state: runs `change` in a transaction and appends its audit entries as that
 * transaction's last statements. Whatever throws, nothing is changed and nothing recorded.
 * No call to GitLab or AWS belongs inside: the transaction is ended after 15 s.
 */
export async function recordChange<T>(
  context: ChangeContext,
  change: (tx: Transaction) => Promise<Recorded<T>>,
): Promise<T> {
  return (context.db ?? database()).$transaction(
    async (tx) => {
      const { value, audit } = await change(tx);
      const events = "action" in audit ? [audit] : audit;
      for (const event of events) await append(tx, context, event);
      return value;
    },
    { maxWait: 10_000, timeout: 15_000 },
  );
}

async function append(tx: Transaction, { actor, clock }: ChangeContext, event: AuditEvent): Promise<void> {
  await tx.$executeRaw`SELECT audit.append(
    at => ${clock.now().toISOString()}::text, actor_kind => ${actor.kind}::text, actor_id => ${actorId(actor)}::text,
    actor_name => ${actorName(actor)}::text, actor_username => ${actor.kind === "person" ? actor.username : null}::text, action => ${event.action}::text,
    project_id => ${event.projectId ?? null}::integer, project_path => ${event.projectPath ?? null}::text, role_name => ${event.roleName ?? null}::text,
    account_id => ${event.accountId ?? null}::text, request_id => ${event.requestId ?? null}::text,
    before => ${json(event.before)}::text, after => ${json(event.after)}::text, detail => ${event.detail ?? null}::text)`;
}

function actorId(actor: Actor): string {
  if (actor.kind === "person") return actor.personId;
  return actor.kind === "worker" ? actor.workerId : actor.name;
}

function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
