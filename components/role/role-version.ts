import type { RefVerdict } from "@/lib/iam/admitted";
import type { Finding } from "@/lib/iam/findings/table";
import type { RoleDocument } from "@/lib/plan/change";
import type { RoleView } from "@/lib/role/contract";

/** A version of a role with the values that the API passes on as they were stored. */
export type RoleVersion = Omit<RoleView["versions"][number], "document" | "findings" | "admitted"> & {
  document: RoleDocument;
  findings: Finding[];
  admitted: RefVerdict[] | null;
};

/** All versions of the role, newest first. */
export function roleVersions({ versions }: RoleView): RoleVersion[] {
  return versions
    .map((version) => ({
      ...version,
      document: version.document as RoleDocument,
      findings: version.findings as Finding[],
      admitted: version.admitted as RefVerdict[] | null,
    }))
    .sort((a, b) => b.version - a.version);
}

/** The version that AWS holds; null when none is recorded. */
export function currentVersion(role: RoleView): RoleVersion | null {
  return roleVersions(role)[0] ?? null;
}
