import type { Project } from "../company/company";
import type { Person } from "../company/people";
import { level } from "./access";
import { shaOf } from "./entities";
import type { Gitlab } from "./gitlab-context";

type Entity = Record<string, unknown>;

const levelWords: Record<number, string> = { 0: "No one", 30: "Developers + Maintainers", 40: "Maintainers" };

/** GitLab's wildcard of protected refs: `*` stands for any characters, `/` too. */
function covers(pattern: string, ref: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(ref);
}

/** Whether a branch or tag is protected, by name or by wildcard. */
export function isProtected(project: Project, ref: string, tag: boolean): boolean {
  return (tag ? project.protectedTags : project.protectedBranches).some((pattern) => covers(pattern, ref));
}

/** Whether the person may push to the branch or create the tag. */
export function mayPush(gitlab: Gitlab, project: Project, person: Person, ref: string, tag: boolean): boolean {
  return (
    gitlab.access().levelAt(person, project.path) >=
    (isProtected(project, ref, tag) ? level.maintainer : level.developer)
  );
}

/** Whether the person may run a pipeline there: who may push or merge (docs.gitlab.com/ci/pipelines, "Pipeline security on protected branches"). */
export function mayRunPipeline(gitlab: Gitlab, project: Project, person: Person, ref: string, tag: boolean): boolean {
  const mayMerge =
    !tag && project.developersMayMerge && gitlab.access().levelAt(person, project.path) >= level.developer;
  return mayMerge || mayPush(gitlab, project, person, ref, tag);
}

export function branchEntity(gitlab: Gitlab, project: Project, person: Person, name: string): Entity {
  const guarded = isProtected(project, name, false);
  return {
    name,
    commit: commitEntity(gitlab, project, name),
    merged: false,
    protected: guarded,
    developers_can_push: false,
    developers_can_merge: guarded && project.developersMayMerge,
    can_push: mayPush(gitlab, project, person, name, false),
    default: name === project.defaultBranch,
    web_url: `${gitlab.baseUrl()}/${project.path}/-/tree/${encodeURI(name)}`,
  };
}

export function tagEntity(gitlab: Gitlab, project: Project, name: string): Entity {
  const commit = commitEntity(gitlab, project, name);
  return {
    name,
    message: "",
    target: commit.id,
    commit,
    release: null,
    protected: isProtected(project, name, true),
    created_at: null,
  };
}

/** A rule of a protected branch: Maintainers push; they merge, or Developers too. */
export function protectedBranchEntity(project: Project, name: string, index: number): Entity {
  const id = project.id * 10 + index;
  return {
    id,
    name,
    push_access_levels: [accessRule(id, level.maintainer)],
    merge_access_levels: [accessRule(id, project.developersMayMerge ? level.developer : level.maintainer)],
    unprotect_access_levels: [],
    allow_force_push: false,
    code_owner_approval_required: false,
    inherited: false,
  };
}

export function protectedTagEntity(project: Project, name: string, index: number): Entity {
  return { name, create_access_levels: [accessRule(project.id * 10 + index, level.maintainer)] };
}

function accessRule(id: number, accessLevel: number): Entity {
  return {
    id,
    access_level: accessLevel,
    access_level_description: levelWords[accessLevel],
    deploy_key_id: null,
    user_id: null,
    group_id: null,
  };
}

function commitEntity(gitlab: Gitlab, project: Project, ref: string): Entity {
  const id = shaOf(project, ref);
  const hoursEarlier = ref === project.defaultBranch ? 0 : parseInt(id.slice(0, 4), 16) % 900;
  const at = new Date(project.lastActivityAt.getTime() - hoursEarlier * 3_600_000).toISOString().replace("Z", "+00:00");
  const title = ref === project.defaultBranch ? "Merge what was reviewed" : `Work on ${ref}`;
  return {
    id,
    short_id: id.slice(0, 8),
    created_at: at,
    committed_date: at,
    authored_date: at,
    parent_ids: [shaOf(project, `${ref}^`)],
    title,
    message: `${title}\n`,
    author_name: "Oleg Brandt",
    author_email: "oleg@acme.example",
    committer_name: "Oleg Brandt",
    committer_email: "oleg@acme.example",
    web_url: `${gitlab.baseUrl()}/${project.path}/-/commit/${id}`,
  };
}
