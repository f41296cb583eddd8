import { patternMatches } from "@/lib/gitlab-ci/ref-pattern";

/** One protected branch or tag rule: a name or wildcard, and GitLab's levels for pushing or creating. */
export interface Protection {
  pattern: string;
  levels: { access_level?: number | null | undefined }[];
}

const words: Record<number, string> = { 0: "nobody", 30: "developers", 40: "maintainers", 60: "administrators" };
const noOne = 0;

/**
 * Who may push to a ref, in words, by all rules that match its name: where several do, the most permissive counts
 * (docs.gitlab.com/user/project/repository/branches/protected). Null when no rule is known for it.
 */
export function pushWords(rules: readonly Protection[] | null, ref: string): string | null {
  const matching = rules?.filter((rule) => rule.pattern === ref || patternMatches(rule.pattern, ref)) ?? [];
  if (matching.length === 0) return null;
  const levels = matching.flatMap((rule) => rule.levels.map((level) => level.access_level ?? null));
  const roles = levels.filter((level): level is number => level !== null && level > noOne);
  const least = roles.length > 0 ? Math.min(...roles) : noOne;
  const named = levels.includes(null);
  if (least === noOne) return named ? "named people" : "nobody";
  return `${words[least] ?? `level ${least}`}${named ? " and named people" : ""}`;
}
