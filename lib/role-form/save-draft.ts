import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { asJson } from "@/lib/db/json";
import { draftKey } from "./read-draft";
import type { DraftSubject, RoleDraft } from "./schema";

/** Keeps what a person typed, in any shape of half-done. A draft is nobody else's business: no audit. */
export async function saveDraft(
  { draft, ...subject }: DraftSubject & { draft: RoleDraft },
  { person, clock }: { person: { id: string }; clock: Clock },
): Promise<{ savedAt: string }> {
  const updatedAt = clock.now();
  const id = { personId: person.id, key: draftKey(subject) };
  const value = asJson({ ...draft, projectId: subject.projectId });
  await database().draft.upsert({
    where: { personId_key: id },
    create: { ...id, value, updatedAt },
    update: { value, updatedAt },
  });
  return { savedAt: updatedAt.toISOString() };
}
