import type { RoleVersion, RoleView } from "@/lib/role/contract";

export type { RoleVersion } from "@/lib/role/contract";

/** The version that was recorded last; null where it cannot be read, or none is recorded. An older one is no stand-in for it. */
export function currentVersion({ versions, version }: Pick<RoleView, "versions" | "version">): RoleVersion | null {
  return versions.find((candidate) => candidate.version === version) ?? null;
}
