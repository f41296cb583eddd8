import type { RefType, SubjectComponent } from "./claims";

/**
 * The `sub` that GitLab mints: each component's name and value joined by ":" in the project's order; components
 * without a value are dropped (GitLab's lib/gitlab/ci/jwt_v2.rb).
 */
export function subjectFor(
  components: readonly SubjectComponent[],
  claims: Partial<Record<SubjectComponent, string>>,
): string {
  return components.flatMap((name) => (claims[name] ? [`${name}:${claims[name]}`] : [])).join(":");
}

/** What a trust knows of the pipelines it wants; `ref` may hold `*` and `?`. */
export interface SubjectParts {
  projectPath: string;
  projectId: string;
  refType: RefType | "*";
  ref: string;
  refProtected?: "true" | "false";
}

/**
 * The subject as a trust policy writes it, for StringEquals or StringLike. `${` is written as `${$}{`, or IAM would
 * read a policy variable. A component that the parts do not name becomes `*`.
 */
export function subjectPattern(components: readonly SubjectComponent[], parts: SubjectParts): string {
  const values: Record<SubjectComponent, string> = {
    project_path: parts.projectPath,
    project_id: parts.projectId,
    ref_type: parts.refType,
    ref: parts.ref,
    ref_protected: parts.refProtected ?? "*",
    environment_protected: "*",
    deployment_tier: "*",
  };
  return subjectFor(components, values).replaceAll("${", "${$}{");
}
