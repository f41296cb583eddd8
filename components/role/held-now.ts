import type { ProjectView } from "@/lib/catalog/model";
import { parseComponents } from "@/lib/gitlab-ci/components";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { admittedRefs } from "@/lib/iam/admitted";
import type { RefVerdict } from "@/lib/iam/admitted";
import { parseArn, providerArn } from "@/lib/iam/arn";
import { findings } from "@/lib/iam/findings/table";
import type { Finding, FindingInput } from "@/lib/iam/findings/table";
import type { RoleDocument, RoleState } from "@/lib/plan/change";
import type { RoleView } from "@/lib/role/contract";

/** The part of a role that says who gets in, and to what. */
export type AccessDocument = Pick<RoleDocument, "trustPolicy" | "inlinePolicies" | "attachedPolicies">;

/** What a role is now: as recorded where AWS holds just that or was not asked, as AWS holds it where it differs, or nothing. */
export type HeldNow = { of: "record" | "aws"; document: AccessDocument } | { of: "nothing"; because: "removed" | "gone" };

/** By the last comparison with AWS. */
export function heldNow(role: Pick<RoleView, "removedAt" | "liveState" | "live">, recorded: RoleDocument): HeldNow {
  if (role.removedAt) return { of: "nothing", because: "removed" };
  if (role.liveState === "gone") return { of: "nothing", because: "gone" };
  return role.liveState === "drifted" && role.live ? { of: "aws", document: role.live as RoleState } : { of: "record", document: recorded };
}

/** Which of the project's refs a document lets in; null where the project's subject is not known. */
export function admittedNow(role: Pick<RoleView, "arn" | "audience">, { trustPolicy }: AccessDocument, project: ProjectView, refs: readonly GitRef[]): { in: RefVerdict[]; out: RefVerdict[] } | null {
  const parsed = parseComponents(project.components);
  const arn = parseArn(role.arn);
  if (!parsed.ok || !arn) return null;
  return admittedRefs(trustPolicy, refs, {
    ...{ issuer: project.issuer, providerArn: providerArn({ partition: arn.partition, accountId: arn.accountId, issuer: project.issuer }) },
    ...{ audience: role.audience, components: parsed.components, projectId: String(project.projectId), projectPath: project.path },
    ...{ namespaceId: String(project.namespaceId), namespacePath: project.namespacePath },
  });
}

/** What is to be said about a document that the record does not know. */
export function findingsNow(role: Pick<RoleView, "arn" | "audience">, document: AccessDocument, project: ProjectView, refs: readonly GitRef[]): Finding[] {
  return judged(document, { issuer: project.issuer, refs, project: { id: String(project.projectId), path: project.path }, admitted: admittedNow(role, document, project, refs)?.in ?? [] });
}

/** The same for whom GitLab does not show the project: everything but its refs, for the issuer that the recorded trust names; null where it names none. */
export function findingsWithoutProject({ projectId, projectPath }: Pick<RoleView, "projectId" | "projectPath">, document: AccessDocument, recorded: AccessDocument): Finding[] | null {
  const providers = recorded.trustPolicy.Statement.flatMap(({ Principal }) => (typeof Principal === "object" ? [Principal["Federated"] ?? []].flat() : []));
  const host = providers.flatMap((arn) => arn.split(":oidc-provider/")[1] ?? [])[0];
  return host ? judged(document, { issuer: `https://${host}`, refs: [], project: { id: String(projectId), path: projectPath }, admitted: [] }) : null;
}

function judged({ trustPolicy, inlinePolicies, attachedPolicies = [] }: AccessDocument, about: Pick<FindingInput, "issuer" | "refs" | "project" | "admitted">): Finding[] {
  return findings({ trustPolicy, inlinePolicies: Object.values(inlinePolicies), attachedPolicies, ...about });
}
