import type { FindingKind } from "./kind";

export const denyWithoutEffect: FindingKind<"deny-without-effect"> = {
  id: "deny-without-effect",
  where: "who",
  severities: ["caution"],
  title: "A Deny that denies no token",
  about: "A Deny statement is about this GitLab's tokens, and no token meets it. Whoever relies on it is not guarded.",
  mending: "Correct its condition, or take it out.",
  find({ survey, trustPolicy }) {
    const [statement] = survey.deadDenies;
    if (statement === undefined) return null;
    const name = trustPolicy.Statement[statement]?.Sid ?? `Statement ${statement + 1}`;
    return {
      severity: "caution",
      why: `${name} denies, but no token that GitLab can mint meets it.`,
      names: [name],
      place: { statement },
    };
  },
};
