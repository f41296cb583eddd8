import type { Database } from "@/lib/db/client";
import type { DraftSubject, RoleDraft } from "./schema";
import { roleDraftSchema } from "./schema";

/** The key of a form's draft among a person's: what was typed for one version of a role is not meant for another. */
export function draftKey(subject: DraftSubject): string {
  return formKey(subject) + (subject.baseVersion === undefined ? "" : `@${subject.baseVersion}`);
}

function formKey({ projectId, roleId, requestId }: DraftSubject): string {
  if (requestId !== undefined) return `resubmit:${requestId}`;
  return roleId === undefined ? `role-request:${projectId}` : `role-edit:${roleId}`;
}

interface KeptDraft {
  draft: RoleDraft;
  savedAt: string;
}

/**
 * What a person typed into a form and did not submit, and what they typed last for another version of the role;
 * null where there is none, or an older form's draft no longer fits.
 */
export async function readDraft(
  db: Database,
  personId: string,
  subject: DraftSubject,
): Promise<{ kept: KeptDraft | null; outdated: KeptDraft | null }> {
  const key = draftKey(subject);
  const [kept, outdated] = await Promise.all([
    db.draft.findUnique({ where: { personId_key: { personId, key } } }),
    subject.baseVersion === undefined
      ? null
      : db.draft.findFirst({
          where: { personId, key: { startsWith: `${formKey(subject)}@`, not: key } },
          orderBy: { updatedAt: "desc" },
        }),
  ]);
  return { kept: keptDraft(kept), outdated: keptDraft(outdated) };
}

function keptDraft(row: { value: unknown; updatedAt: Date } | null): KeptDraft | null {
  const parsed = roleDraftSchema.safeParse(row?.value);
  return row && parsed.success ? { draft: parsed.data, savedAt: row.updatedAt.toISOString() } : null;
}
