import { z } from "zod";
import { TrustdeskError } from "@/lib/errors";
import type { Listed } from "./pages";
import { everyPage } from "./pages";
import type { GitlabConnection } from "./request";
import { gitlabGet } from "./request";
import type {
  GitlabBranch,
  GitlabMember,
  GitlabMetadata,
  GitlabProject,
  GitlabTag,
  GitlabUser,
  ProtectedBranch,
  ProtectedTag,
} from "./schema";
import {
  gitlabBranchSchema,
  gitlabMemberSchema,
  gitlabMetadataSchema,
  gitlabProjectSchema,
  gitlabTagSchema,
  gitlabUserSchema,
  protectedBranchSchema,
  protectedTagSchema,
} from "./schema";

export type { Listed } from "./pages";

/** One page of the person's projects, in ascending id. */
export interface ProjectPage {
  projects: GitlabProject[];
  /** Pass it to `memberProjects` for the next page; null at the end. */
  next: string | null;
}

/** What we ask GitLab, as one person or as the bot. Every method throws TrustdeskError. */
export interface GitlabClient {
  user(): Promise<GitlabUser>;
  metadata(): Promise<GitlabMetadata>;
  /** Projects of which the person is a member with at least `minAccessLevel` (null: any), by keyset. */
  memberProjects(options: {
    minAccessLevel: number | null;
    after: string | null;
    perPage?: number;
  }): Promise<ProjectPage>;
  /** By numeric id or full path; a moved project is followed. */
  project(idOrPath: number | string): Promise<GitlabProject>;
  branches(projectId: number, most: number): Promise<Listed<GitlabBranch>>;
  tags(projectId: number, most: number): Promise<Listed<GitlabTag>>;
  /** Needs Maintainer on many versions: expect `forbidden`. */
  protectedBranches(projectId: number): Promise<ProtectedBranch[]>;
  protectedTags(projectId: number): Promise<ProtectedTag[]>;
  /** Inherited memberships included (`members/all`). `not-found` for a person who is no member. */
  projectMember(projectId: number, userId: number): Promise<GitlabMember>;
  groupMember(groupPath: string, userId: number): Promise<GitlabMember>;
  groupMembers(groupPath: string, most: number): Promise<Listed<GitlabMember>>;
}

/** A client that speaks GitLab's REST API v4 with `connection.token`. */
export function gitlabClient(connection: GitlabConnection): GitlabClient {
  const one = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    (await gitlabGet(connection, path, schema)).value;
  const all = <T>(path: string, schema: z.ZodType<T>, most: number): Promise<Listed<T>> =>
    everyPage(connection, path, schema, most);
  return {
    user: () => one("/user", gitlabUserSchema),
    metadata: () => one("/metadata", gitlabMetadataSchema),
    memberProjects: async ({ minAccessLevel, after, perPage = 100 }) => {
      const query = new URLSearchParams({
        membership: "true",
        pagination: "keyset",
        order_by: "id",
        sort: "asc",
        per_page: String(perPage),
      });
      if (minAccessLevel !== null) query.set("min_access_level", String(minAccessLevel));
      // GitLab's link carries all of them; a page number alone must not ask for other people's projects.
      for (const [name, value] of new URLSearchParams(after ?? "")) if (!query.has(name)) query.set(name, value);
      const page = await gitlabGet(connection, `/projects?${query.toString()}`, z.array(gitlabProjectSchema));
      return { projects: page.value, next: page.next };
    },
    project: (idOrPath) => one(`/projects/${encodeURIComponent(idOrPath)}`, gitlabProjectSchema),
    branches: (id, most) => all(`/projects/${id}/repository/branches`, gitlabBranchSchema, most),
    tags: (id, most) => all(`/projects/${id}/repository/tags`, gitlabTagSchema, most),
    protectedBranches: async (id) =>
      whole(await all(`/projects/${id}/protected_branches`, protectedBranchSchema, mostRules)),
    protectedTags: async (id) => whole(await all(`/projects/${id}/protected_tags`, protectedTagSchema, mostRules)),
    projectMember: (id, userId) => one(`/projects/${id}/members/all/${userId}`, gitlabMemberSchema),
    groupMember: (path, userId) => one(`/groups/${encodeURIComponent(path)}/members/all/${userId}`, gitlabMemberSchema),
    groupMembers: (path, most) => all(`/groups/${encodeURIComponent(path)}/members/all`, gitlabMemberSchema, most),
  };
}

const mostRules = 5000;

/** The most permissive of all rules counts, so a part of them says nothing. */
function whole<T>({ rows, truncated }: Listed<T>): T[] {
  if (!truncated) return rows;
  throw new TrustdeskError(
    "upstream",
    "GitLab's list of protection rules cannot be read to its end, so who may push is not known.",
  );
}
