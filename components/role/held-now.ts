import { parseComponents } from "@/lib/gitlab-ci/components";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RefVerdict } from "@/lib/iam/admitted";
import { admittedRefs } from "@/lib/iam/admitted";
import { parseArn, providerArn } from "@/lib/iam/arn";
import type { Finding, FindingInput } from "@/lib/iam/findings/table";
import { findings } from "@/lib/iam/findings/table";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";
import type { RoleDocument } from "@/lib/plan/change";
import { takesTokens } from "@/lib/plan/diff";
import type { Difference } from "@/lib/plan/drift";
import { isOnlyProvider } from "@/lib/plan/drift";
import type { ProjectView } from "@/lib/project/model";
import type { RoleView } from "@/lib/role/contract";

/** The part of a role that says who gets in, to what, and for how long. */
export type AccessDocument = Pick<
  RoleDocument,
  "trustPolicy" | "inlinePolicies" | "attachedPolicies" | "boundaryArn" | "maxSessionSeconds" | "description"
>;

/** What a role is now: as recorded where AWS holds just that or was not asked, as AWS holds it where it differs, or nothing. */
export type HeldNow = { of: "record" | "aws"; document: AccessDocument } | { of: "nothing" };

type Compared = Pick<RoleView, "removedAt" | "liveState" | "live"> & Drifted;

interface Drifted {
  drift: readonly Difference[] | null;
}

/** By the last comparison with AWS. */
export function heldNow(role: Compared, recorded: RoleDocument): HeldNow {
  if (role.removedAt || role.liveState === "gone") return { of: "nothing" };
  return role.liveState === "drifted" && role.live && !isOnlyProvider(differencesOf(role))
    ? { of: "aws", document: role.live }
    : { of: "record", document: recorded };
}

/** Why no token at all gets in, whatever the trust policy says; null where that decides. */
export function closedBecause(role: Compared): string | null {
  if (role.removedAt) return "the role is removed";
  if (role.liveState === "gone") return "AWS holds the role no more";
  const provider = differencesOf(role).find((difference) => difference.what === "provider");
  if (!provider) return null;
  const trust = role.live?.trustPolicy;
  const open = trust && trustedProviders(readPolicy(trust)).some((arn) => takesTokens(provider.theirs, trust, arn));
  return open ? null : "the account's OIDC provider does not take their tokens";
}

/** In what AWS differs from the record; an empty list where it agrees, or was not asked. */
export function differencesOf({ drift }: Drifted): readonly Difference[] {
  return drift ?? [];
}

/** Which of the project's refs a document lets in; null where the project's subject is not known. */
export function admittedNow(
  role: Pick<RoleView, "arn" | "audience">,
  { trustPolicy }: AccessDocument,
  project: ProjectView,
  refs: readonly GitRef[],
): { in: RefVerdict[]; out: RefVerdict[] } | null {
  const parsed = parseComponents(project.components);
  const arn = parseArn(role.arn);
  if (!parsed.ok || !arn) return null;
  return admittedRefs(readPolicy(trustPolicy), refs, {
    ...{
      issuer: project.issuer,
      providerArn: providerArn({ partition: arn.partition, accountId: arn.accountId, issuer: project.issuer }),
    },
    ...{
      audience: role.audience,
      components: parsed.components,
      projectId: String(project.projectId),
      projectPath: project.path,
    },
    ...{ namespaceId: String(project.namespaceId), namespacePath: project.namespacePath },
  });
}

/** What is to be said about a document that the record does not know; null for refs that GitLab does not show. */
export function findingsNow(
  role: Pick<RoleView, "arn" | "audience">,
  document: AccessDocument,
  project: ProjectView,
  refs: readonly GitRef[] | null,
): Finding[] {
  return judged(document, {
    issuer: project.issuer,
    project: { id: String(project.projectId), path: project.path },
    admitted: (refs && admittedNow(role, document, project, refs)?.in) ?? null,
  });
}

/** The same for whom GitLab does not show the project: everything but its refs, for the issuer that the recorded trust names; null where it names none. */
export function findingsWithoutProject(
  { projectId, projectPath }: Pick<RoleView, "projectId" | "projectPath">,
  document: AccessDocument,
  recorded: AccessDocument,
): Finding[] | null {
  const [issuer] = trustedProviders(readPolicy(recorded.trustPolicy)).flatMap((arn) => issuerOfProvider(arn) ?? []);
  return issuer
    ? judged(document, { issuer, project: { id: String(projectId), path: projectPath }, admitted: null })
    : null;
}

function judged(
  { trustPolicy, inlinePolicies, attachedPolicies = [] }: AccessDocument,
  about: Pick<FindingInput, "issuer" | "project" | "admitted">,
): Finding[] {
  return findings({
    trustPolicy: readPolicy(trustPolicy),
    inlinePolicies: Object.values(inlinePolicies).map(readPolicy),
    attachedPolicies,
    ...about,
  });
}
