import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { admittingStatements, positiveConditions, subjectsOf } from "@/lib/iam/subject-conditions";
import type { Check, FindingInput } from "./finding";

/** A trust that names another project than the one that the role is for. Its id decides where it is asked for: a path can change hands. */
export const otherProject: Check = ({ trustPolicy, issuer, project }) => {
  const others = [
    ...new Set(admittingStatements(trustPolicy, issuer).flatMap((statement) => othersIn(statement, issuer, project))),
  ];
  if (others.length === 0) return null;
  const shown = others.slice(0, 3).join(", ");
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return {
    id: "other-project",
    severity: "danger",
    title: "Another project gets in",
    why: `The trust names ${shown}${more}, which is not ${project.path} (${project.id}): whoever runs pipelines there can use the role.`,
    mend: "Choose refs",
    mendId: "choose-refs",
    where: "who",
  };
};

function othersIn(statement: PolicyStatement, issuer: string, project: FindingInput["project"]): string[] {
  const pinned = positiveConditions(statement, issuer, "project_id").flatMap(({ values }) => values);
  if (pinned.length > 0) return pinned.filter((id) => id !== project.id).map((id) => `project ${id}`);
  return subjectsOf(statement, issuer).flatMap(({ value }) => nameOfOther(value, project) ?? []);
}

/** A path with a wildcard is another finding: it takes in whole groups. */
function nameOfOther(subject: string, project: FindingInput["project"]): string | null {
  const [, claim, value = ""] = /^(project_path|project_id):([^:]*)/.exec(subject) ?? [];
  if (!claim || value === "" || /[*?]/.test(value)) return null;
  if (claim === "project_id") return value === project.id ? null : `project ${value}`;
  return value.toLowerCase() === project.path.toLowerCase() ? null : value;
}
