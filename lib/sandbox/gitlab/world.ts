import type { Project } from "../company/company";
import { buildCompany } from "../company/company";
import type { Membership, Namespace } from "../company/groups";
import type { Person } from "../company/people";
import type { SavedState } from "./state";

/** The company as it is now, indexed. Paths are found case-insensitively, as GitLab's routes are. */
export interface World {
  projects: readonly Project[];
  groups: readonly Namespace[];
  people: readonly Person[];
  memberships: readonly Membership[];
  projectById(id: number): Project | null;
  projectByPath(path: string): Project | null;
  /** The project that left `path`. */
  projectMovedFrom(path: string): Project | null;
  groupById(id: number): Namespace | null;
  groupByPath(path: string): Namespace | null;
  personById(id: number): Person | null;
  personByUsername(username: string): Person | null;
  /** Whether another project than `project` held its path before. */
  hasBurnedPath(project: Project): boolean;
}

/** Lays what changed (moves, memberships, blocked people, components) over the seeded company. */
export function buildWorld(services: number, state: SavedState): World {
  const company = buildCompany(services, new Date(state.seededAt));
  const leftBefore = company.projects.flatMap(({ id, oldPaths }) => oldPaths.map((path) => ({ path, projectId: id })));
  const burned = firstHolders([...company.burnedPaths, ...leftBefore, ...state.burnedPaths]);
  const namespaceByPath = new Map(company.groups.map((group) => [group.fullPath.toLowerCase(), group]));
  for (const project of company.projects) {
    project.components = state.components[project.id] ?? project.components;
    project.forksRunInParent = state.forksRunInParent[project.id] ?? project.forksRunInParent;
    const move = state.moves[project.id];
    if (!move) continue;
    project.path = move.path;
    project.oldPaths = [...project.oldPaths, ...move.oldPaths];
    project.name = move.path.slice(move.path.lastIndexOf("/") + 1);
    project.namespaceId = namespaceByPath.get(parentPath(move.path).toLowerCase())?.id ?? project.namespaceId;
  }
  for (const person of company.people) person.state = state.people[person.username] ?? person.state;
  const projectById = new Map(company.projects.map((project) => [project.id, project]));
  const projectByPath = new Map(company.projects.map((project) => [project.path.toLowerCase(), project]));
  const movedFrom = new Map(
    company.projects.flatMap((project) => project.oldPaths.map((path) => [path.toLowerCase(), project] as const)),
  );
  const groupById = new Map(company.groups.map((group) => [group.id, group]));
  const personById = new Map(company.people.map((person) => [person.id, person]));
  const personByUsername = new Map(company.people.map((person) => [person.username, person]));
  return {
    ...company,
    memberships: mergeMemberships(company.memberships, state),
    projectById: (id) => projectById.get(id) ?? null,
    projectByPath: (path) => projectByPath.get(path.toLowerCase()) ?? null,
    projectMovedFrom: (path) => movedFrom.get(path.toLowerCase()) ?? null,
    groupById: (id) => groupById.get(id) ?? null,
    groupByPath: (path) => namespaceByPath.get(path.toLowerCase()) ?? null,
    personById: (id) => personById.get(id) ?? null,
    personByUsername: (username) => personByUsername.get(username) ?? null,
    hasBurnedPath: (project) => (burned.get(project.path.toLowerCase()) ?? project.id) !== project.id,
  };
}

/** The project that left each path first. */
function firstHolders(records: readonly { path: string; projectId: number }[]): Map<string, number> {
  return new Map(records.toReversed().map(({ path, projectId }) => [path.toLowerCase(), projectId]));
}

/** `a/b` of `a/b/c`; empty at the top. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

function mergeMemberships(seeded: readonly Membership[], state: SavedState): Membership[] {
  const key = (one: Membership): string => `${one.username} ${one.source.toLowerCase()}`;
  const merged = new Map<string, Membership & { removed?: boolean }>(seeded.map((one) => [key(one), one]));
  for (const change of state.memberships) merged.set(key(change), change);
  return [...merged.values()].filter((one) => !one.removed);
}
