import type { FindingKind } from "./kind";
import { otherProjects } from "./projects";

/** `*` crosses "/" and ":", so a wildcard in the path takes in whole groups, and `group*` their neighbours. */
export const groupWildcard: FindingKind<"group-wildcard"> = {
  id: "group-wildcard",
  where: "who",
  severities: ["danger"],
  title: "Open to other projects",
  about:
    "A wildcard stands in the project's path. In IAM it crosses slashes and colons, so it takes in every project whose path fits, also future ones and those of neighbours whose names begin or end alike.",
  mending: "Write the whole path of the project.",
  find({ survey }) {
    const found = otherProjects(survey).find(({ isNamed }) => !isNamed);
    if (survey.stranger || !found) return null;
    return {
      severity: "danger",
      why: `The trust takes in other projects, also future ones: for example ${found.name}${found.when ? `, when ${found.when}` : ""}.`,
      names: ["other projects"],
      place: found.statement === null ? null : { statement: found.statement },
      mendId: "choose-refs",
    };
  },
};
