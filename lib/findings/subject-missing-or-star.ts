import type { FindingKind } from "./kind";

/** A project that nobody knows gets in: the trust holds no token to a project. */
export const subjectMissingOrStar: FindingKind<"subject-missing-or-star"> = {
  id: "subject-missing-or-star",
  where: "who",
  severities: ["danger"],
  title: "Not held to a project",
  about:
    "The trust takes tokens of any project of the GitLab: it checks no subject, takes any, or only asks that there is one. On gitlab.com that is everybody in the world.",
  mending: "Hold the subject to the project, and choose the refs that should get in.",
  find({ survey }) {
    const { stranger } = survey;
    if (!stranger) return null;
    return {
      severity: "danger",
      why: `The trust checks no subject, or takes any: pipelines of projects that you do not know can use the role${stranger.witness?.when ? `, when ${stranger.witness.when}` : ""}.`,
      names: ["every project"],
      place: stranger.statement === null ? null : { statement: stranger.statement },
      mendId: "choose-refs",
    };
  },
};
