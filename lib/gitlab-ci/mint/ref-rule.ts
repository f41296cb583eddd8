import { example } from "@/lib/language/search";
import type { RefType } from "../claims";
import { patternMatches } from "../ref-pattern";
import type { MintingProject, ProtectionLevel } from "./project";
import { canMatch, namesLike } from "./ref-name";
import type { Reach } from "./token-class";

/** Who may write to the refs of a protection rule, or of several at once. */
export interface RefRule {
  /** As GitLab has it: a name or a pattern with `*`. */
  name: string;
  /** The least level that surely may; 0 where none is known to. */
  level: Exclude<ProtectionLevel, null>;
  /** Whether a lower level may too, for all that is known. */
  isUncertain: boolean;
  /** In words. */
  named: readonly string[];
}

/**
 * The project's rules for branches or tags, the most permissive first, one a name; null: not known. Who may merge into a
 * branch may make it as well (GitLab's lib/gitlab/checks/branch_check.rb), so the lesser of the two levels counts.
 */
export function rulesFor(project: MintingProject, type: RefType): RefRule[] | null {
  const rules =
    type === "branch"
      ? project.protectedBranches?.map(({ name, push, merge, named }) => ruleOf(name, [push, merge], named))
      : project.protectedTags?.map(({ name, create, named }) => ruleOf(name, [create], named));
  if (!rules) return null;
  const names = [...new Set(rules.map(({ name }) => name))].filter(canMatch);
  return names
    .map((name) =>
      together(
        name,
        rules.filter((rule) => rule.name === name),
      ),
    )
    .sort((left, right) => rankOf(left) - rankOf(right));
}

function ruleOf(name: string, levels: readonly ProtectionLevel[], named: readonly string[] = []): RefRule {
  const known = levels.flatMap((level) => (level === null || level === 0 ? [] : [level]));
  const level = known.reduce<RefRule["level"]>((least, each) => (least === 0 || each < least ? each : least), 0);
  return { name, level, isUncertain: levels.includes(null), named };
}

/** What several rules allow at once: what any of them does (GitLab's app/models/concerns/protected_ref.rb). */
function together(name: string, rules: readonly RefRule[]): RefRule {
  const rule = ruleOf(
    name,
    rules.map(({ level }) => level),
    [...new Set(rules.flatMap(({ named }) => named))],
  );
  return { ...rule, isUncertain: rule.level !== 30 && rules.some(({ isUncertain }) => isUncertain) };
}

function rankOf(rule: RefRule): number {
  const { level, isUncertain } = rule;
  if (level === 30) return 0;
  if (isUncertain) return 1;
  if (level > 0) return level;
  return isShut(rule) ? 101 : 100;
}

/**
 * Who may push a branch, or create a tag, of this name, whether it exists or not. All rules that match the name count:
 * an exact one does not override a wildcard (gitlab-org/gitlab#26724).
 * @returns `rule`: what the rules that match it allow together; null: no rule matches it; "not known"
 */
export function ruleFor(
  project: MintingProject,
  name: string,
  type: RefType,
): { rule: RefRule | null | "not known"; who: string } {
  const rules = rulesFor(project, type);
  if (!rules) return { rule: "not known", who: "not known" };
  const matching = rules.filter((rule) => patternMatches(rule.name, name));
  if (matching.length === 0) return { rule: null, who: anyDeveloper(project) };
  const rule = together(name, matching);
  return { rule, who: whoOf(project, rule) };
}

/** Who may write to refs without a rule (docs.gitlab.com/user/permissions). */
export function anyDeveloper({ path }: Pick<MintingProject, "path">): string {
  return `any Developer of ${path}`;
}

/** Whether a rule surely lets nobody in. */
export function isShut({ level, isUncertain, named }: RefRule): boolean {
  return level === 0 && !isUncertain && named.length === 0;
}

/** Who may write to the refs of a rule, in words. */
export function whoOf(project: Pick<MintingProject, "path">, { level, isUncertain, named }: RefRule): string {
  const roles = {
    0: [],
    30: [anyDeveloper(project)],
    40: [`maintainers of ${project.path}`],
    60: ["administrators of the GitLab"],
  };
  const all = [...roles[level], ...named];
  const known = listOf(all);
  if (isUncertain) return known ? `${known}; whether others too is not known` : "not known";
  return known || `nobody, until a Maintainer of ${project.path} changes the rule`;
}

/** The least of those who may write to the refs of a rule. */
export function reachOf({ level, isUncertain, named }: RefRule): Reach {
  if (level === 30) return "developers";
  if (isUncertain) return "not-known";
  if (level > 0) return level === 40 ? "maintainers" : "administrators";
  return named.length > 0 ? "named" : "nobody";
}

/** Which of the less permissive rules let somebody in whom this one does not, on names that both match; as a clause. */
export function whoBesides(rule: RefRule, others: readonly RefRule[]): string {
  const clauses = others.flatMap((other) => {
    const more = other.named.filter((name) => !rule.named.includes(name));
    if (more.length === 0 || !overlap(rule.name, other.name)) return [];
    return [`; of ${other.name} also ${listOf(more)}`];
  });
  return clauses.join("");
}

function overlap(one: string, other: string): boolean {
  const both = [one, other].map((name) => ({ pattern: namesLike(name), inside: true }));
  return example(both) !== "none";
}

function listOf(words: readonly string[]): string {
  const [last = "", ...before] = [...words].reverse();
  return before.length > 0 ? `${before.reverse().join(", ")} and ${last}` : last;
}
