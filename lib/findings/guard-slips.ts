import { isAlwaysAbsent } from "@/lib/admission/life";
import type { FindingKind } from "./kind";
import { listed } from "./listed";
import { placeOf } from "./place";

/** IfExists and ForAllValues hold where the key is absent (IAM user guide, "Condition operators"). */
export const guardSlips: FindingKind<"guard-slips"> = {
  id: "guard-slips",
  where: "who",
  severities: ["caution"],
  title: "A guard that guards nothing",
  about:
    "The condition holds where its key is absent, and no pipeline's call has the key. It reads like a guard and lets every token through.",
  mending: "Take it out, or ask for a key that the token has.",
  find({ lives, survey }) {
    const found = lives.flatMap(({ statement, clauses }) =>
      clauses.flatMap((clause) =>
        clause.kind === "comparison" &&
        !clause.negated &&
        clause.whenAbsent === true &&
        isAlwaysAbsent(clause.key, survey.slices)
          ? [{ clause, statement }]
          : [],
      ),
    );
    const [first] = found;
    if (!first) return null;
    const names = found.map(({ clause: { written } }) => `${written.operator} on ${written.key}`);
    return {
      severity: "caution",
      why: `${listed(names)} holds for every pipeline, because its call never has the key.`,
      names,
      place: placeOf(first.statement, first.clause),
    };
  },
};
