import { canonicalJson } from "@/lib/iam/json";
import type { RawPolicy, RawStatement } from "@/lib/iam/policy-schema";
import { statementsOf } from "@/lib/iam/policy-schema";
import { readTrust, usualAudience } from "@/lib/iam/trust-view";
import type { FormPlace } from "./form-place";
import { trustedProject } from "./form-place";
import type { DraftProblem, RoleDraft } from "./schema";

type Who = Pick<RoleDraft, "refs" | "patterns" | "otherSubjects" | "pins" | "audience">;

/** A condition's key as it is spelt there. */
interface SpeltKey {
  operator: string;
  key: string;
  values: unknown;
}

/**
 * Why a form cannot be written into a trust; null where nothing speaks against it. A key that a statement names twice
 * under one operator, in other letter case, is not on the form: AWS compares keys without case, so all of them must
 * match, and no single one can be written for the others.
 */
export function spellingProblem(before: RawPolicy, after: RawPolicy, who: Who, place: FormPlace): DraftProblem | null {
  const { statement } = readTrust(before, trustedProject(place));
  if (statement === null) return null;
  const [was = [], is = []] = [before, after].map((policy) => speltKeys(statementsOf(policy)[statement]));
  const repeated = was.filter((one) => was.filter((other) => isSameKey(one, other)).length > 1);
  const field = unshownField(after, who, place);
  const inTheWay =
    repeated.find((one) => !isSame(ofClaim(was, one), ofClaim(is, one))) ??
    repeated.find(({ key }) => field && claims[field].test(key));
  if (!inTheWay) return null;
  const count = was.filter((other) => isSameKey(inTheWay, other)).length;
  return {
    field: claims.audience.test(inTheWay.key) ? "audience" : "refs",
    reason: `The trust names ${inTheWay.key} ${count} times under ${inTheWay.operator}, in different letter case. All of them must match and are kept as they are, so this cannot be changed here.`,
  };
}

const claims = { audience: /:aud$/i, refs: /:(sub|project_id|namespace_id|ref_protected)$/i };

/** The field of which the form would show something else than is wanted, once this was written; null where it shows just that. */
function unshownField(policy: RawPolicy, who: Who, place: FormPlace): keyof typeof claims | null {
  const view = readTrust(policy, trustedProject(place));
  if ((view.audience ?? usualAudience) !== who.audience) return "audience";
  const texts = (parts: readonly unknown[]) => parts.map((part) => canonicalJson(part)).toSorted();
  const told = ({ refs, patterns, otherSubjects, pins }: Omit<Who, "audience">) =>
    [refs, patterns, otherSubjects, [pins]].map(texts);
  return isSame(told(view), told(who)) ? null : "refs";
}

/** A statement's conditions, one by one. */
function speltKeys(statement: RawStatement | undefined): SpeltKey[] {
  return Object.entries(statement?.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );
}

function isSameKey(one: SpeltKey, other: SpeltKey): boolean {
  return one.operator === other.operator && one.key.toLowerCase() === other.key.toLowerCase();
}

/** All that is asked of a key's claim under the operators that the form writes. */
function ofClaim(keys: readonly SpeltKey[], { key }: SpeltKey): SpeltKey[] {
  return keys.filter(
    (one) => one.key.toLowerCase() === key.toLowerCase() && ["StringEquals", "StringLike"].includes(one.operator),
  );
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
