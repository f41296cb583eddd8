import type { FindingKind } from "./kind";
import { namedOthers } from "./named-others";

export const otherAccount: FindingKind<"other-account"> = {
  id: "other-account",
  where: "who",
  severities: ["danger"],
  title: "A whole AWS account gets in",
  about:
    "The trust names an account. Every user and role there gets in that the account's own policies let assume the role: its administrators decide, not this trust.",
  mending: "Name the one role that needs it, or take the statement out.",
  find: ({ survey }) =>
    namedOthers(
      survey,
      ["account"],
      (names) => `The trust policy also lets in ${names}. Who gets in by branch and tag does not tell of them.`,
    ),
};
