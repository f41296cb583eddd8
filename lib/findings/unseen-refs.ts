import type { Check } from "./finding";

/** GitLab did not show what would tell who gets in: nothing about refs was judged, so no grade may be called safe. */
export const unseenRefs: Check = ({ admitted }) => {
  if (admitted !== null) return null;
  return {
    id: "unseen-refs",
    severity: "caution",
    title: "Who gets in was not judged",
    why: "GitLab does not show the project here, or not how its tokens name their subject, so nobody can tell which of its branches and tags get in.",
    mend: null,
    mendId: null,
    where: "who",
  };
};
