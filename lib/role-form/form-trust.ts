import { refNameProblem, refPatternProblem } from "@/lib/gitlab-ci/ref-name";
import { canonicalJson } from "@/lib/iam/json";
import type { RawPolicy, RawStatement } from "@/lib/iam/policy-schema";
import { statementsOf } from "@/lib/iam/policy-schema";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import type { TrustView } from "@/lib/iam/trust-view";
import { readTrust, usualAudience } from "@/lib/iam/trust-view";
import { writeTrust } from "@/lib/iam/trust-write";
import { componentsShown } from "@/lib/judgement/project";
import type { RoleDocument } from "@/lib/plan/change";
import { strangeRefProblem, strangerIn } from "./characters";
import type { FormPlace } from "./form-place";
import { trustedProject } from "./form-place";
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
  const repeated = repeatedKeyProblem(document.trustPolicy, written.policy, who, place);
  return repeated ? { policy: null, problems: [repeated] } : { policy: written.policy, problems };
}

/**
 * A key that a statement names twice under one operator, in other letter case, is not on the form: AWS compares keys
 * without case, so all of them must match, and no single one can be written for the others.
 */
function repeatedKeyProblem(before: RawPolicy, after: RawPolicy, who: Who, place: FormPlace): DraftProblem | null {
  const { statement } = readTrust(before, trustedProject(place));
  if (statement === null) return null;
  const [was, is] = [before, after].map((policy) => speltKeys(statementsOf(policy)[statement]));
  const repeated = [...(was ?? [])].filter(([, entries]) => entries.length > 1);
  const changed = repeated.filter(([spelling, entries]) => !isSame(entries, is?.get(spelling)));
  const field = unshownField(after, who, place);
  const [, entries] = changed[0] ?? (field && repeated.find(([spelling]) => isOf(field, spelling))) ?? [];
  if (!entries) return null;
  const [{ key = "", operator = "" } = {}] = entries;
  return {
    field: isOf("audience", key) ? "audience" : "refs",
    reason: `The trust names ${key} ${entries.length} times under ${operator}, in different letter case. All of them must match and are kept as they are, so this cannot be changed here.`,
  };
}

type WhoField = "audience" | "refs";

const claims: Record<WhoField, RegExp> = { audience: /:aud$/i, refs: /:(sub|project_id|namespace_id|ref_protected)$/i };

function isOf(field: WhoField, spelling: string): boolean {
  return claims[field].test(spelling);
}

/** The field of which the form would show something else than is wanted, once this was written; null where it shows just that. */
function unshownField(policy: RawPolicy, who: Who, place: FormPlace): WhoField | null {
  const { refs, patterns, otherSubjects, pins, audience } = readTrust(policy, trustedProject(place));
  if ((audience ?? usualAudience) !== who.audience) return "audience";
  const texts = (parts: readonly unknown[]) => parts.map((part) => canonicalJson(part)).toSorted();
  const told = (one: Omit<Who, "audience">) =>
    [one.refs, one.patterns, one.otherSubjects].map(texts).concat([[canonicalJson(one.pins)]]);
  return isSame(told({ refs, patterns, otherSubjects, pins }), told(who)) ? null : "refs";
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** A statement's conditions by operator and key without case; of each the keys as they are spelt, with their values. */
function speltKeys(statement: RawStatement | undefined) {
  const spelt = new Map<string, { operator: string; key: string; values: unknown }[]>();
  for (const [operator, keys] of Object.entries(statement?.Condition ?? {}))
    for (const [key, values] of Object.entries(keys)) {
      const spelling = `${operator} ${key.toLowerCase()}`;
      spelt.set(spelling, [...(spelt.get(spelling) ?? []), { operator, key, values }]);
    }
  return spelt;
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
