import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const otherComponents: FindingKind<"other-components"> = {
  id: "other-components",
  where: "who",
  severities: ["caution"],
  title: "A subject in another form",
  about:
    "A project's Maintainer chooses what its tokens' subjects are made of. The value is written for another choice, so this project's pipelines stay out.",
  mending: "Choose the refs again: the trust is then written for the project's components.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "other-components");
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
