import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { FindingKind } from "./kind";
import { listed } from "./listed";
import { takesAnyName, unprotectedRefs } from "./refs";

/** Refs that are named, by name or by pattern, and that GitLab lets any developer write. */
export const unprotectedRef: FindingKind<"unprotected-ref"> = {
  id: "unprotected-ref",
  where: "who",
  severities: ["caution"],
  title: "A ref that is not protected",
  about:
    "A branch or tag gets in that no rule of the project protects. Every Developer may push there, and so use the role with code that nobody has reviewed.",
  mending: "Protect the ref in GitLab, or hold the trust to protected refs.",
  find({ survey }) {
    const open = unprotectedRefs(survey);
    if (open.length === 0 || takesAnyName(survey)) return null;
    const names = open.map(({ ref }) => ref.name);
    return {
      severity: "caution",
      title: open.length === 1 ? "A ref that is not protected" : `${open.length} refs that are not protected`,
      why: `${listed(names)}: without protection every developer may push there, and so use the role.`,
      names,
      place: placeOfFirst(open),
      ...(isGitlabCom(survey.provider.issuer) ? { mendId: "pin-ref-protected" as const } : {}),
    };
  },
};

function placeOfFirst([first]: ReturnType<typeof unprotectedRefs>): { statement: number } | null {
  const by = first && first.answer.is !== "out" ? first.answer.by : null;
  return by && { statement: by.index };
}
