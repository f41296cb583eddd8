import type { Database } from "@/lib/db/client";
import { roleDraftSchema } from "./schema";
import type { RoleDraft } from "./schema";

/** The key of a project's draft among a person's. */
export function draftKey(projectId: number): string {
  return `role-request:${projectId}`;
}

/** What a person typed for a project and did not submit; nothing where an older form's draft no longer fits. */
export async function readDraft(db: Database, personId: string, projectId: number): Promise<{ draft: RoleDraft | null; savedAt: string | null }> {
  const row = await db.draft.findUnique({ where: { personId_key: { personId, key: draftKey(projectId) } } });
  const parsed = roleDraftSchema.safeParse(row?.value);
  return row && parsed.success ? { draft: parsed.data, savedAt: row.updatedAt.toISOString() } : { draft: null, savedAt: null };
}
