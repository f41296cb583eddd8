import { claimOf } from "@/lib/admission/witness";
import type { FindingKind } from "./kind";
import { listed } from "./listed";
import { placeOf } from "./place";

const mutable: readonly string[] = ["user_login", "user_email"];

/** docs.gitlab.com/ci/secrets/id_token_authentication. */
export const mutableUserClaim: FindingKind<"mutable-user-claim"> = {
  id: "mutable-user-claim",
  where: "who",
  severities: ["caution"],
  title: "Held to a name that its owner can change",
  about:
    "The trust asks for a person's username or e-mail address. Both can be changed by the person, and a name that was given up can be taken by somebody else.",
  mending: "Ask for user_id instead.",
  find({ lives, survey }) {
    const found = lives.flatMap(({ statement, clauses, isAlive }) =>
      clauses.flatMap((clause) => {
        const claim = claimOf(clause.key, survey.provider.issuer);
        const isHeld =
          isAlive && clause.kind === "comparison" && !clause.negated && claim !== null && mutable.includes(claim);
        return isHeld ? [{ clause, statement }] : [];
      }),
    );
    const [first] = found;
    if (!first) return null;
    const names = found.map(({ clause }) => clause.written.key);
    return {
      severity: "caution",
      why: `The trust holds people to ${listed(names)}, which they can change and others can take over.`,
      names,
      place: placeOf(first.statement, first.clause),
    };
  },
};
