import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const foreignKey: FindingKind<"foreign-key"> = {
  id: "foreign-key",
  where: "who",
  severities: ["caution"],
  title: "A key of another issuer",
  about:
    "The condition asks for a key that only another issuer's tokens have, often left over from GitHub or another GitLab. It never holds for this one.",
  mending: "Write the key with this GitLab's host, and its path if it has one.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "foreign-key");
    const [first] = found;
    if (!first) return null;
    const names = found.map(({ written }) => written.key);
    const more = found.length > 1 ? ` Likewise ${listed(names.slice(1))}.` : "";
    return {
      severity: "caution",
      why: `${reasonOf(first)}${more}`,
      names,
      place: first.place,
    };
  },
};
