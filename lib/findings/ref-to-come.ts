import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { FindingKind } from "./kind";
import { refsToCome, takesAnyName } from "./refs";

/** A pattern is a promise about names that nobody has used yet. */
export const refToCome: FindingKind<"ref-to-come"> = {
  id: "ref-to-come",
  where: "who",
  severities: ["caution"],
  title: "A ref that does not exist yet",
  about:
    "The trust takes in names of branches or tags that do not exist. Whoever may create one gets in the moment they push it: by GitLab's rules any Developer, unless a rule protects the name.",
  mending: "Protect the pattern in GitLab, so that only Maintainers create such refs, or name the refs that exist.",
  find({ survey }) {
    const [first, ...others] = refsToCome(survey);
    // Where the refs are not known, it may exist already: that they are not is a finding of its own.
    if (!first || !survey.refs || takesAnyName(survey)) return null;
    const who = first.reach === "not-known" ? "who may create it is not known" : `${first.who} may create it`;
    const when = first.witness?.when ? `, when ${first.witness.when}` : "";
    const more = others.length > 0 ? ` So does ${others[0]?.words ?? "another"}.` : "";
    return {
      severity: "caution",
      why: `${upper(nameOf(first))} gets in as soon as it exists${when}: ${who}.${more}`,
      names: [first, ...others].map(({ words }) => words),
      place: first.statement === null ? null : { statement: first.statement },
      ...(isGitlabCom(survey.provider.issuer) ? { mendId: "pin-ref-protected" as const } : {}),
    };
  },
};

function nameOf({ kind, witness, words }: ReturnType<typeof refsToCome>[number]): string {
  const ref = /(?:^|:)ref:([^:]+)/.exec(witness?.claims["sub"] ?? "")?.[1];
  return ref === undefined ? words : `${kind === "other-tag" ? "a tag" : "a branch"} ${ref}`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
