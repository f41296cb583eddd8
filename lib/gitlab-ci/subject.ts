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

/** What a subject in a trust policy wants, ids as strings; `ref` is "*" where the components do not name the ref. */
export type SubjectOfProject = Omit<SubjectParts, "projectPath" | "projectId">;

/** Stands for the ref while a subject is taken apart: no path, ref or pattern holds it. */
const mark = "\u0000";

/**
 * The inverse of `subjectPattern` for one project: what the subject wants, or null for one that `subjectPattern` does
 * not write for it, such as another project's. Where the components leave the type out, it is read as "branch".
 */
export function readSubject(
  components: readonly SubjectComponent[],
  subject: string,
  project: Pick<SubjectParts, "projectPath" | "projectId">,
): SubjectOfProject | null {
  for (const refType of ["branch", "tag", "*"] as const) {
    for (const refProtected of [undefined, "true"] as const) {
      const parts = { refType, ...(refProtected && { refProtected }) };
      const [start = "", end] = subjectPattern(components, { ...project, ...parts, ref: mark }).split(mark);
      const isFramed = end !== undefined && subject.startsWith(start) && subject.endsWith(end);
      const ref = isFramed ? subject.slice(start.length, subject.length - end.length).replaceAll("${$}{", "${") : "*";
      if (ref !== "" && subjectPattern(components, { ...project, ...parts, ref }) === subject) return { ...parts, ref };
    }
  }
  return null;
}
