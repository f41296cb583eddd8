import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import { parseComponents } from "@/lib/gitlab-ci/components";
import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import { subjectFor } from "@/lib/gitlab-ci/subject";
import type { Project } from "../company/company";
import type { Person } from "../company/people";
import { levelName } from "./access";
import { emailOf, shaOf } from "./entities";
import type { Gitlab } from "./gitlab-context";
import { isProtected } from "./refs";
import type { Pipeline } from "./state";

const jobTimeoutSeconds = 3600;
const runnerId = 12270835;

export type Minted = { ok: true; token: string; claims: JWTPayload } | { ok: false; failureReason: "id_token_burned_project_path" | "id_token_invalid_components" };

/** What a token is minted for. */
export interface Job {
  project: Project;
  person: Person;
  pipeline: Pipeline;
  audience: string;
}

/**
 * The ID token of a job: every claim that docs.gitlab.com/ci/secrets/id_token_authentication lists for a job without
 * an environment, ids and booleans as strings. Refused where the path in the subject once was another project's
 * (GitLab 19.1 and later).
 */
export async function mintIdToken(gitlab: Gitlab, job: Job): Promise<Minted> {
  const parsed = parseComponents(job.project.components);
  if (!parsed.ok) return { ok: false, failureReason: "id_token_invalid_components" };
  if (parsed.components.includes("project_path") && gitlab.world().hasBurnedPath(job.project)) return { ok: false, failureReason: "id_token_burned_project_path" };
  const claims = claimsOf(gitlab, job, parsed.components);
  return { ok: true, token: await gitlab.keys.signIdToken(claims), claims };
}

function claimsOf(gitlab: Gitlab, { project, person, pipeline, audience }: Job, components: readonly SubjectComponent[]): JWTPayload {
  const now = Math.floor(gitlab.now().getTime() / 1000);
  const sha = shaOf(project, pipeline.ref);
  const refPath = `refs/${pipeline.tag ? "tags" : "heads"}/${pipeline.ref}`;
  const accessLevel = levelName(gitlab.access().levelAt(person, project.path));
  const place = { namespace_id: String(project.namespaceId), namespace_path: project.path.slice(0, project.path.lastIndexOf("/")), project_id: String(project.id), project_path: project.path };
  const ref = { ref: pipeline.ref, ref_type: pipeline.tag ? "tag" : "branch", ref_path: refPath, ref_protected: String(isProtected(project, pipeline.ref, pipeline.tag)) };
  return {
    iss: gitlab.issuer,
    aud: audience,
    sub: subjectFor(components, { project_path: place.project_path, project_id: place.project_id, ref_type: ref.ref_type, ref: ref.ref, ref_protected: ref.ref_protected }),
    iat: now,
    nbf: now - 5,
    exp: now + jobTimeoutSeconds,
    jti: randomUUID(),
    ...place,
    job_namespace_id: place.namespace_id,
    job_namespace_path: place.namespace_path,
    job_project_id: place.project_id,
    job_project_path: place.project_path,
    user_id: String(person.id),
    user_login: person.username,
    user_email: emailOf(person),
    ...(accessLevel ? { user_access_level: accessLevel } : {}),
    pipeline_id: String(pipeline.id),
    pipeline_source: pipeline.source,
    job_id: String(pipeline.jobId),
    ...ref,
    runner_id: runnerId,
    runner_environment: "gitlab-hosted",
    sha,
    project_visibility: project.visibility,
    ci_config_ref_uri: `${new URL(gitlab.issuer).host}/${project.path}//.gitlab-ci.yml@${refPath}`,
    ci_config_sha: sha,
    job_source: pipeline.source,
  };
}
