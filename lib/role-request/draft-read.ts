import type { Database } from "@/lib/db/client";
import { roleDraftSchema } from "./schema";
import type { DraftSubject, RoleDraft } from "./schema";

/** The key of a form's draft among a person's. */
export function draftKey({ projectId, roleId, requestId }: DraftSubject): string {
  if (requestId !== undefined) return `resubmit:${requestId}`;
  return roleId === undefined ? `role-request:${projectId}` : `role-edit:${roleId}`;
}

/** What a person typed into a form and did not submit; nothing where an older form's draft no longer fits. */
export async function readDraft(db: Database, personId: string, subject: DraftSubject): Promise<{ draft: RoleDraft | null; savedAt: string | null }> {
  const row = await db.draft.findUnique({ where: { personId_key: { personId, key: draftKey(subject) } } });
  const parsed = roleDraftSchema.safeParse(row?.value);
  return row && parsed.success ? { draft: parsed.data, savedAt: row.updatedAt.toISOString() } : { draft: null, savedAt: null };
}
