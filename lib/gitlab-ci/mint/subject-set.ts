import type { Pattern } from "@/lib/language/pattern";
import { either, many, optional, sequence, text } from "@/lib/language/pattern";
import type { Constraint } from "@/lib/language/search";
import type { RefType, SubjectComponent } from "../claims";
import { isSince } from "./gitlab-version";
import type { MintingProject } from "./project";
import { ids, pathsByCharacters, wrongPaths } from "./project-path";
import { namesByCharacters, wrongNames } from "./ref-name";

/** What a claim says where it is one of two words, or both can be. */
export type Truth = "true" | "false" | "either";

/** The values that the components of a subject can have. */
export interface SubjectValues {
  path: Pattern;
  id: Pattern;
  type: RefType | "either";
  name: Pattern;
  refProtected: Truth;
}

type Values = Record<SubjectComponent, Pattern>;

/** GitLab's tiers (docs.gitlab.com/ci/environments, "Deployment tier of environments"). */
export const tiers = ["production", "staging", "testing", "development", "other"] as const;

const ofEnvironment = ["environment_protected", "deployment_tier"] as const;
const anything: Pick<Values, (typeof ofEnvironment)[number]> = {
  environment_protected: either(text("true"), text("false")),
  deployment_tier: either(...tiers.map((tier) => text(tier))),
};

function valuesOf({ path, id, type, name, refProtected }: SubjectValues): Values {
  return {
    ...anything,
    project_path: path,
    project_id: id,
    ref_type: type === "either" ? either(text("branch"), text("tag")) : text(type),
    ref: name,
    ref_protected: refProtected === "either" ? either(text("true"), text("false")) : text(refProtected),
  };
}

const piece = (name: SubjectComponent, value: Pattern) => sequence(text(`${name}:`), value);

/** Whether a job chooses, by its environment, what its subject says. */
export function namesEnvironment(components: readonly SubjectComponent[]): boolean {
  return ofEnvironment.some((name) => components.includes(name));
}

/**
 * The subjects of jobs with an environment and of jobs without: GitLab drops the components that have no value
 * (lib/gitlab/ci/jwt_v2.rb), as `subjectFor` does. Names and paths only by their characters: see `rightly`.
 */
export function subjectsOf(components: readonly SubjectComponent[], given: SubjectValues): Pattern {
  const values = valuesOf(given);
  const joined = (names: readonly SubjectComponent[]) =>
    sequence(...names.flatMap((name, at) => [text(at === 0 ? "" : ":"), piece(name, values[name])]));
  if (!namesEnvironment(components)) return joined(components);
  const plain = components.filter((name) => !ofEnvironment.some((dropped) => dropped === name));
  return either(joined(plain), joined(components));
}

const further: readonly SubjectComponent[] = [
  "ref_type",
  "ref",
  "ref_protected",
  "environment_protected",
  "deployment_tier",
  "project_id",
  "project_path",
];

/**
 * The subjects of a project whose components are not known: led by the path, or from 19.1 on by the id (gitlab-org/gitlab
 * #600358), then up to six more in any order. Some are among them that no project mints: a component twice, or half of
 * an environment's two.
 */
export function subjectsOfAnyComponents(project: MintingProject, given: SubjectValues): Pattern {
  const values = valuesOf(given);
  const next = either(...further.map((name) => piece(name, values[name])));
  const tail = Array.from({ length: further.length - 1 }).reduce<Pattern>(
    (after) => optional(sequence(text(":"), next, after)),
    text(""),
  );
  const byPath = piece("project_path", given.path);
  const lead = isSince(project, "19.1.0") === false ? byPath : either(byPath, piece("project_id", given.id));
  return sequence(lead, tail);
}

const end = optional(sequence(text(":"), many()));

/** The subjects whose ref is one of these names, whatever the rest says. */
export function subjectsNaming(names: Pattern): Pattern {
  return sequence(many(), text(":ref:"), names, end);
}

const notWrong: Constraint = {
  pattern: either(
    subjectsNaming(wrongNames),
    sequence(optional(sequence(many(), text(":"))), text("project_path:"), wrongPaths, end),
  ),
  inside: false,
};

/** These subjects without those that hold a name or a path which GitLab refuses. */
export function rightly(subjects: Pattern): Constraint[] {
  return [{ pattern: subjects, inside: true }, notWrong];
}

/** Any value of each component. */
export const anyValues: SubjectValues = {
  path: pathsByCharacters,
  id: ids,
  type: "either",
  name: namesByCharacters,
  refProtected: "either",
};
