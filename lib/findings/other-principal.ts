import type { FindingKind } from "./kind";
import { namedOthers } from "./named-others";

export const otherPrincipal: FindingKind<"other-principal"> = {
  id: "other-principal",
  where: "who",
  severities: ["danger"],
  title: "Others than GitLab's jobs get in",
  about:
    "The trust names roles, users or AWS services beside the tokens of this GitLab. They can assume the role without any pipeline.",
  mending: "Take the statement out if they do not need the role: a role of their own tells who did what.",
  find: ({ survey }) =>
    namedOthers(
      survey,
      ["principal", "service"],
      (names) => `The trust policy also lets in ${names}. Who gets in by branch and tag does not tell of them.`,
    ),
};
