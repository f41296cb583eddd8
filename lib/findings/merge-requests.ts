import type { FindingKind } from "./kind";
import { takesUnprotected } from "./refs";

/** A merge request's pipeline mints the subject of its source branch (GitLab's app/models/ci/pipeline.rb). */
export const mergeRequests: FindingKind<"merge-requests"> = {
  id: "merge-requests",
  where: "who",
  severities: ["caution"],
  title: "Merge requests get in",
  about:
    "A merge request's pipeline carries the subject of its source branch. Where the trust takes branches that any Developer may push, the pipeline of an open merge request gets in before anybody has reviewed it.",
  mending: "Hold the trust to protected refs; on gitlab.com ask for pipeline_source push, or for ref_protected true.",
  find({ survey }) {
    const found = survey.beyond.find(({ kind }) => kind === "merge-request");
    if (!found || !survey.refs || !takesUnprotected(survey)) return null;
    return {
      severity: "caution",
      why: `Pipelines of merge requests get in as pushes to their source branch do${found.witness?.when ? `, when ${found.witness.when}` : ""}: whoever may push the source branch may open one.`,
      names: ["merge requests"],
      place: found.statement === null ? null : { statement: found.statement },
    };
  },
};
