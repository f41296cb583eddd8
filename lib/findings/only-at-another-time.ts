import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const onlyAtAnotherTime: FindingKind<"only-at-another-time"> = {
  id: "only-at-another-time",
  where: "who",
  severities: ["caution"],
  title: "Only at another time",
  about:
    "The condition holds only before or after a moment, and that is not now. Pipelines are denied until then, or from then on.",
  mending: "Set the moment anew, or take the condition out.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "only-at-another-time");
    const [first] = found;
    if (!first) return null;
    const names = found.map(({ written }) => written.value);
    const more = found.length > 1 ? ` Likewise ${listed(names.slice(1))}.` : "";
    return {
      severity: "caution",
      why: `${reasonOf(first)}${more}`,
      names,
      place: first.place,
    };
  },
};
