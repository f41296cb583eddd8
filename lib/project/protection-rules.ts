import type { GitlabAccess, ProtectedBranch, ProtectedTag } from "@/lib/gitlab/schema";
import type { ProtectedBranchRule, ProtectedTagRule, ProtectionLevel } from "@/lib/gitlab-ci/mint/project";
import { roleOf } from "./push-words";

/** A rule for branches as GitLab shows it, as the mint reads it. */
export function branchRule({ name, push_access_levels: push, merge_access_levels: merge }: ProtectedBranch) {
  const named = [...new Set([...push, ...merge].flatMap(nameOf))];
  return { name, push: leastLevel(push), merge: leastLevel(merge), named } satisfies ProtectedBranchRule;
}

/** The same of a rule for tags. */
export function tagRule({ name, create_access_levels: create }: ProtectedTag) {
  return { name, create: leastLevel(create), named: [...new Set(create.flatMap(nameOf))] } satisfies ProtectedTagRule;
}

const levels = [30, 40, 60] as const;

/**
 * The least role that a rule lets in: 0 where it lets in none. A number that GitLab's API does not document for rules
 * (docs.gitlab.com/api/protected_branches) may mean anybody: null, unless Developers get in anyway.
 */
function leastLevel(entries: readonly GitlabAccess[]): ProtectionLevel {
  const roles = entries.map(roleOf).filter((level) => level !== null && level !== 0);
  const least = levels.find((level) => roles.includes(level)) ?? 0;
  const isDocumented = roles.every((role) => levels.some((level) => level === role));
  return isDocumented || least === 30 ? least : null;
}

/** Whom an entry names beside roles, in words. */
function nameOf(entry: GitlabAccess): string[] {
  const { deploy_key_id: key, group_id: group, access_level_description: name } = entry;
  if (roleOf(entry) !== null) return [];
  if (typeof key === "number") return [name ? `the deploy key ${name}` : "a deploy key"];
  if (typeof group === "number") return [name ? `members of ${name}` : "members of a group"];
  return [name ?? "a person by name"];
}
