import type { Pattern } from "@/lib/language/pattern";
import { text } from "@/lib/language/pattern";
import type { RefType } from "../claims";
import { isSince } from "./gitlab-version";
import type { Source } from "./job-claims";
import { jobClaims, says, within } from "./job-claims";
import type { MintingProject } from "./project";
import { anyOf, namesByCharacters, namesLike } from "./ref-name";
import type { RefRule } from "./ref-rule";
import { anyDeveloper, rulesFor, whoBesides, whoOf } from "./ref-rule";
import type { Truth } from "./subject-set";
import { rightly, subjectsNaming, subjectsOf, subjectsOfAnyComponents } from "./subject-set";
import type { TokenClass } from "./token-class";

/** Which of the project's jobs a class holds. */
interface OfProject {
  kind: TokenClass["kind"];
  words: string;
  who: string;
  type: RefType;
  /** Of the ref: which rule it has to match, if any. */
  like?: string;
  /** Which subjects it has not. */
  not?: readonly Pattern[];
  refProtected: Truth;
  source: Source;
}

/** Tokens that carry this project's path and id. */
function classOfProject(project: MintingProject, given: OfProject): TokenClass {
  const values = {
    path: text(project.path),
    id: text(project.id),
    type: given.type,
    name: given.like === undefined ? namesByCharacters : namesLike(given.like),
    refProtected: given.refProtected,
  };
  const subjects = project.components
    ? subjectsOf(project.components, values)
    : subjectsOfAnyComponents(project, values);
  const without = (given.not ?? []).map((pattern) => ({ pattern, inside: false }));
  return {
    kind: given.kind,
    words: given.words,
    who: given.who,
    claims: jobClaims(project, {
      sub: says([...rightly(subjects), ...without], { chosen: true }),
      id: within(text(project.id)),
      namespaceId: project.namespaceId,
      refProtected: given.refProtected,
      source: given.source,
      by: "pushing",
    }),
  };
}

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
      classOfProject(project, { ...base, words, who: "not known", not: notExisting, refProtected }),
    );
  }
  const matching = rules.map(({ name }) => subjectsNaming(namesLike(name)));
  const yet = existing ? " that do not exist yet" : "";
  const ofRule = (rule: RefRule, at: number) =>
    classOfProject(project, {
      ...base,
      words: rule.name.includes("*")
        ? `${plural} like ${rule.name}${yet}`
        : `the ${type} ${rule.name}${existing ? ", which does not exist yet" : ""}`,
      who: whoOf(project, rule) + whoBesides(rule, rules.slice(at + 1)),
      like: rule.name,
      not: [...notExisting, ...matching.slice(0, at)],
      refProtected: "true",
    });
  const isLeft = (rule: RefRule) => !existing?.includes(rule.name);
  const classes = rules.flatMap((rule, at) => (isLeft(rule) ? [ofRule(rule, at)] : []));
  if (rules.some(({ name }) => /^\*+$/.test(name))) return classes;
  const free = classOfProject(project, {
    ...base,
    words: `${wordsOf(type, existing)}${rules.length > 0 ? `${existing ? " and" : ""} that no rule protects` : ""}`,
    who: anyDeveloper(project),
    not: [...notExisting, ...matching],
    refProtected: "false",
  });
  return [...classes, free];
}

function wordsOf(type: RefType, existing: readonly string[] | undefined): string {
  return existing ? `a ${type} that does not exist yet` : `a ${type}`;
}

/** Where the subject may say what the claim says, a class holds one of the two: or it would hold both at odds. */
function splitByProtection({ components }: MintingProject, refProtected: Truth): Truth[] {
  const isInSubject = !components || components.includes("ref_protected");
  return refProtected === "either" && isInSubject ? ["true", "false"] : [refProtected];
}

/**
 * Pipelines of merge requests: their subject is that of the source branch, any of the project's. Before 18.1 their ref
 * counts as not protected (GitLab's app/models/ci/pipeline.rb); since then that is not known.
 */
export function classesOfMergeRequests(project: MintingProject): TokenClass[] {
  return ofMergeRequests(project, {
    kind: "merge-request",
    words: `merge requests of ${project.path}`,
    who: `${anyDeveloper(project)}, or of a protected source branch whoever may push there`,
  });
}

/**
 * Merge requests of forks that run here, before 18.2.2: their token names this project and the fork's branch
 * (gitlab-org/gitlab#563038). None where a fork's pipeline cannot run here.
 */
export function classesOfForksHere(project: MintingProject): TokenClass[] {
  const isMended = isSince(project, "18.2.2");
  if (isMended || project.forksRunInParent === false) return [];
  const doubts = [
    isMended === null ? "GitLab is older than 18.2.2" : "",
    project.forksRunInParent === null ? "the project lets them run here" : "",
  ].filter(Boolean);
  return ofMergeRequests(project, {
    kind: "fork",
    words: `merge requests of forks of ${project.path}, with any branch name${doubts.length > 0 ? `, if ${doubts.join(" and ")}: not known` : ""}`,
    who: `${whoForks(project)}, and the Developer of ${project.path} who runs the pipeline`,
  });
}

/** Who can fork the project, where forking is not restricted, in words. */
export function whoForks({ path, visibility }: MintingProject): string {
  if (visibility === "private") return `members of ${path} who may fork it`;
  if (visibility === "internal") return `everybody with an account who may fork ${path}`;
  return `anybody who may fork ${path}`;
}

function ofMergeRequests(project: MintingProject, said: Pick<OfProject, "kind" | "words" | "who">): TokenClass[] {
  const refProtected = isSince(project, "18.1.0") === false ? "false" : "either";
  return splitByProtection(project, refProtected).map((each) =>
    classOfProject(project, { ...said, type: "branch", refProtected: each, source: "merge request" }),
  );
}
