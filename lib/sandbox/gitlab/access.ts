import type { Project } from "../company/company";
import type { Membership, Namespace } from "../company/groups";
import type { Person } from "../company/people";
import type { World } from "./world";
import { parentPath } from "./world";

/** GitLab's access levels (docs.gitlab.com/api/members, "Roles"). */
export const level = {
  none: 0,
  minimal: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  securityManager: 25,
  developer: 30,
  maintainer: 40,
  owner: 50,
} as const;

const levelNames: Record<number, string> = {
  10: "guest",
  15: "planner",
  20: "reporter",
  25: "security_manager",
  30: "developer",
  40: "maintainer",
  50: "owner",
};

/** The word for a level in ID tokens, or null when there is no role. */
export function levelName(accessLevel: number): string | null {
  return levelNames[accessLevel] ?? null;
}

/** Who may do what: answers are for the moment `today` (YYYY-MM-DD) was asked. */
export interface Access {
  /** The highest membership of each person in the project or group, inherited ones too; expired ones stay listed. */
  membersOf(path: string): Membership[];
  /** Highest level that has not expired; 0 for a stranger. */
  levelAt(person: Person, path: string): number;
  maySeeProject(person: Person, project: Project): boolean;
  mayReadCode(person: Person, project: Project): boolean;
  maySeeGroup(person: Person, group: Namespace): boolean;
}

/** @param today the date that decides which memberships have expired */
export function createAccess(world: World, today: () => string): Access {
  const bySource = grouped(world.memberships, (one) => one.source.toLowerCase());
  const byPerson = grouped(world.memberships, (one) => one.username);
  const valid = (one: Membership): boolean => one.expiresAt === null || one.expiresAt > today();
  const inherited = (path: string): Membership[] => lineage(path).flatMap((source) => bySource.get(source) ?? []);

  const membersOf = (path: string): Membership[] => {
    const best = new Map<string, Membership>();
    for (const one of inherited(path)) {
      const known = best.get(one.username);
      if (!known || rank(one, valid) > rank(known, valid)) best.set(one.username, one);
    }
    return [...best.values()];
  };
  const levelAt = (person: Person, path: string): number => {
    const sources = new Set(lineage(path));
    const levels = (byPerson.get(person.username) ?? [])
      .filter((one) => sources.has(one.source.toLowerCase()) && valid(one))
      .map((one) => one.accessLevel);
    return Math.max(0, ...levels);
  };
  const maySeeProject = (person: Person, project: Project): boolean =>
    project.visibility !== "private" || levelAt(person, project.path) >= level.guest;
  const mayReadCode = (person: Person, project: Project): boolean =>
    project.visibility !== "private" || levelAt(person, project.path) >= level.reporter;
  const maySeeGroup = (person: Person, group: Namespace): boolean => {
    if (group.visibility !== "private" || levelAt(person, group.fullPath) >= level.guest) return true;
    const below = `${group.fullPath.toLowerCase()}/`;
    return (byPerson.get(person.username) ?? []).some(
      (one) => valid(one) && one.source.toLowerCase().startsWith(below),
    );
  };
  return { membersOf, levelAt, maySeeProject, mayReadCode, maySeeGroup };
}

function rank(one: Membership, valid: (one: Membership) => boolean): number {
  return valid(one) ? one.accessLevel : one.accessLevel - 1000;
}

function lineage(path: string): string[] {
  const paths: string[] = [];
  for (let current = path.toLowerCase(); current !== ""; current = parentPath(current)) paths.push(current);
  return paths;
}

function grouped(all: readonly Membership[], key: (one: Membership) => string): Map<string, Membership[]> {
  const groups = new Map<string, Membership[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
