import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const wildcardInStringEquals: FindingKind<"wildcard-in-string-equals"> = {
  id: "wildcard-in-string-equals",
  where: "who",
  severities: ["caution"],
  title: "A wildcard that is none",
  about:
    "Under StringEquals the characters * and ? are ordinary ones. The condition looks open and never matches, because no name of a branch or tag holds them.",
  mending: "Use StringLike for values with wildcards.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "wildcard-in-string-equals");
    const [first] = found;
    if (!first) return null;
    const names = found.map(({ written }) => written.value);
    const more = found.length > 1 ? ` Likewise ${listed(names.slice(1))}.` : "";
    return {
      severity: "caution",
      why: `${reasonOf(first)}${more}`,
      names,
      place: first.place,
      mendId: "use-string-like",
    };
  },
};
