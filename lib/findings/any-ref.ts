import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import { admittingStatements, asksForProtected, refOfSubject, subjectsOf } from "@/lib/iam/subject-conditions";
import type { Check } from "./finding";

/** Any branch means anybody who may push one. A subject without a ref is the same for every branch. */
export const anyRef: Check = ({ trustPolicy, issuer }) => {
  const open = admittingStatements(trustPolicy, issuer).filter((statement) =>
    subjectsOf(statement, issuer).some(({ value, wild }) => takesAnyRef(value, wild)),
  );
  if (open.length === 0) return null;
  const guarded = open.every((statement) => asksForProtected(statement, issuer));
  const mend = guarded
    ? null
    : isGitlabCom(issuer)
      ? ({ mend: "Protected refs only", mendId: "pin-ref-protected" } as const)
      : ({ mend: "Choose refs", mendId: "choose-refs" } as const);
  return {
    id: "any-ref",
    severity: guarded ? "caution" : "danger",
    title: guarded ? "Any protected ref" : "Any branch or tag",
    why: guarded
      ? "Every protected ref gets in, also those that are protected later."
      : "Whoever may push a branch or a tag to the project gets the role: usually every developer, with code that nobody has reviewed.",
    ...(mend ?? { mend: null, mendId: null }),
    where: "who",
  };
};

function takesAnyRef(value: string, wild: boolean): boolean {
  const ref = refOfSubject(value);
  return ref === null || (wild && /^[*?]+$/.test(ref));
}
