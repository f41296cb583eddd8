import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const awsKeyAbsent: FindingKind<"aws-key-absent"> = {
  id: "aws-key-absent",
  where: "who",
  severities: ["caution"],
  title: "A key that no pipeline's call has",
  about:
    "The condition asks for a key that AWS fills for signed callers or for tokens with AWS tags. A pipeline assumes the role with a GitLab token alone, so the key is absent.",
  mending: "Take the condition out; hold the token by its subject instead.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "aws-key-absent");
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
