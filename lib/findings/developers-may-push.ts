import { classOfRef } from "@/lib/gitlab-ci/mint/class-of-ref";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

/** Who may push to a protected branch, or merge into it, may run its pipelines (docs.gitlab.com/ci/pipelines, "Pipeline security on protected branches"). */
export const developersMayPush: FindingKind<"developers-may-push"> = {
  id: "developers-may-push",
  where: "who",
  severities: ["caution"],
  title: "Protected, and open to Developers",
  about:
    "A rule protects the ref and lets Developers push to it, merge into it or create it. Protected or not, every Developer can use the role.",
  mending: "Let only Maintainers push and merge there.",
  find({ survey }) {
    const { project, refs } = survey;
    const open = (refs ?? []).filter(
      ({ ref, answer }) => answer.is !== "out" && ref.protected && classOfRef(project, ref).reach === "developers",
    );
    if (open.length === 0) return null;
    const names = open.map(({ ref }) => ref.name);
    return {
      severity: "caution",
      why: `${listed(names)}: the protection rules let Developers push or merge there, and so use the role.`,
      names,
    };
  },
};
