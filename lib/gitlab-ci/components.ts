import type { SubjectComponent } from "./claims";
import { subjectComponents } from "./claims";

export type { SubjectComponent } from "./claims";

/** GitLab's default of `ci_id_token_sub_claim_components`. */
export const defaultComponents: readonly SubjectComponent[] = ["project_path", "ref_type", "ref"];

/**
 * Reads a project's `ci_id_token_sub_claim_components` as the projects API answers it. Refuses what cannot be
 * understood: a subject built from a guess would trust the wrong pipelines.
 */
export function parseComponents(
  value: unknown,
): { ok: true; components: SubjectComponent[] } | { ok: false; reason: string } {
  if (value === undefined || value === null)
    return refused(
      "GitLab does not show this project's subject components: only its Maintainers may read them, and the default must not be assumed.",
    );
  if (!isListOfNames(value)) return refused("The project's subject components are not a list of names.");
  const components: SubjectComponent[] = [];
  for (const name of value) {
    if (!isComponent(name))
      return refused(
        `Trustdesk does not know the subject component "${name}", so it cannot tell which pipelines a trust would admit.`,
      );
    components.push(name);
  }
  if (components[0] !== "project_path" && components[0] !== "project_id")
    return refused("The subject must begin with project_path or project_id; GitLab refuses anything else.");
  if (new Set(components).size !== components.length) return refused("A subject component is listed twice.");
  return { ok: true, components };
}

/** Sentences about what a project's components leave out of its subject; empty when nothing is amiss. */
export function componentWarnings(components: readonly SubjectComponent[]): string[] {
  const warnings: string[] = [];
  if (!components.includes("ref"))
    warnings.push("The subject does not name the ref: every branch and tag of the project mints the same subject.");
  if (components.includes("ref") && !components.includes("ref_type"))
    warnings.push(
      "The subject does not say whether the ref is a branch or a tag: a tag with a branch's name mints the branch's subject.",
    );
  const environment = components.filter((name) => name === "environment_protected" || name === "deployment_tier");
  if (environment.length > 0)
    warnings.push(
      `A job without an environment has no ${environment.join(" and no ")}: GitLab drops the component and the job's subject is shorter.`,
    );
  return warnings;
}

function isListOfNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string");
}

function isComponent(name: string): name is SubjectComponent {
  return subjectComponents.some((known) => known === name);
}

function refused(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
