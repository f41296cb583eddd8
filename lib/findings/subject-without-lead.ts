import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const subjectWithoutLead: FindingKind<"subject-without-lead"> = {
  id: "subject-without-lead",
  where: "who",
  severities: ["caution"],
  title: "A subject without its beginning",
  about:
    "Every subject of a GitLab job begins with project_path: or project_id:. A value that begins with the path itself, or with repo:, matches nothing.",
  mending: "Begin the value with project_path: and the whole path.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "subject-without-lead");
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
