import { createHash } from "node:crypto";
import type { Project } from "../company/company";
import type { Membership, Namespace } from "../company/groups";
import type { Person } from "../company/people";
import { level } from "./access";
import type { Gitlab } from "./gitlab-context";
import { parentPath } from "./world";

type Entity = Record<string, unknown>;

/** GitLab's "basic user". */
export function userEntity(gitlab: Gitlab, person: Person): Entity {
  return {
    id: person.id,
    username: person.username,
    public_email: "",
    name: person.name,
    state: person.state,
    locked: false,
    avatar_url: null,
    web_url: `${gitlab.baseUrl()}/${person.username}`,
  };
}

/** `GET /user`. */
export function currentUserEntity(gitlab: Gitlab, person: Person): Entity {
  return {
    ...userEntity(gitlab, person),
    email: emailOf(person),
    commit_email: emailOf(person),
    created_at: gitlab.file.value.seededAt,
    bot: person.bot,
    two_factor_enabled: true,
    external: false,
    private_profile: false,
    is_admin: false,
    namespace_id: 5000 + person.id,
    confirmed_at: gitlab.file.value.seededAt,
  };
}

/** The address that `GET /user` and ID tokens show. */
export function emailOf(person: Person): string {
  return `${person.username}@acme.example`;
}

export function memberEntity(gitlab: Gitlab, membership: Membership, person: Person): Entity {
  return {
    ...userEntity(gitlab, person),
    membership_state: "active",
    access_level: membership.accessLevel,
    expires_at: membership.expiresAt,
    created_at: gitlab.file.value.seededAt,
  };
}

function namespaceEntity(gitlab: Gitlab, namespace: Namespace): Entity {
  const parent = gitlab.world().groupByPath(parentPath(namespace.fullPath));
  const webUrl = `${gitlab.baseUrl()}/${namespace.kind === "group" ? "groups/" : ""}${namespace.fullPath}`;
  return {
    id: namespace.id,
    name: namespace.name,
    path: lastSegment(namespace.fullPath),
    kind: namespace.kind,
    full_path: namespace.fullPath,
    parent_id: parent?.id ?? null,
    avatar_url: null,
    web_url: webUrl,
  };
}

export function groupEntity(gitlab: Gitlab, group: Namespace): Entity {
  const parent = gitlab.world().groupByPath(parentPath(group.fullPath));
  return {
    id: group.id,
    web_url: `${gitlab.baseUrl()}/groups/${group.fullPath}`,
    name: group.name,
    path: lastSegment(group.fullPath),
    description: "",
    visibility: group.visibility,
    full_name: fullName(gitlab, group.fullPath),
    full_path: group.fullPath,
    parent_id: parent?.id ?? null,
    avatar_url: null,
    created_at: gitlab.file.value.seededAt,
    archived: false,
    marked_for_deletion_on: null,
  };
}

/** What `simple=true` leaves of a project. */
export function simpleProjectEntity(gitlab: Gitlab, project: Project, person: Person): Entity {
  const webUrl = `${gitlab.baseUrl()}/${project.path}`;
  const code = gitlab.access().mayReadCode(person, project)
    ? {
        default_branch: project.defaultBranch,
        readme_url: project.empty ? null : `${webUrl}/-/blob/${project.defaultBranch}/README.md`,
      }
    : {};
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: fullName(gitlab, project.path),
    path: lastSegment(project.path),
    path_with_namespace: project.path,
    created_at: project.createdAt.toISOString(),
    ...code,
    tag_list: [],
    topics: [],
    ssh_url_to_repo: `git@127.0.0.1:${project.path}.git`,
    http_url_to_repo: `${webUrl}.git`,
    web_url: webUrl,
    forks_count: gitlab.world().projects.filter((one) => one.forkOf === project.id).length,
    avatar_url: null,
    star_count: 0,
    last_activity_at: project.lastActivityAt.toISOString(),
    visibility: project.visibility,
    namespace: namespaceOf(gitlab, project),
  };
}

/** A project as `person` may see it: CI settings only from Maintainer up, code facts only with read access; else the keys are absent. */
export function projectEntity(gitlab: Gitlab, project: Project, person: Person): Entity {
  const maintainer = gitlab.access().levelAt(person, project.path) >= level.maintainer;
  const code = gitlab.access().mayReadCode(person, project) ? { ci_config_path: "" } : {};
  const parent = project.forkOf === null ? null : gitlab.world().projectById(project.forkOf);
  return {
    ...simpleProjectEntity(gitlab, project, person),
    ...code,
    _links: { self: `${gitlab.baseUrl()}/api/v4/projects/${project.id}` },
    archived: project.archived,
    empty_repo: project.empty,
    marked_for_deletion_on: null,
    creator_id: 12,
    issues_enabled: true,
    jobs_enabled: true,
    shared_with_groups: [],
    ...(parent && gitlab.access().maySeeProject(person, parent)
      ? { forked_from_project: simpleProjectEntity(gitlab, parent, person) }
      : {}),
    ...(maintainer ? maintainerFields(project) : {}),
    permissions: permissions(gitlab, project, person),
  };
}

function maintainerFields(project: Project): Entity {
  return {
    build_timeout: 3600,
    runners_token: null,
    ci_allow_fork_pipelines_to_run_in_parent_project: project.forksRunInParent,
    ci_id_token_sub_claim_components: project.components,
    protect_merge_request_pipelines: true,
    ci_pipeline_variables_minimum_override_role: "maintainer",
  };
}

function permissions(gitlab: Gitlab, project: Project, person: Person): Entity {
  const direct = gitlab
    .world()
    .memberships.find(
      (one) => one.username === person.username && one.source.toLowerCase() === project.path.toLowerCase(),
    );
  const fromGroup = gitlab.access().levelAt(person, parentPath(project.path));
  const entry = (accessLevel: number): Entity | null =>
    accessLevel > 0 ? { access_level: accessLevel, notification_level: 3 } : null;
  return { project_access: direct ? entry(direct.accessLevel) : null, group_access: entry(fromGroup) };
}

function namespaceOf(gitlab: Gitlab, project: Project): Entity | null {
  const namespace = gitlab.world().groupById(project.namespaceId);
  return namespace ? namespaceEntity(gitlab, namespace) : null;
}

function fullName(gitlab: Gitlab, path: string): string {
  const segments = path.split("/");
  return segments
    .map((segment, index) => gitlab.world().groupByPath(segments.slice(0, index + 1).join("/"))?.name ?? segment)
    .join(" / ");
}

/** `c` of `a/b/c`. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The commit at a ref: always the same for the same project and ref. */
export function shaOf(project: Project, ref: string): string {
  return createHash("sha1").update(`${project.id}:${ref}`).digest("hex");
}
