import type { RefType } from "@/lib/gitlab-ci/claims";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import { patternMatches } from "@/lib/gitlab-ci/ref-pattern";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

/** Who may push to a protected branch may run its pipelines (docs.gitlab.com/ci/pipelines, "Pipeline security on protected branches"). */
export const developersMayPush: FindingKind<"developers-may-push"> = {
  id: "developers-may-push",
  where: "who",
  severities: ["caution"],
  title: "Protected, and open to Developers",
  about:
    "A rule protects the ref and lets Developers push to it or create it. Protected or not, every Developer can use the role.",
  mending: "Let only Maintainers push there.",
  find({ survey }) {
    const { project, refs } = survey;
    const open = (refs ?? []).filter(
      ({ ref, answer }) => answer.is !== "out" && ref.protected && mayPush(project, ref),
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

function mayPush(
  { protectedBranches, protectedTags }: MintingProject,
  { name, type }: { name: string; type: RefType },
) {
  const rules =
    type === "branch"
      ? (protectedBranches ?? []).map((rule) => ({ name: rule.name, level: rule.push }))
      : (protectedTags ?? []).map((rule) => ({ name: rule.name, level: rule.create }));
  return rules.some((rule) => rule.level === 30 && patternMatches(rule.name, name));
}
