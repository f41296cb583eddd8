import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { Check } from "./finding";

/** Refs that are named, by name or by pattern, and that GitLab lets any developer write. */
export const unprotectedRef: Check = ({ issuer, admitted }) => {
  const open = (admitted ?? []).filter(
    ({ ref, verdict, by }) => verdict !== "out" && !ref.protected && by !== "any subject" && !/^\*+$/.test(by),
  );
  if (open.length === 0) return null;
  const names = open
    .slice(0, 3)
    .map(({ ref }) => ref.name)
    .join(", ");
  const more = open.length > 3 ? ` and ${open.length - 3} more` : "";
  return {
    id: "unprotected-ref",
    severity: "caution",
    title: open.length === 1 ? "A ref that is not protected" : `${open.length} refs that are not protected`,
    why: `${names}${more}: without protection every developer may push there, and so use the role.`,
    ...(isGitlabCom(issuer)
      ? ({ mend: "Protected refs only", mendId: "pin-ref-protected" } as const)
      : { mend: null, mendId: null }),
    where: "who",
  };
};
