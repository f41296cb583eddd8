import { refNameProblem, refPatternProblem } from "@/lib/gitlab-ci/ref-name";
import type { RawPolicy } from "@/lib/iam/policy-schema";

import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import type { TrustView } from "@/lib/iam/trust-view";
import { readTrust, usualAudience } from "@/lib/iam/trust-view";
import { writeTrust } from "@/lib/iam/trust-write";
import { componentsShown } from "@/lib/judgement/project";
import type { RoleDocument } from "@/lib/plan/change";
import { strangeRefProblem, strangerIn } from "./characters";
import type { FormPlace } from "./form-place";
import { trustedProject } from "./form-place";
import { spellingProblem } from "./form-spellings";
import type { DraftProblem, RoleDraft } from "./schema";

/** What the form says of "who". */
type Who = Pick<RoleDraft, "refs" | "patterns" | "otherSubjects" | "pins" | "audience">;

/** The trust policy that the form wants, null while it is not clear; problems stand at their fields. */
export function writtenTrust(
  who: Who,
  document: RoleDocument | null,
  place: FormPlace,
): { policy: RawPolicy | null; problems: DraftProblem[] } {
  const { project } = place;
  const view = document && readTrust(document.trustPolicy, trustedProject(place));
  const chosen = who.refs.length + who.patterns.length;
  const mustChoose = !view || view.refs.length + view.patterns.length > 0;
  const audience = view ? (view.audience ?? usualAudience) : null;
  const components = componentsShown(project);
  const checks: [DraftProblem["field"], string | false][] = [
    ["refs", mustChoose && chosen === 0 && "Choose at least one branch or tag, or add a pattern."],
    [
      "audience",
      who.audience !== audience &&
        (!/^\S{1,255}$/.test(who.audience) || strangerIn(who.audience) !== null) &&
        "An audience has 1 to 255 Latin letters or signs and no spaces, e.g. https://sts.amazonaws.com.",
    ],
    ["form", project.standstill ?? false],
    ["refs", !components.ok && (mustChoose || chosen > 0) && components.reason],
  ];
  const problems = [
    ...checks.flatMap(([field, reason]): DraftProblem[] => (reason === false ? [] : [{ field, reason }])),
    ...refProblems(who, view),
  ];
  if (problems.length > 0) return { policy: null, problems };
  const wish = {
    ...trustedProject(place),
    components: components.ok ? components.components : [],
    refs: who.refs,
    patterns: who.patterns,
    pins: who.pins,
    audience: who.audience,
    otherSubjects: who.otherSubjects,
  };
  if (!document) return { policy: buildTrustPolicy(wish), problems };
  const written = writeTrust(document.trustPolicy, wish);
  if (!written.ok) return { policy: null, problems: [{ field: "refs", reason: written.reason }] };
  const repeated = spellingProblem(document.trustPolicy, written.policy, who, place);
  return repeated ? { policy: null, problems: [repeated] } : { policy: written.policy, problems };
}

/** What is wrong with the refs and patterns that the document does not hold yet: AWS has taken the others. */
function refProblems(who: Who, view: TrustView | null): DraftProblem[] {
  const held = new Set([
    ...(view?.refs ?? []).map(({ name, type }) => `${type} ${name}`),
    ...(view?.patterns ?? []).map(({ pattern, type }) => `${type} ${pattern}`),
  ]);
  const reasons = [
    ...who.refs
      .filter(({ name, type }) => !held.has(`${type} ${name}`))
      .map(({ name }) => refNameProblem(name) ?? strangeRefProblem(name)),
    ...who.patterns
      .filter(({ pattern, type }) => !held.has(`${type} ${pattern}`))
      .map(({ pattern }) => refPatternProblem(pattern) ?? strangeRefProblem(pattern)),
  ];
  return [...new Set(reasons)].flatMap((reason) => (reason === null ? [] : [{ field: "refs" as const, reason }]));
}
