import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const refsHeads: FindingKind<"refs-heads"> = {
  id: "refs-heads",
  where: "who",
  severities: ["caution"],
  title: "A full git ref in the subject",
  about:
    "GitLab writes the short name of a branch or tag into the subject. A value with refs/heads/ or refs/tags/ is from another CI system and matches nothing.",
  mending: "Write the name alone, and branch or tag as ref_type.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "refs-heads");
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
