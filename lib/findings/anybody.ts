import type { FindingKind } from "./kind";

/** `AWS: *`, as far as no condition holds it to somebody. */
export const anybody: FindingKind<"anybody"> = {
  id: "anybody",
  where: "who",
  severities: ["danger"],
  title: "Everybody with an AWS account",
  about:
    "The trust names every principal of AWS. Whoever has an account anywhere can assume the role, unless a condition holds the call to somebody.",
  mending: "Name the principals, or take the statement out.",
  find: ({ survey }) => {
    const found = survey.others.find(({ kind }) => kind === "anybody");
    if (!found) return null;
    const { witness } = found;
    const held = witness?.claims["aws:principalarn"];
    return {
      severity: "danger",
      ...(held === undefined ? {} : { title: "Others than GitLab's jobs get in" }),
      why:
        held === undefined
          ? `Every AWS account may assume the role${witness?.when ? `, when ${witness.when}` : ""}.`
          : `The trust names every AWS account and holds the call by a condition: ${held} may assume the role.`,
      names: [held ?? "everybody"],
      place: found.statement === null ? null : { statement: found.statement, element: "Principal" },
    };
  },
};
