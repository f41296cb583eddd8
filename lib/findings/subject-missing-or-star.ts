import { admittingStatements, positiveConditions } from "@/lib/iam/subject-conditions";
import type { Check } from "./finding";

/** A statement that is not held to a subject lets in every pipeline of the issuer, or of whoever it leaves open. */
export const subjectMissingOrStar: Check = ({ trustPolicy, issuer }) => {
  const open = admittingStatements(trustPolicy, issuer).some((statement) => {
    const conditions = positiveConditions(statement, issuer, "sub");
    return !conditions.some(
      ({ operator, values }) => !(/StringLike/.test(operator) && values.some(admitsEveryProject)),
    );
  });
  if (!open) return null;
  return {
    id: "subject-missing-or-star",
    severity: "danger",
    title: "Not held to a project",
    why: "The trust checks no subject, or takes any: pipelines of projects that you do not know can use the role.",
    mend: "Choose refs",
    mendId: "choose-refs",
    where: "who",
  };
};

/** A wildcard before the project begins, or nothing else where it would stand. */
function admitsEveryProject(value: string): boolean {
  return /^[a-z_]*[*?]/.test(value) || /^(project_path|project_id):[*?/]*(:|$)/.test(value);
}
