import type { FindingKind } from "./kind";
import { listed } from "./listed";
import { otherProjects } from "./projects";

/** Its id decides where it is asked for: a path can change hands. */
export const otherProject: FindingKind<"other-project"> = {
  id: "other-project",
  where: "who",
  severities: ["danger"],
  title: "Another project gets in",
  about:
    "The trust names a project other than the one that the role is for, by its path or its id. If nobody holds that path today, whoever makes a project there gets in.",
  mending: "Take the other project out, and give it a role of its own.",
  find({ survey }) {
    const found = otherProjects(survey).filter(({ isNamed }) => isNamed);
    const [first] = found;
    if (survey.stranger || !first) return null;
    const names = found.map(({ name }) => name);
    return {
      severity: "danger",
      why: `The trust names ${listed(names)}, which is not ${survey.project.path} (${survey.project.id}): whoever runs pipelines there can use the role.`,
      names,
      place: first.statement === null ? null : { statement: first.statement },
      mendId: "choose-refs",
    };
  },
};
