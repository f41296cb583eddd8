import type { FindingKind } from "./kind";

/** GitLab did not show what would tell who gets in: nothing about refs was judged, so no grade may be called safe. */
export const unseenRefs: FindingKind<"unseen-refs"> = {
  id: "unseen-refs",
  where: "who",
  severities: ["caution"],
  title: "Who gets in was not judged",
  about:
    "GitLab shows the project's branches and tags, or how its tokens name their subject, only to some. Without them nobody can tell which refs get in.",
  mending: "Ask a Maintainer of the project to look, or give Trustdesk's bot the right to read it.",
  find({ survey, unseen, refsComplete }) {
    if (!survey.refs)
      return {
        severity: "caution",
        why:
          unseen ??
          "GitLab does not show the project here, or not how its tokens name their subject, so nobody can tell which of its branches and tags get in.",
      };
    if (refsComplete) return null;
    return {
      severity: "caution",
      title: "Who gets in was judged in part",
      why: "The project has more than 5,000 branches or tags, and only the first 5,000 of each were asked about: of the others nobody can tell here which get in.",
    };
  },
};
