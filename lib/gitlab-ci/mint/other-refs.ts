import type { RefType } from "../claims";
import { classOfProject, splitByProtection } from "./class-of-project";
import type { MintingProject } from "./project";
import { anyOf, namesLike } from "./ref-name";
import type { RefRule } from "./ref-rule";
import { anyDeveloper, isShut, reachOf, rulesFor, whoBesides, whoOf } from "./ref-rule";
import { subjectsNaming } from "./subject-set";
import type { TokenClass } from "./token-class";

/** Branches or tags that do not exist: one class a protection rule, and one of the names that no rule matches. */
export function classesOfOtherRefs(project: MintingProject, type: RefType): TokenClass[] {
  const kind = type === "branch" ? ("other-branch" as const) : ("other-tag" as const);
  const plural = type === "branch" ? "branches" : "tags";
  const existing = project.refs?.filter((ref) => ref.type === type).map(({ name }) => name);
  const notExisting = existing ? [subjectsNaming(anyOf(existing))] : [];
  const base = { kind, type, source: "ref" as const };
  const rules = rulesFor(project, type);
  if (!rules) {
    const words = wordsOf(type, existing);
    return splitByProtection(project, "either").flatMap((refProtected) =>
      classOfProject(project, { ...base, words, who: "not known", reach: "not-known", not: notExisting, refProtected }),
    );
  }
  const matching = rules.map(({ name }) => subjectsNaming(namesLike(name)));
  const yet = existing ? " that do not exist yet" : "";
  const ofRule = (rule: RefRule, at: number): TokenClass => ({
    ...classOfProject(project, {
      ...base,
      words: rule.name.includes("*")
        ? `${plural} like ${rule.name}${yet}`
        : `the ${type} ${rule.name}${existing ? ", which does not exist yet" : ""}`,
      who: whoOf(project, rule) + whoBesides(rule, rules.slice(at + 1)),
      reach: reachOf(rule),
      names: namesLike(rule.name),
      not: [...notExisting, ...matching.slice(0, at)],
      refProtected: "true",
    }),
    ...(isShut(rule) && { onlyIf: `a Maintainer of ${project.path} changes the rule` }),
  });
  const isLeft = (rule: RefRule) => !existing?.includes(rule.name);
  const classes = rules.flatMap((rule, at) => (isLeft(rule) ? [ofRule(rule, at)] : []));
  if (rules.some(({ name }) => /^\*+$/.test(name))) return classes;
  const free = classOfProject(project, {
    ...base,
    words: `${wordsOf(type, existing)}${rules.length > 0 ? `${existing ? " and" : ""} that no rule protects` : ""}`,
    who: anyDeveloper(project),
    reach: "developers",
    not: [...notExisting, ...matching],
    refProtected: "false",
  });
  return [...classes, free];
}

function wordsOf(type: RefType, existing: readonly string[] | undefined): string {
  return existing ? `a ${type} that does not exist yet` : `a ${type}`;
}
