import { ruleFor } from "@/lib/gitlab-ci/mint/ref-rule";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

/** Who may push to a protected branch may run its pipelines (docs.gitlab.com/ci/pipelines, "Pipeline security on protected branches"). */
export const developersMayPush: FindingKind<"developers-may-push"> = {
  id: "developers-may-push",
  where: "who",
  title: "Protected, and open to Developers",
  about:
    "A rule protects the ref and lets Developers push to it or create it. Protected or not, every Developer can use the role.",
  mending: "Let only Maintainers push there.",
  find({ survey }) {
    const { project, refs } = survey;
    const open = (refs ?? []).filter(
      ({ ref, answer }) => answer.is !== "out" && ref.protected && pushLevel(ruleFor(project, ref.name, ref.type).rule) === 30,
    );
    if (open.length === 0) return null;
    const names = open.map(({ ref }) => ref.name);
    return {
      severity: "caution",
      why: `${listed(names)}: the protection rule lets Developers push there, and so use the role.`,
      names,
    };
  },
};

function pushLevel(rule: ReturnType<typeof ruleFor>["rule"]): number | null {
  if (rule === null) return null;
  return "push" in rule ? rule.push : rule.create;
}
