import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const unknownKey: FindingKind<"unknown-key"> = {
  id: "unknown-key",
  where: "who",
  severities: ["caution"],
  title: "A key that AWS does not have",
  about:
    "The condition asks for a claim of GitLab's token that AWS does not read. For gitlab.com it reads sub, aud and nine more; for every other GitLab only sub and aud. A condition on any other claim never holds.",
  mending: "Say it by the subject, or by a key that AWS has, such as project_id or ref_protected on gitlab.com.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "unknown-key");
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
