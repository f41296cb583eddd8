import type { FindingKind } from "./kind";
import { takesUnprotected } from "./refs";

export const anyProtectedRef: FindingKind<"any-protected-ref"> = {
  id: "any-protected-ref",
  where: "who",
  severities: ["caution"],
  title: "Any protected ref",
  about:
    "Every protected branch or tag of the project gets in, also those that are protected later. A Maintainer who protects a new pattern opens the role to it, maybe without knowing.",
  mending: "Choose the refs that need the role.",
  find({ survey }) {
    const [any] = survey.anyName;
    const isOpen = survey.anyName.some(({ protectedOnly }) => !protectedOnly) && takesUnprotected(survey);
    if (!any || isOpen) return null;
    return {
      severity: "caution",
      why: "Every protected ref gets in, also those that are protected later.",
      names: ["any protected ref"],
      place: any.statement === null ? null : { statement: any.statement },
    };
  },
};
