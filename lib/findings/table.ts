import { actionMismatch } from "./action-mismatch";
import { anyProtectedRef } from "./any-protected-ref";
import { anyRef } from "./any-ref";
import { anybody } from "./anybody";
import { audienceNotRegistered } from "./audience-not-registered";
import { awsKeyAbsent } from "./aws-key-absent";
import { cannotBeTold } from "./cannot-be-told";
import { deadValue } from "./dead-value";
import { denyWithoutEffect } from "./deny-without-effect";
import { developersMayPush } from "./developers-may-push";
import { doubledMember } from "./doubled-member";
import type { Finding, Grade } from "./finding";
import { mends } from "./finding";
import { foreignKey } from "./foreign-key";
import { foreignProvider } from "./foreign-provider";
import { forksHere } from "./forks-here";
import { fullAccess } from "./full-access";
import { groupWildcard } from "./group-wildcard";
import { guardSlips } from "./guard-slips";
import { issuerPort } from "./issuer-port";
import type { FindingInput, FindingKind, FindingPage } from "./kind";
import { letterCase } from "./letter-case";
import { loginTokens } from "./login-tokens";
import { managedPolicy } from "./managed-policy";
import { mergeRequests } from "./merge-requests";
import { mutableUserClaim } from "./mutable-user-claim";
import { neverTogether } from "./never-together";
import { noImmutablePin } from "./no-immutable-pin";
import { nobody } from "./nobody";
import { onlyAtAnotherTime } from "./only-at-another-time";
import { otherAccount } from "./other-account";
import { otherComponents } from "./other-components";
import { otherPrincipal } from "./other-principal";
import { otherProject } from "./other-project";
import { otherProvider } from "./other-provider";
import { pointerTo } from "./place";
import { portalAudience } from "./portal-audience";
import { refToCome } from "./ref-to-come";
import { refsHeads } from "./refs-heads";
import { stillInUse } from "./removal";
import { samlProvider } from "./saml-provider";
import { subjectMissingOrStar } from "./subject-missing-or-star";
import { subjectWithoutLead } from "./subject-without-lead";
import { tagWithBranchName } from "./tag-with-branch-name";
import { unknownComponent } from "./unknown-component";
import { unknownKey } from "./unknown-key";
import { unprotectedRef } from "./unprotected-ref";
import { unseenRefs } from "./unseen-refs";
import { wildcardInStringEquals } from "./wildcard-in-string-equals";

export type { Finding, Grade } from "./finding";
export type { FindingInput } from "./kind";

/** Every kind of finding about a trust and what it opens, in the order in which people should read them. */
export const kinds: readonly FindingKind<Finding["id"]>[] = [
  nobody,
  anybody,
  otherAccount,
  otherPrincipal,
  samlProvider,
  otherProvider,
  subjectMissingOrStar,
  otherProject,
  groupWildcard,
  loginTokens,
  portalAudience,
  anyRef,
  anyProtectedRef,
  unprotectedRef,
  refToCome,
  tagWithBranchName,
  developersMayPush,
  mergeRequests,
  forksHere,
  unseenRefs,
  cannotBeTold,
  noImmutablePin,
  mutableUserClaim,
  guardSlips,
  denyWithoutEffect,
  foreignProvider,
  actionMismatch,
  unknownKey,
  foreignKey,
  awsKeyAbsent,
  audienceNotRegistered,
  wildcardInStringEquals,
  refsHeads,
  subjectWithoutLead,
  unknownComponent,
  letterCase,
  otherComponents,
  onlyAtAnotherTime,
  deadValue,
  neverTogether,
  issuerPort,
  fullAccess,
  managedPolicy,
];

/** Every kind of finding with its page: also those that only a text or a removal shows. */
export const findingPages: readonly FindingPage<Finding["id"]>[] = [...kinds, doubledMember, stillInUse];

/** All that is wrong with a trust and the permissions that it opens. */
export function findings(input: FindingInput): Finding[] {
  return kinds.flatMap((kind) => {
    const found = kind.find(input);
    if (!found) return [];
    const { severity, title = kind.title, why, names, place, mendId = null } = found;
    const path = place && pointerTo(place, input.isList);
    return [
      {
        id: kind.id,
        severity,
        title,
        why,
        mend: mendId && mends[mendId],
        mendId,
        where: kind.where,
        ...(names ? { names } : {}),
        ...(path ? { path } : {}),
      },
    ];
  });
}

/** The worst finding is the grade. */
export function gradeOf(found: readonly Finding[]): Grade {
  if (found.some(({ severity }) => severity === "danger")) return "danger";
  return found.length > 0 ? "caution" : "safe";
}
