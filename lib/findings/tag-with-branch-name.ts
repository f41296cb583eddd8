import type { FindingKind } from "./kind";

/** Without ref_type a tag named like a branch mints the branch's subject. */
export const tagWithBranchName: FindingKind<"tag-with-branch-name"> = {
  id: "tag-with-branch-name",
  where: "who",
  severities: ["caution"],
  title: "A tag with a branch's name",
  about:
    "The subject does not say whether a ref is a branch or a tag, or the trust does not ask. A tag that is named like a trusted branch gets in as well, and tags are often less protected than branches.",
  mending: "Add ref_type to the project's subject components, and write branch or tag into the trust.",
  find({ survey }) {
    const branches = (survey.refs ?? []).filter(({ ref, answer }) => ref.type === "branch" && answer.is !== "out");
    const tag = survey.beyond.find(
      ({ kind, reach, witness }) =>
        kind === "other-tag" &&
        (reach === "developers" || reach === "not-known") &&
        branches.some(({ ref }) => (witness?.claims["sub"] ?? "").endsWith(`:ref:${ref.name}`)),
    );
    if (!tag) return null;
    return {
      severity: "caution",
      why: `A tag that is named like a trusted branch gets in too, and ${tag.reach === "not-known" ? "who may create it is not known" : `${tag.who} may create it`}.`,
      names: [tag.words],
      place: tag.statement === null ? null : { statement: tag.statement },
    };
  },
};
