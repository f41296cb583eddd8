import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const deadValue: FindingKind<"dead-value"> = {
  id: "dead-value",
  where: "who",
  severities: ["caution"],
  title: "A value that no token has",
  about: "The condition names a value that GitLab never writes into this claim.",
  mending: "Take the value out, or correct it.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "dead-value");
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
