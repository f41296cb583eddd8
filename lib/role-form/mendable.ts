import type { Finding } from "@/lib/findings/finding";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { Judged } from "@/lib/judgement/judge";
import type { LiveJudgement } from "@/lib/judgement/judgement";
import { mayGetIn } from "@/lib/judgement/judgement";
import type { ConsequenceInput } from "./consequence";
import { judgedDraft } from "./consequence";
import { mended } from "./draft-choices";
import type { RoleDraft } from "./schema";

type Judge = (judged: Judged) => LiveJudgement;

const weight: Record<Finding["severity"], number> = { caution: 1, danger: 2 };

/** The draft once the button of a finding was pressed, by what is said of the draft now. */
export function mendedDraft(draft: RoleDraft, mendId: Finding["mendId"], judgement: LiveJudgement | null): RoleDraft {
  const admitted = judgement ? mayGetIn(judgement.after).map(({ ref }) => ref) : [];
  return mended(draft, mendId, admitted);
}

/**
 * What is found of a draft, each with its button only where that helps: the draft that it makes is judged, and the
 * finding is gone or weighs less. What comes of a policy that is not on the form, no button of the form mends.
 * @param judge given, since it comes to the form later than the rest
 */
export function mendable(input: ConsequenceInput, judgement: LiveJudgement | null, judge: Judge): Finding[] {
  if (!judgement) return [];
  return judgement.findings.map((finding) =>
    finding.mendId === null || helps(finding, input, judgement, judge)
      ? finding
      : { ...finding, mend: null, mendId: null },
  );
}

function helps(finding: Finding, input: ConsequenceInput, judgement: LiveJudgement, judge: Judge): boolean {
  const draft = mendedDraft(input.draft, finding.mendId, judgement);
  const asked = judgedDraft({ ...input, draft, refs: input.refs && toAskAbout(draft, judgement) });
  if (!asked) return false;
  return !judge(asked).findings.some(
    ({ id, severity }) => id === finding.id && weight[severity] >= weight[finding.severity],
  );
}

/** Of refs that nothing tells apart but their names, so many are enough. */
const enough = 100;

/** No mend lets in what is out now, so only who is in is asked about: who was chosen, and of the others the unprotected first. */
function toAskAbout({ refs }: RoleDraft, { after }: LiveJudgement): GitRef[] {
  const admitted = mayGetIn(after).map(({ ref }) => ref);
  const isChosen = (one: GitRef) => refs.some(({ name, type }) => name === one.name && type === one.type);
  const others = admitted.toSorted((a, b) => Number(a.protected) - Number(b.protected)).slice(0, enough);
  return [...new Set([...admitted.filter(isChosen), ...others])];
}
