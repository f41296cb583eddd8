import type { FindingKind } from "./kind";

export const neverTogether: FindingKind<"never-together"> = {
  id: "never-together",
  where: "who",
  severities: ["caution"],
  title: "Conditions that no token meets together",
  about:
    "Each condition of the statement is met by some token, but no token meets all of them: for example the subject of one project with the id of another.",
  mending: "Take out the condition that does not belong.",
  find({ lives, trustPolicy }) {
    const found = lives.find(({ isAlive, dead }) => !isAlive && dead.length === 0);
    if (!found) return null;
    const name = trustPolicy.Statement[found.statement]?.Sid ?? `Statement ${found.statement + 1}`;
    return {
      severity: "caution",
      why: `${name} matches nobody: some token meets each of its conditions, and none meets all.`,
      names: [name],
      place: { statement: found.statement },
    };
  },
};
