import type { GitlabAccess } from "@/lib/gitlab/schema";
import { patternMatches } from "@/lib/gitlab-ci/ref-pattern";

/** One protected branch or tag rule: a name or wildcard, and whom GitLab lets push or create. */
export interface Protection {
  pattern: string;
  levels: GitlabAccess[];
}

const words: Record<number, string> = {
  0: "nobody",
  20: "reporters",
  30: "developers",
  40: "maintainers",
  50: "owners",
  60: "administrators",
};
const noOne = 0;

/** The role that an entry names, as GitLab's integer; null for an entry that names a person, a group or a deploy key. */
export function roleOf({ access_level: level, user_id, group_id, deploy_key_id }: GitlabAccess): number | null {
  return [user_id, group_id, deploy_key_id].some((id) => typeof id === "number") ? null : (level ?? null);
}

/**
 * Who may push to a ref, in words, by all rules that match its name: where several do, the most permissive counts
 * (docs.gitlab.com/user/project/repository/branches/protected). Null when no rule is known for it.
 */
export function pushWords(rules: readonly Protection[] | null, ref: string): string | null {
  const matching = rules?.filter((rule) => rule.pattern === ref || patternMatches(rule.pattern, ref)) ?? [];
  if (matching.length === 0) return null;
  const entries = matching.flatMap(({ levels }) => levels);
  const roles = entries.map(roleOf).filter((level): level is number => level !== null && level > noOne);
  const least = Math.min(...roles);
  const named = entries.filter((entry) => roleOf(entry) === null);
  const keys = named.filter(({ deploy_key_id: key }) => typeof key === "number").length;
  const who = [
    ...(roles.length > 0 ? [words[least] ?? `level ${least}`] : []),
    ...(named.length > keys ? ["named people"] : []),
    ...(keys > 0 ? [keys === 1 ? "a deploy key" : "deploy keys"] : []),
  ];
  return who.length === 0 ? "nobody" : listed(who);
}

function listed(who: readonly string[]): string {
  return who.length < 2 ? who.join("") : `${who.slice(0, -1).join(", ")} and ${who.at(-1) ?? ""}`;
}
