import { anyRef } from "./any-ref";
import { cannotBeTold } from "./cannot-be-told";
import type { Check, Finding, FindingInput, Grade } from "./finding";
import { fullAccess } from "./full-access";
import { groupWildcard } from "./group-wildcard";
import { managedPolicy } from "./managed-policy";
import { noImmutablePin } from "./no-immutable-pin";
import { otherPrincipal } from "./other-principal";
import { otherProject } from "./other-project";
import { subjectMissingOrStar } from "./subject-missing-or-star";
import { unprotectedRef } from "./unprotected-ref";
import { unseenRefs } from "./unseen-refs";
import { wildcardInStringEquals } from "./wildcard-in-string-equals";

export type { Finding, FindingInput, Grade } from "./finding";

/** The order in which people should read them: who gets in, then what they may do. */
const checks: readonly Check[] = [
  otherPrincipal,
  otherProject,
  subjectMissingOrStar,
  groupWildcard,
  anyRef,
  unprotectedRef,
  unseenRefs,
  cannotBeTold,
  noImmutablePin,
  wildcardInStringEquals,
  fullAccess,
  managedPolicy,
];

/** All that is wrong with a trust and the permissions that it opens. */
export function findings(input: FindingInput): Finding[] {
  return checks.flatMap((check) => check(input) ?? []);
}

/** The worst finding is the grade. */
export function gradeOf(found: readonly Finding[]): Grade {
  if (found.some(({ severity }) => severity === "danger")) return "danger";
  return found.length > 0 ? "caution" : "safe";
}
