import type { When } from "@/lib/admission/when";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

/** What a trust asks that nobody can tell, or that only the running job tells. Untold is never safe. */
export const cannotBeTold: FindingKind<"cannot-be-told"> = {
  id: "cannot-be-told",
  where: "who",
  severities: ["caution"],
  title: "Cannot be told",
  about:
    "Who gets in depends on something that no token says before its job runs, such as the runner's address, or that AWS does not document. Trustdesk says so, and never takes it for safe.",
  mending: "Nothing, if it is meant so. Else say it by the subject or by a key of the token.",
  find({ survey }) {
    const whens = [
      ...(survey.refs ?? []).flatMap(({ answer }) => (answer.is === "untold" ? answer.when : [])),
      ...survey.beyond.flatMap(({ when }) => when),
      // Of other callers each finding says its own circumstances.
      ...survey.others.flatMap(({ when }) => when.filter(({ kind }) => kind !== "clause")),
    ];
    const names = [...new Set(whens.map(nameOf))];
    const isUntold = survey.refs?.some(({ answer }) => answer.is === "untold") ?? false;
    if (names.length === 0 && !isUntold) return null;
    return {
      severity: "caution",
      why: `Who gets in depends on ${listed(names) || "what nobody can tell"}. Only the call itself tells it, or nobody does: more may get in than is said here, or fewer.`,
      names,
    };
  },
};

function nameOf(when: When): string {
  switch (when.kind) {
    case "clause":
      return `${when.operator} on ${when.key}`;
    case "doubt":
      return when.name;
    case "budget":
      return "a policy that is too large to be told";
  }
}
