import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { FindingKind } from "./kind";
import { takesUnprotected } from "./refs";

/** Any branch means anybody who may push one. A subject without a ref is the same for every branch. */
export const anyRef: FindingKind<"any-ref"> = {
  id: "any-ref",
  where: "who",
  severities: ["danger"],
  title: "Any branch or tag",
  about:
    "Every branch or every tag of the project gets in, also those that somebody pushes tomorrow. Whoever may push one runs what they like with the role.",
  mending: "Choose the refs that need the role, or hold the trust to protected refs.",
  find({ survey }) {
    const any = survey.anyName.find(({ protectedOnly }) => !protectedOnly);
    if (!any || !takesUnprotected(survey)) return null;
    return {
      severity: "danger",
      why: "Whoever may push a branch or a tag to the project gets the role: usually every developer, with code that nobody has reviewed.",
      names: ["any ref"],
      place: any.statement === null ? null : { statement: any.statement },
      mendId: isGitlabCom(survey.provider.issuer) ? "pin-ref-protected" : "choose-refs",
    };
  },
};
