import type { Database, Transaction } from "@/lib/db/client";
import { readableJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import type { Grade } from "@/lib/findings/table";
import type { RoleDocument } from "@/lib/plan/change";
import { roleDocumentSchema } from "@/lib/plan/schema";

/** A role as it was recorded last. */
export interface RecordedRole {
  id: string;
  name: string;
  arn: string;
  uniqueId: string | null;
  version: number;
  projectId: number;
  projectPath: string;
  awsAccountId: string;
  grade: Grade;
  document: RoleDocument;
  /** Who made the last version, and when (ISO). */
  author: { name: string; username: string };
  changedAt: string;
}

/** The role with its last version; `not-found` for none, and for one that was removed; `conflict` for a version that cannot be read. */
export async function readRecordedRole(
  db: Database | Transaction,
  instanceId: string,
  id: string,
): Promise<RecordedRole> {
  const role = await db.role.findFirst({
    where: { id, instanceId, removedAt: null },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
  });
  const last = role?.versions[0];
  if (!role || !last) throw recordedRoleNotFound();
  const document = readableJson(roleDocumentSchema, last.document);
  if (!document)
    throw new TrustdeskError(
      "conflict",
      `Another version of Trustdesk recorded ${role.name} in a form that this one does not read, so nothing can be planned for it here.`,
    );
  const author = await db.person.findUnique({ where: { id: last.authorId }, select: { name: true, username: true } });
  const { name, arn, uniqueId, version, projectId, projectPath, awsAccountId, grade } = role;
  return {
    id,
    name,
    arn,
    uniqueId,
    version,
    projectId,
    projectPath,
    awsAccountId,
    grade: grade as Grade,
    document,
    author: author ?? { name: "Somebody who is gone", username: "" },
    changedAt: last.createdAt.toISOString(),
  };
}

/** The same words for no role, one that was removed, and one that the person may not see. */
export function recordedRoleNotFound(): TrustdeskError {
  return new TrustdeskError(
    "not-found",
    "There is no such role, or it was removed, or it is about a project that you cannot see.",
  );
}

/** Throws `conflict` with the newer state when the role is not at the version any more that was shown. */
export function mustBeVersion(role: RecordedRole, baseVersion: number): void {
  if (role.version === baseVersion) return;
  const reason = `${role.author.name} has changed the role meanwhile: it is at version ${role.version} now, and you looked at version ${baseVersion}. Look at the new version and plan again.`;
  throw new TrustdeskError("conflict", reason, {
    data: {
      kind: "newer-version",
      version: role.version,
      author: role.author,
      changedAt: role.changedAt,
      document: role.document,
    },
  });
}
