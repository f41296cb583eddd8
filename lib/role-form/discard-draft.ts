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
