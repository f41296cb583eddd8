import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import { parseComponents } from "@/lib/gitlab-ci/components";
import { subjectFor } from "@/lib/gitlab-ci/subject";
import { isAtLeast } from "@/lib/gitlab-ci/version";
import type { Project } from "../company/company";
import type { Person } from "../company/people";
import { levelName } from "./access";
import { emailOf, shaOf } from "./entities";
import type { Gitlab } from "./gitlab-context";
import { isProtected } from "./refs";
import type { Pipeline } from "./state";
import { parentPath } from "./world";

const jobTimeoutSeconds = 3600;
const runnerId = 12270835;

export type Minted =
  | { ok: true; token: string; claims: JWTPayload }
  | { ok: false; failureReason: "id_token_burned_project_path" | "id_token_invalid_components" };

/** What a token is minted for. */
export interface Job {
  project: Project;
  person: Person;
  pipeline: Pipeline;
  audience: string;
}

/**
 * The ID token of a job: the claims that docs.gitlab.com/ci/secrets/id_token_authentication lists, ids and booleans as
 * strings. Refused where the path in the subject once was another project's (GitLab 19.1 and later).
 */
export async function mintIdToken(gitlab: Gitlab, job: Job): Promise<Minted> {
  const parsed = parseComponents(job.project.components);
  if (!parsed.ok) return { ok: false, failureReason: "id_token_invalid_components" };
  const blocksReuse = isAtLeast(gitlab.version(), "19.1.0") && parsed.components.includes("project_path");
  if (blocksReuse && gitlab.world().hasBurnedPath(sourceOf(gitlab, job)))
    return { ok: false, failureReason: "id_token_burned_project_path" };
  const claims = claimsOf(gitlab, job, parsed.components);
  return { ok: true, token: await gitlab.keys.signIdToken(claims), claims };
}

/**
 * The project that the token speaks of: of a fork's merge request the fork, wherever the job runs; before 18.2.2 the
 * project in which it runs (gitlab-org/gitlab#563038).
 */
function sourceOf(gitlab: Gitlab, { project, pipeline }: Job): Project {
  if (!pipeline.mergeRequest || !isAtLeast(gitlab.version(), "18.2.2")) return project;
  return gitlab.world().projectById(pipeline.mergeRequest.sourceProjectId) ?? project;
}

function claimsOf(gitlab: Gitlab, job: Job, components: readonly SubjectComponent[]): JWTPayload {
  const { project, person, pipeline, audience } = job;
  const now = Math.floor(gitlab.now().getTime() / 1000);
  const sha = shaOf(commitProject(gitlab, job), pipeline.ref);
  const refPath = `refs/${pipeline.tag ? "tags" : "heads"}/${pipeline.ref}`;
  const accessLevel = levelName(gitlab.access().levelAt(person, project.path));
  const place = placeOf(sourceOf(gitlab, job));
  const ref = {
    ref: pipeline.ref,
    ref_type: pipeline.tag ? "tag" : "branch",
    ref_path: refPath,
    ref_protected: String(refProtected(job)),
  };
  const environment = environmentClaims(project);
  return {
    iss: gitlab.issuer,
    aud: audience,
    sub: subjectFor(components, { ...place, ...ref, ...environment }),
    iat: now,
    nbf: now - 5,
    exp: now + jobTimeoutSeconds,
    jti: randomUUID(),
    ...place,
    ...(isAtLeast(gitlab.version(), "18.2.2") ? jobPlace(placeOf(project)) : {}),
    user_id: String(person.id),
    user_login: person.username,
    user_email: emailOf(person),
    ...(accessLevel ? { user_access_level: accessLevel } : {}),
    pipeline_id: String(pipeline.id),
    pipeline_source: pipeline.source,
    job_id: String(pipeline.jobId),
    ...ref,
    ...environment,
    runner_id: runnerId,
    runner_environment: "gitlab-hosted",
    sha,
    project_visibility: project.visibility,
    ci_config_ref_uri: `${new URL(gitlab.issuer).host}/${project.path}//.gitlab-ci.yml@${refPath}`,
    ci_config_sha: sha,
    ...(isAtLeast(gitlab.version(), "18.9.0") ? { job_source: pipeline.source } : {}),
  };
}

/** Where the commit was pushed to, whatever the token says. */
function commitProject(gitlab: Gitlab, { project, pipeline }: Job): Project {
  return (pipeline.mergeRequest && gitlab.world().projectById(pipeline.mergeRequest.sourceProjectId)) ?? project;
}

/** A merge request pipeline's own ref is refs/merge-requests/…, which no rule protects (GitLab's app/models/ci/pipeline.rb). */
function refProtected({ project, pipeline }: Job): boolean {
  return !pipeline.mergeRequest && isProtected(project, pipeline.ref, pipeline.tag);
}

interface Place {
  namespace_id: string;
  namespace_path: string;
  project_id: string;
  project_path: string;
}

function placeOf(project: Project): Place {
  return {
    namespace_id: String(project.namespaceId),
    namespace_path: parentPath(project.path),
    project_id: String(project.id),
    project_path: project.path,
  };
}

function jobPlace(place: Place): Record<string, string> {
  return {
    job_namespace_id: place.namespace_id,
    job_namespace_path: place.namespace_path,
    job_project_id: place.project_id,
    job_project_path: place.project_path,
  };
}

/** Nothing for a job without an environment; a subject component then has no value and is dropped. */
function environmentClaims({ environment }: Project): {
  environment?: string;
  environment_protected?: string;
  deployment_tier?: string;
  environment_action?: string;
} {
  if (!environment) return {};
  return {
    environment: environment.name,
    environment_protected: String(environment.protected),
    deployment_tier: environment.tier,
    environment_action: "start",
  };
}
