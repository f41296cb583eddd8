import type { AdmittedRefs } from "@/lib/iam/admitted";
import { admittedRefs } from "@/lib/iam/admitted";
import { providerArn } from "@/lib/iam/arn";
import type { Finding } from "@/lib/iam/findings/finding";
import { removalFindings } from "@/lib/iam/findings/removal";
import { findings, gradeOf } from "@/lib/iam/findings/table";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import type { ProviderState } from "@/lib/plan/change";
import { takesTokens } from "@/lib/plan/diff";
import type { AccessDocument, LiveJudgement, WhoGetsIn } from "./judgement";
import type { LiveProject } from "./project";
import { componentsShown, partUnseen, refsHidden } from "./project";

/** Where the role is, and for whose tokens. */
export interface Place {
  /** Twelve digits. */
  accountId: string;
  partition: string;
  /** With scheme, e.g. https://gitlab.com */
  issuer: string;
  /** What the project's jobs usually ask for. */
  audience: string;
}

/**
 * One state of a role: a document, with the account's provider of the issuer as it is (null: there is none) or as it
 * will be once the plan is applied; or no role, and why.
 */
export type Side =
  | { document: AccessDocument; provider: Pick<ProviderState, "audiences"> | null | "as planned" }
  | { nobody: string };

export interface Judged {
  /** The project that the role is for, as it is recorded. */
  project: { id: number; path: string };
  /** The project as GitLab shows it now, or null, and why. */
  live: LiveProject | null;
  hidden?: string;
  place: Place;
  after: Side;
  /** What it replaces, or null. */
  before: Side | null;
  /** AWS's RoleLastUsed (ISO 8601) of what is replaced; null: no use is known. */
  lastUsedAt?: string | null;
}

/**
 * The one judgement of a role's document for a project: who gets in before and after, with in, out and untold as three
 * answers, and what is wrong with it. Form, submit, approval, apply, role page and drift all ask this function.
 */
export function judge(judged: Judged): LiveJudgement {
  const { after, before, lastUsedAt = null } = judged;
  const then = before && whoGetsIn(before, judged);
  if ("nobody" in after) {
    const found = removalFindings({ lastUsedAt, admitted: then ? mayGetIn(then.told) : [] });
    return { findings: found, grade: gradeOf(found), after: nobody(after.nobody), before: then?.told ?? null, out: [] };
  }
  const now = whoGetsIn(after, judged);
  const found = findingsOf(after.document, now.asked, judged);
  return {
    findings: found,
    grade: gradeOf(found),
    after: now.told,
    before: then?.told ?? null,
    out: now.asked?.out ?? [],
  };
}

/** All refs of an answer that get in, surely or perhaps. */
export function mayGetIn(who: WhoGetsIn): Extract<WhoGetsIn, { kind: "refs" }>["in"] {
  return who.kind === "refs" ? [...who.in, ...who.untold] : [];
}

interface Answer {
  told: WhoGetsIn;
  /** By the trust policy alone, whatever stands in its way; null where it could not be asked. */
  asked: AdmittedRefs | null;
}

function whoGetsIn(side: Side, judged: Judged): Answer {
  if ("nobody" in side) return { told: nobody(side.nobody), asked: null };
  const { trustPolicy } = side.document;
  const asked = askRefs(trustPolicy, judged);
  const isOpen = side.provider === "as planned" || takesTokens(side.provider, trustPolicy, providerArn(judged.place));
  if (!isOpen) return { told: nobody("the account's OIDC provider does not take their tokens"), asked: asked.refs };
  if (!asked.refs) return { told: { kind: "untold", because: asked.because }, asked: null };
  const { in: admitted, untold, out } = asked.refs;
  const count = admitted.length + untold.length + out.length;
  return { told: { kind: "refs", in: admitted, untold, asked: count }, asked: asked.refs };
}

function nobody(because: string): WhoGetsIn {
  return { kind: "nobody", because };
}

type Asked = { refs: AdmittedRefs } | { refs: null; because: string };

/** Each ref's token against the trust policy; not possible where GitLab hides project, subject or refs. */
function askRefs(trustPolicy: RawPolicy, { live, hidden, place }: Judged): Asked {
  if (!live) return { refs: null, because: hidden ?? "GitLab does not show the project here." };
  const { view, refs } = live;
  const components = componentsShown(view);
  if (!components.ok) return { refs: null, because: components.reason };
  if (!refs) return { refs: null, because: hidden ?? refsHidden };
  const admitted = admittedRefs(readPolicy(trustPolicy), refs, {
    issuer: place.issuer,
    audience: place.audience,
    providerArn: providerArn(place),
    components: components.components,
    projectId: String(view.projectId),
    projectPath: view.path,
    namespaceId: String(view.namespaceId),
    namespacePath: view.namespacePath,
  });
  return { refs: admitted };
}

/** The document is judged by whom it lets in, also while a missing provider keeps everybody out: that is mended in a moment. */
function findingsOf(document: AccessDocument, asked: AdmittedRefs | null, { project, live, place }: Judged): Finding[] {
  const found = findings({
    trustPolicy: readPolicy(document.trustPolicy),
    inlinePolicies: Object.values(document.inlinePolicies).map(readPolicy),
    attachedPolicies: document.attachedPolicies ?? [],
    issuer: place.issuer,
    project: { id: String(project.id), path: live?.view.path ?? project.path },
    admitted: asked && [...asked.in, ...asked.untold],
  });
  return asked && live?.refsComplete === false ? [...found, partUnseen] : found;
}
