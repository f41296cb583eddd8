import type { FindingKind } from "./kind";

/** gitlab-org/gitlab#563038, mended in 18.2.2. */
export const forksHere: FindingKind<"forks-here"> = {
  id: "forks-here",
  where: "who",
  severities: ["caution"],
  title: "A fork's merge request gets in",
  about:
    "Before GitLab 18.2.2 a fork's merge request that a member runs in the project carries the project's own subject with the fork's branch name. A branch main of any fork is then the project's main.",
  mending: "Update GitLab to 18.2.2 or later, or switch ci_allow_fork_pipelines_to_run_in_parent_project off.",
  find({ survey }) {
    const { project, beyond } = survey;
    const found = beyond.find(
      ({ kind, onlyIf, witness }) => kind === "fork" && onlyIf === null && witness?.claims["project_id"] === project.id,
    );
    if (!found) return null;
    return {
      severity: "caution",
      why: `${found.words.charAt(0).toUpperCase()}${found.words.slice(1)} gets in: ${found.who}.`,
      names: ["forks"],
      place: found.statement === null ? null : { statement: found.statement },
    };
  },
};
