import { actionMismatch } from "./action-mismatch";
import { deathsOf, reasonOf } from "./death";
import { foreignProvider } from "./foreign-provider";
import type { FindingInput, FindingKind } from "./kind";
import { neverTogether } from "./never-together";

/** Neither danger nor safe: the role is of no use, or will be of use to somebody whom nobody had in mind. */
export const nobody: FindingKind<"nobody"> = {
  id: "nobody",
  where: "who",
  severities: ["caution"],
  title: "Nobody gets in",
  about:
    "No token that GitLab can mint today meets the trust, and it names no other caller who could. Pipelines that assume the role are denied, and AWS does not say why.",
  mending: "Choose the branches and tags that should get in, or take the condition out that no token meets.",
  find(input) {
    const { survey } = input;
    const admitted = survey.refs?.some(({ answer }) => answer.is !== "out") ?? false;
    const others = survey.beyond.some(({ kind }) => kind !== "later-holder") || survey.others.length > 0;
    if (admitted || others) return null;
    const [death] = deathsOf(input);
    const other = foreignProvider.find(input) ?? actionMismatch.find(input) ?? neverTogether.find(input);
    const reason = death ? ` ${reasonOf(death)}` : other ? ` ${other.why}` : denied(input);
    return {
      severity: "caution",
      why: `No pipeline of ${survey.project.path}, nor any other caller, can assume the role by this trust.${reason}`,
      place: death?.place ?? other?.place ?? null,
      mendId: "choose-refs",
    };
  },
};

/** Where tokens meet what the trust allows, another statement takes it back. */
function denied({ lives, trustPolicy }: FindingInput): string {
  const deny = trustPolicy.Statement.findIndex(({ Effect }) => Effect === "Deny");
  if (deny === -1 || !lives.some(({ isAlive }) => isAlive)) return "";
  return ` What it allows, ${trustPolicy.Statement[deny]?.Sid ?? `statement ${deny + 1}`} denies.`;
}
