import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { draftKey } from "./read-draft";
import type { DraftSubject } from "./schema";

/** Forgets what a person typed into a form; fine when there is nothing. */
export async function discardDraft(
  subject: DraftSubject,
  { person }: { person: { id: string } },
): Promise<{ ok: true }> {
  await database().draft.deleteMany({ where: { personId: person.id, key: draftKey(subject) } });
  return { ok: true };
}

/** Forgets what was sent, in the transaction that files it: from then on the request holds it. */
export async function discardSubmitted(tx: Transaction, subject: DraftSubject, personId: string): Promise<void> {
  await tx.draft.deleteMany({ where: { personId, key: draftKey(subject) } });
}
