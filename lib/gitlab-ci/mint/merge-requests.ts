import type { Pattern } from "@/lib/language/pattern";
import { either } from "@/lib/language/pattern";
import type { OfProject } from "./class-of-project";
import { classOfProject, onlyIf, splitByProtection } from "./class-of-project";
import { isSince } from "./gitlab-version";
import type { MintingProject } from "./project";
import { anyOf, namesLike } from "./ref-name";
import { anyDeveloper, rulesFor } from "./ref-rule";
import type { Truth } from "./subject-set";
import { subjectsNaming } from "./subject-set";
import type { TokenClass } from "./token-class";

/**
 * Pipelines of merge requests: their subject is that of the source branch, any of the project's but those that exist,
 * whose own class holds them. Before 18.1 their ref counts as not protected (GitLab's app/models/ci/pipeline.rb); since
 * then that is not known where a rule protects the source branch (docs.gitlab.com/ci/pipelines/merge_request_pipelines).
 */
export function classesOfMergeRequests(project: MintingProject): TokenClass[] {
  return ofMergeRequests(project, {
    kind: "merge-request",
    words: `merge requests of ${project.path}`,
    who: `${anyDeveloper(project)}, or of a protected source branch whoever may push there`,
    reach: "developers",
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
    ...(isMended === null ? ["GitLab, whose version is not known, is older than 18.2.2"] : []),
    ...(project.forksRunInParent === null ? ["the project, whose setting is not known, lets them run here"] : []),
  ];
  const made = ofMergeRequests(project, {
    kind: "fork",
    words: `merge requests of forks of ${project.path}, with any branch name`,
    who: `${whoForks(project)}, and the Developer of ${project.path} who runs the pipeline`,
    reach: "anybody",
  });
  return doubts.length > 0 ? made.map((each) => onlyIf(each, doubts.join(" and "))) : made;
}

/** Who can fork the project, where forking is not restricted, in words. */
export function whoForks({ path, visibility }: MintingProject): string {
  if (visibility === "private") return `members of ${path} who may fork it`;
  if (visibility === "internal") return `everybody with an account who may fork ${path}`;
  return `anybody who may fork ${path}`;
}

function ofMergeRequests(
  project: MintingProject,
  said: Pick<OfProject, "kind" | "words" | "who" | "reach">,
): TokenClass[] {
  const refProtected = isSince(project, "18.1.0") === false ? "false" : "either";
  const existing = said.kind === "merge-request" ? project.refs?.filter(({ type }) => type === "branch") : undefined;
  const not = existing && existing.length > 0 ? [subjectsNaming(anyOf(existing.map(({ name }) => name)))] : [];
  const made = (each: Truth, given: Pick<OfProject, "names" | "not">) =>
    classOfProject(project, { ...said, ...given, type: "branch", refProtected: each, source: "merge request" });
  const ruled = said.kind === "merge-request" && refProtected === "either" && namesOfRules(project);
  if (!ruled) return splitByProtection(project, refProtected).map((each) => made(each, { not }));
  return [
    ...splitByProtection(project, refProtected).map((each) => made(each, { not, names: ruled })),
    made("false", { not: [...not, subjectsNaming(ruled)] }),
  ];
}

/** Names of branches that a rule protects; null where the rules are not known. */
function namesOfRules(project: MintingProject): Pattern | null {
  const rules = rulesFor(project, "branch");
  return rules && either(...rules.map(({ name }) => namesLike(name)));
}
