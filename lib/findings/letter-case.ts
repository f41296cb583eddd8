import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const letterCase: FindingKind<"letter-case"> = {
  id: "letter-case",
  where: "who",
  severities: ["caution"],
  title: "Another letter case",
  about:
    "The value differs from what GitLab writes in letter case alone. IAM compares subjects with case, so the pipelines that were meant stay out.",
  mending: "Write the path as GitLab shows it.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "letter-case");
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
