import { admittingStatements, subjectsOf } from "@/lib/iam/subject-conditions";
import type { Check } from "./finding";

/** `*` crosses "/" and ":", so a wildcard in the path takes in whole groups, and `group*` their neighbours. */
export const groupWildcard: Check = ({ trustPolicy, issuer }) => {
  const found = admittingStatements(trustPolicy, issuer)
    .flatMap((statement) => subjectsOf(statement, issuer))
    .find(({ value, wild }) => wild && pathHoldsWildcard(value));
  if (!found) return null;
  return {
    id: "group-wildcard",
    severity: "danger",
    title: "Open to other projects",
    why: `"${found.value}" has a wildcard in the project's path: it takes in every project, also future ones, whose path begins like that.`,
    mend: "Choose refs",
    mendId: "choose-refs",
    where: "who",
  };
};

/** A path of wildcards alone is another finding: the subject is open to everybody. */
function pathHoldsWildcard(value: string): boolean {
  const path = /^(?:project_path|project_id):([^:]*)/.exec(value)?.[1] ?? "";
  return /[*?]/.test(path) && /[^*?/]/.test(path);
}
