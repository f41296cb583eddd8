import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { admittingStatements, positiveConditions, subjectsOf } from "@/lib/iam/subject-conditions";
import type { Check } from "./finding";

/** A path can be given up and taken by somebody else; the project's number can not. */
export const noImmutablePin: Check = ({ trustPolicy, issuer }) => {
  if (admittingStatements(trustPolicy, issuer).every((statement) => isPinned(statement, issuer))) return null;
  const keys = isGitlabCom(issuer);
  return {
    id: "no-immutable-pin",
    severity: "caution",
    title: "Held to a name only",
    why: `The project is known by its path alone. After a rename, a transfer or a deletion, somebody else may take the path, and the role with it.${keys ? "" : " For this GitLab, AWS reads only subject and audience. Let the subject begin with the id: a Maintainer sets the project's ci_id_token_sub_claim_components to start with project_id (GitLab 19.1 and later), and the trust is then written for it."}`,
    ...(keys ? ({ mend: "Pin the project's id", mendId: "pin-project-id" } as const) : { mend: null, mendId: null }),
    where: "who",
  };
};

function isPinned(statement: PolicyStatement, issuer: string): boolean {
  const byKey =
    isGitlabCom(issuer) &&
    ["project_id", "namespace_id"].some((claim) =>
      positiveConditions(statement, issuer, claim).some(({ values }) => values.every((value) => /^\d+$/.test(value))),
    );
  const subjects = subjectsOf(statement, issuer);
  return byKey || (subjects.length > 0 && subjects.every(({ value }) => /(^|:)project_id:\d+(:|$)/.test(value)));
}
