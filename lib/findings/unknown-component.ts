import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const unknownComponent: FindingKind<"unknown-component"> = {
  id: "unknown-component",
  where: "who",
  severities: ["caution"],
  title: "A part that no subject has",
  about:
    "GitLab builds the subject from a fixed list of components; the name of an environment, a merge request or a user is not among them, and ref_type is branch or tag.",
  mending:
    "Say it by branch and tag; for environments by deployment_tier or environment_protected among the project's subject components.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "unknown-component");
    const [first] = found;
    if (!first) return null;
    const names = found.map(({ written }) => written.value);
    const more = found.length > 1 ? ` Likewise ${listed(names.slice(1))}.` : "";
    return {
      severity: "caution",
      why: `${reasonOf(first)}${more}`,
      names,
      place: first.place,
      mendId: "choose-refs",
    };
  },
};
