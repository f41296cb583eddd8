import { either, text } from "@/lib/language/pattern";
import type { Constraint } from "@/lib/language/search";
import type { RefType, SubjectComponent } from "../claims";
import { subjectFor } from "../subject";
import { jobClaims, says, within } from "./job-claims";
import type { MintingProject } from "./project";
import { anyDeveloper, reachOf, ruleFor } from "./ref-rule";
import { namesEnvironment, rightly, subjectsOfAnyComponents, tiers } from "./subject-set";
import type { ClaimValues, Reach, TokenClass } from "./token-class";

interface ExistingRef {
  name: string;
  type: RefType;
  protected: boolean;
}

/**
 * The tokens of jobs on a branch or tag that exists: pushes, schedules, triggers and the like, and merge requests from the
 * branch. That those may say otherwise whether it is protected is in a class of their own (`classesOfMergeRequests`).
 */
export function classOfRef(project: MintingProject, ref: ExistingRef): TokenClass {
  return {
    kind: "ref",
    words: `the ${ref.protected ? "protected " : ""}${ref.type} ${ref.name}`,
    who: whoRuns(project, ref),
    reach: reachTo(project, ref),
    claims: jobClaims(project, {
      sub: subjectOfRef(project, ref),
      id: within(text(project.id)),
      namespaceId: project.namespaceId,
      refProtected: ref.protected ? "true" : "false",
      source: ref.type === "branch" ? "either" : "ref",
      by: "pushing",
    }),
  };
}

/** Who may push there may run its pipelines (docs.gitlab.com/ci/pipelines, "Pipeline security on protected branches"). */
function whoRuns(project: MintingProject, ref: ExistingRef): string {
  if (!ref.protected) return anyDeveloper(project);
  const { rule, who } = ruleFor(project, ref.name, ref.type);
  return rule === null ? "not known" : who;
}

function reachTo(project: MintingProject, ref: ExistingRef): Reach {
  if (!ref.protected) return "developers";
  const { rule } = ruleFor(project, ref.name, ref.type);
  return rule === null || rule === "not known" ? "not-known" : reachOf(rule);
}

function subjectOfRef(project: MintingProject, ref: ExistingRef): ClaimValues {
  const { components } = project;
  if (!components) {
    const values = {
      path: text(project.path),
      id: text(project.id),
      type: ref.type,
      name: text(ref.name),
      refProtected: ref.protected ? ("true" as const) : ("false" as const),
    };
    return says(rightly(subjectsOfAnyComponents(project, values)));
  }
  if (!namesEnvironment(components)) return says(subjectsIn(project, components, ref, withoutAny));
  const sub = says(subjectsIn(project, components, ref, environments), { chosen: true });
  if (!components.includes("environment_protected")) return sub;
  return { ...sub, atWill: subjectsIn(project, components, ref, environments.filter(isAtWill)) };
}

type Environment = Partial<Record<SubjectComponent, string>>;

/** No environment, or one of each tier, protected or not: name and tier are the job's own words. */
const environments: readonly Environment[] = [
  {},
  ...["false", "true"].flatMap((environment_protected) =>
    tiers.map((deployment_tier) => ({ environment_protected, deployment_tier })),
  ),
];

/** A protected environment must be there, and lets only those run jobs who may deploy to it. */
function isAtWill({ environment_protected }: Environment): boolean {
  return environment_protected !== "true";
}

/** All subjects that jobs on the ref can have, one by one; null where the subject's components are not known. */
export function subjectsOfRef(project: MintingProject, ref: ExistingRef): string[] | null {
  const { components } = project;
  return components && textsOf(project, components, ref, namesEnvironment(components) ? environments : withoutAny);
}

const withoutAny: readonly Environment[] = [{}];

function subjectsIn(
  project: MintingProject,
  components: readonly SubjectComponent[],
  ref: ExistingRef,
  choices: readonly Environment[],
): Constraint[] {
  return within(either(...textsOf(project, components, ref, choices).map((subject) => text(subject))));
}

function textsOf(
  project: MintingProject,
  components: readonly SubjectComponent[],
  ref: ExistingRef,
  choices: readonly Environment[],
): string[] {
  const claims = {
    project_path: project.path,
    project_id: project.id,
    ref_type: ref.type,
    ref: ref.name,
    ref_protected: String(ref.protected),
  };
  const subjects = choices.map((environment) => subjectFor(components, { ...claims, ...environment }));
  return subjects.length === 1 ? subjects : [...new Set(subjects)];
}
