import type { Pattern } from "@/lib/language/pattern";
import { either, many, one, optional, sequence, text } from "@/lib/language/pattern";
import type { Constraint } from "@/lib/language/search";
import { takes } from "@/lib/language/search";
import type { SubjectComponent } from "../components";
import { defaultComponents } from "../components";
import { isGitlabCom } from "../issuer";
import { onlyIf } from "./class-of-project";
import { isSince } from "./gitlab-version";
import { jobClaims, says, someText, within } from "./job-claims";
import { classesOfForksHere, classesOfMergeRequests, whoForks } from "./merge-requests";
import { classesOfOtherRefs } from "./other-refs";
import type { MintingProject } from "./project";
import { ids, idsBut, pathsBut, pathsByCharacters, wrongPaths } from "./project-path";
import { anyValues, rightly, subjectsOf, subjectsOfAnyComponents } from "./subject-set";
import type { MentionedProject, TokenClass } from "./token-class";

/**
 * Everything that the project's issuer can mint beside the tokens of its existing refs (`classOfRef`); classes may
 * overlap.
 * @param mentioned the other projects that a trust names: each has a class of its own, before all others together
 */
export function classesBeyond(project: MintingProject, mentioned: readonly MentionedProject[]): readonly TokenClass[] {
  const name = JSON.stringify([project, mentioned]);
  const before = kept.get(name);
  if (before) return before;
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  const made = madeClasses(project, mentioned);
  kept.set(name, made);
  return made;
}

/** The same project is asked about with every key that is typed, and large automata are kept with these patterns. */
const kept = new Map<string, readonly TokenClass[]>();
const mostKept = 64;

function madeClasses(project: MintingProject, mentioned: readonly MentionedProject[]): TokenClass[] {
  return [
    ...classesOfOtherRefs(project, "branch"),
    ...classesOfOtherRefs(project, "tag"),
    ...classesOfMergeRequests(project),
    ...classesOfForksHere(project),
    ...classesOfLaterHolder(project),
    ...mentioned.filter((other) => isOther(project, other)).map((other) => classOfMentioned(project, other)),
    classOfForks(project),
    ...classesOfOtherProjects(project, mentioned),
    classOfLogins(),
  ];
}

interface Elsewhere {
  kind: TokenClass["kind"];
  words: string;
  who: string;
  path?: Pattern;
  id?: Pattern;
  /** Projects that have a class of their own. */
  not?: readonly MentionedProject[];
  /** With them branches alone; missing: any, and tags too. */
  components?: readonly SubjectComponent[];
}

/**
 * Tokens of a project with another id. Its Maintainers choose its components; subject and claims may name different ids
 * and protections here, though in no token they do.
 */
function elsewhere(project: MintingProject, given: Elsewhere): TokenClass {
  const { kind, words, who, components, path = pathsBut(project.path), id = idsBut(project.id), not = [] } = given;
  const withClass = not.flatMap((other) => (other.path === null && other.id !== null ? [text(other.id)] : []));
  const subjects = components
    ? subjectsOf(components, { ...anyValues, path, id, type: "branch" })
    : subjectsOfAnyComponents(project, { ...anyValues, path, id });
  return {
    kind,
    words,
    who,
    reach: "anybody",
    claims: jobClaims(project, {
      sub: says([...rightly(subjects), ...without(not.map(subjectsOfMentioned))], { chosen: true }),
      id: [...within(id), ...without(withClass)],
      namespaceId: null,
      refProtected: "either",
      source: "either",
      by: "any",
    }),
  };
}

function without(patterns: readonly Pattern[]): Constraint[] {
  return patterns.length > 0 ? [{ pattern: either(...patterns), inside: false }] : [];
}

/** Subjects that name the project, by its path in any letter case or, where a trust names no path, by its id. */
function subjectsOfMentioned({ path, id }: MentionedProject): Pattern {
  const named =
    path === null ? text(`project_id:${id ?? ""}`) : sequence(text("project_path:"), text(path, { fold: true }));
  return sequence(optional(sequence(many(), text(":"))), named, optional(sequence(text(":"), many())));
}

/** Every other project: first branches with GitLab's default components, the more natural example, then all. */
function classesOfOtherProjects(project: MintingProject, mentioned: readonly MentionedProject[]): TokenClass[] {
  const said = {
    kind: "other-project" as const,
    not: mentioned,
    who: "anybody who runs pipelines in another project of the same GitLab, or can make one",
  };
  return [
    elsewhere(project, { ...said, words: "another project of the same GitLab", components: defaultComponents }),
    elsewhere(project, { ...said, words: "another project of the same GitLab, with subject components of its own" }),
  ];
}

/**
 * Since 18.2.2 the fork's path and id, wherever the pipeline runs (gitlab-org/gitlab#563038). Branches with
 * the default components: what else a fork mints is among the other projects' tokens.
 */
function classOfForks(project: MintingProject): TokenClass {
  return elsewhere(project, {
    kind: "fork",
    words: `a fork of ${project.path}, by its own path and id`,
    who: whoForks(project),
    components: defaultComponents,
  });
}

/**
 * Another project at this project's path, spelt as it is, after a rename, transfer or deletion. Since 19.1 GitLab mints
 * none, unless an administrator allows it (app/models/authn/burned_project_route.rb).
 */
function classesOfLaterHolder(project: MintingProject): TokenClass[] {
  const isRefused = isSince(project, "19.1.0");
  const holder = elsewhere(project, {
    kind: "later-holder",
    words: `another project at ${project.path}, once this one has left the path`,
    who: `whoever takes over the path ${project.path}`,
    path: text(project.path),
  });
  if (isRefused === false) return [holder];
  if (isGitlabCom(project.issuer)) return [onlyIf(holder, "gitlab.com mints for reused paths again")];
  const older = isRefused === null ? "GitLab, whose version is not known, is older than 19.1, or " : "";
  return [onlyIf(holder, `${older}an administrator lets GitLab mint for reused paths`)];
}

function isOther(project: MintingProject, { path, id }: MentionedProject): boolean {
  if (path !== null && !(takes(pathsByCharacters, path) && !takes(wrongPaths, path))) return false;
  if (id !== null && !takes(ids, id)) return false;
  if (path === null && id === null) return false;
  return path?.toLowerCase() !== project.path.toLowerCase() && id !== project.id;
}

/**
 * The tokens of a project that is named whole.
 * @param components what its subjects are made of; missing: any
 */
export function classOfMentioned(
  project: MintingProject,
  mentioned: MentionedProject,
  components?: readonly SubjectComponent[],
): TokenClass {
  const { path, id } = mentioned;
  const name = path ?? `the project with id ${id}`;
  const tokens = elsewhere(project, {
    kind: "other-project",
    words: path !== null && id !== null ? `${path}, the project with id ${id}` : name,
    who: `whoever may run pipelines in ${name}${id === null ? ", or can make it where there is none" : ""}`,
    ...(path !== null && { path: text(path) }),
    ...(id !== null && { id: text(id) }),
    ...(components && { components }),
  });
  return { ...tokens, mentioned };
}

const hex64 = sequence(...Array.from({ length: 64 }, () => one({ only: "0123456789abcdef" })));

/**
 * ID tokens of people who sign in with GitLab: the same issuer and keys as jobs (app/controllers/jwks_controller.rb), the
 * person's id as the subject, an application's id as the audience (config/initializers/doorkeeper_openid_connect.rb).
 */
function classOfLogins(): TokenClass {
  const address = sequence(someText, text("@"), someText);
  return {
    kind: "login",
    words: "a person who signs in to an application with GitLab",
    who: "whoever signs in to an application of the same GitLab",
    reach: "anybody",
    claims: {
      sub: says(within(ids)),
      aud: says(within(hex64)),
      oaud: says(within(hex64)),
      email: says(within(address), { mayLack: true }),
    },
  };
}
