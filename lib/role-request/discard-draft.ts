import { database } from "@/lib/db/client";
import { draftKey } from "./draft-read";

/** Forgets what a person typed for a project; fine when there is nothing. */
export async function discardDraft({ projectId }: { projectId: number }, { person }: { person: { id: string } }): Promise<{ ok: true }> {
  await database().draft.deleteMany({ where: { personId: person.id, key: draftKey(projectId) } });
  return { ok: true };
}
