import type { RawPolicy } from "@/lib/iam/policy-schema";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import { readTrust, usualAudience } from "@/lib/iam/trust-view";
import { writeTrust } from "@/lib/iam/trust-write";
import { componentsShown } from "@/lib/judgement/project";
import type { RoleDocument } from "@/lib/plan/change";
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
    ["refs", who.patterns.some(({ pattern }) => pattern.trim() === "") && "A pattern is empty."],
    [
      "audience",
      who.audience !== audience &&
        !/^\S{1,255}$/.test(who.audience) &&
        "An audience has 1 to 255 characters and no spaces, e.g. https://sts.amazonaws.com.",
    ],
    ["form", project.archived && "The project is archived: its pipelines do not run."],
    ["refs", !components.ok && (mustChoose || chosen > 0) && components.reason],
  ];
  const problems = checks.flatMap(([field, reason]): DraftProblem[] => (reason === false ? [] : [{ field, reason }]));
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
