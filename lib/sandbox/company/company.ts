import { articlePipeline } from "./article-pipeline";
import type { Membership, Namespace } from "./groups";
import { groups, memberships } from "./groups";
import type { Person } from "./people";
import { people } from "./people";
import type { Environment, ProjectSpec } from "./projects";
import { burnedPaths, projectSpecs } from "./projects";
import { serviceProjects } from "./service-projects";

/** A project of the sandbox's GitLab, everything said. */
export interface Project extends Required<Omit<ProjectSpec, "forkOf" | "ciConfig" | "environment">> {
  name: string;
  namespaceId: number;
  forkOf: number | null;
  environment: Environment | null;
  /** Text of `.gitlab-ci.yml`, or null in an empty repository. */
  ciConfig: string | null;
  createdAt: Date;
  lastActivityAt: Date;
}

export interface Company {
  people: Person[];
  groups: Namespace[];
  projects: Project[];
  memberships: Membership[];
  burnedPaths: { path: string; projectId: number }[];
}

/**
 * The seeded company, built anew each time.
 * @param services how many generated service projects stand beside the named ones
 * @param at when the company was seeded: activity lies before it
 */
export function buildCompany(services: number, at: Date): Company {
  const namespaceIds = new Map(groups.map((group) => [group.fullPath, group.id]));
  const specs = [...projectSpecs, ...serviceProjects(services)];
  return {
    people: people.map((person) => ({ ...person })),
    groups: [...groups],
    projects: specs.map((spec) => complete(spec, namespaceIds, at)),
    memberships: [...memberships],
    burnedPaths: [...burnedPaths],
  };
}

function complete(spec: ProjectSpec, namespaceIds: Map<string, number>, at: Date): Project {
  const slash = spec.path.lastIndexOf("/");
  const defaultBranch = spec.defaultBranch ?? "main";
  const minutesAgo = (spec.id * 7919) % 200_000;
  return {
    id: spec.id,
    path: spec.path,
    name: spec.path.slice(slash + 1),
    namespaceId: namespaceIds.get(spec.path.slice(0, slash)) ?? 0,
    description: spec.description ?? "",
    visibility: spec.visibility ?? "private",
    defaultBranch,
    branches: spec.empty ? [] : (spec.branches ?? [defaultBranch, "develop"]),
    tags: spec.empty ? [] : (spec.tags ?? ["v1.0.0"]),
    protectedBranches: spec.protectedBranches ?? [defaultBranch],
    developersMayMerge: spec.developersMayMerge ?? false,
    protectedTags: spec.protectedTags ?? [],
    components: spec.components ?? ["project_path", "ref_type", "ref"],
    archived: spec.archived ?? false,
    empty: spec.empty ?? false,
    forkOf: spec.forkOf ?? null,
    oldPaths: spec.oldPaths ?? [],
    forksRunInParent: spec.forksRunInParent ?? false,
    environment: spec.environment ?? null,
    ciConfig: spec.empty ? null : (spec.ciConfig ?? pipelineOf(spec)),
    createdAt: new Date(at.getTime() - 86_400_000 * (400 + (spec.id % 900))),
    lastActivityAt: new Date(at.getTime() - minutesAgo * 60_000),
  };
}

function pipelineOf({ environment }: ProjectSpec): string {
  return environment
    ? `${articlePipeline}  environment:\n    name: ${environment.name}\n    deployment_tier: ${environment.tier}\n`
    : articlePipeline;
}
