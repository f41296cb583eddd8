import type { Entrance, Survey } from "@/lib/admission/survey";
import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { FindingKind } from "./kind";

const ofProject: readonly Entrance["kind"][] = ["other-branch", "other-tag", "merge-request"];

/** Whether the project itself gets in, now or with refs to come, as far as anybody can tell. */
function letsProjectIn({ refs, beyond }: Survey): boolean {
  return (refs ?? []).some(({ answer }) => answer.is !== "out") || beyond.some(({ kind }) => ofProject.includes(kind));
}

/** A path can be given up and taken by somebody else; the project's number can not. */
export const noImmutablePin: FindingKind<"no-immutable-pin"> = {
  id: "no-immutable-pin",
  where: "who",
  severities: ["caution"],
  title: "Held to a name only",
  about:
    "The trust knows the project by its path alone. After a rename, a transfer or a deletion somebody else may take the path, and the role with it.",
  mending:
    "On gitlab.com pin project_id. For another GitLab, from 19.1 on, let the subject begin with project_id: a Maintainer sets the project's subject components.",
  find({ survey }) {
    const found = survey.beyond.find(({ kind }) => kind === "later-holder");
    if (!found || survey.stranger || (found.onlyIf !== null && !letsProjectIn(survey))) return null;
    const keys = isGitlabCom(survey.provider.issuer);
    const own = keys
      ? ""
      : " For this GitLab, AWS reads only subject and audience. Let the subject begin with the id: a Maintainer sets the project's ci_id_token_sub_claim_components to start with project_id (GitLab 19.1 and later), and the trust is then written for it.";
    return {
      severity: "caution",
      why: `The project is known by its path alone. After a rename, a transfer or a deletion, somebody else may take the path, and the role with it.${own}`,
      names: [survey.project.path],
      place: found.statement === null ? null : { statement: found.statement },
      ...(keys ? { mendId: "pin-project-id" as const } : {}),
    };
  },
};
