import type { AdmittedRefs } from "@/lib/admission/admitted";
import { admittedRefs } from "@/lib/admission/admitted";
import type { BeyondChange } from "@/lib/admission/beyond-change";
import { beyondChange } from "@/lib/admission/beyond-change";
import { livesOf } from "@/lib/admission/life";
import type { Entrance, Survey } from "@/lib/admission/survey";
import { survey } from "@/lib/admission/survey";
import { whenWords } from "@/lib/admission/when";
import type { Finding } from "@/lib/findings/finding";
import { removalFindings } from "@/lib/findings/removal";
import { findings, gradeOf } from "@/lib/findings/table";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { providerArn } from "@/lib/iam/arn";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { listOf, readPolicy } from "@/lib/iam/policy-schema";
import type { ProviderState } from "@/lib/plan/change";
import type { AccessDocument, AnyoneElse, LiveJudgement, WhoGetsIn } from "./judgement";
import { mayGetIn } from "./judgement";
import type { LiveProject } from "./project";
import { componentsShown, mintingProject, refsHidden } from "./project";

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
  const now = whoGetsIn(after, judged);
  if ("nobody" in after) {
    const found = removalFindings({ lastUsedAt, admitted: then ? mayGetIn(then.told) : [] });
    const beyond = then && { beyond: beyondOf(then, now, judged) };
    const kept = { findings: found, grade: gradeOf(found), after: now.told, before: then?.told ?? null, ...beyond };
    return { ...kept, out: [], others: [] };
  }
  const found = findingsOf(after.document, now, judged);
  return {
    findings: found,
    grade: gradeOf(found),
    after: now.told,
    before: then?.told ?? null,
    ...(then && { beyond: beyondOf(then, now, judged) }),
    out: now.asked?.out ?? [],
    others: now.told.kind === "nobody" || !now.survey ? [] : othersOf(now.survey),
  };
}

interface Answer {
  told: WhoGetsIn;
  /** By the trust policy alone, whatever stands in its way; null where it could not be asked. */
  asked: AdmittedRefs | null;
  /** By the trust policy alone; null where there is none. */
  survey: Survey<GitRef> | null;
  /** As far as the account's provider lets its tokens in. */
  trust: TrustPolicy;
}

function whoGetsIn(side: Side, judged: Judged): Answer {
  if ("nobody" in side)
    return { told: nobody(side.nobody), asked: null, survey: null, trust: { Version: "2012-10-17", Statement: [] } };
  const policy = policyOf(side.document);
  const because = whyUntold(judged);
  const survey = surveyOf(policy, judged, null);
  const asked = because === null ? admittedRefs(policy, survey) : null;
  const by = { asked, survey, trust: policy };
  if (isClosed(side.provider, policy, survey, judged)) {
    const trust = withoutTokens(policy, providerArn(judged.place));
    return { ...by, told: nobody("the account's OIDC provider does not take their tokens"), trust };
  }
  if (!asked) return { ...by, told: { kind: "untold", because: because ?? refsHidden } };
  const { in: admitted, untold, out } = asked;
  return { ...by, told: { kind: "refs", in: admitted, untold, asked: admitted.length + untold.length + out.length } };
}

function nobody(because: string): WhoGetsIn {
  return { kind: "nobody", because };
}

/** Why no ref can be asked about: GitLab hides project, subject or refs; null where all is shown. */
function whyUntold({ live, hidden }: Judged): string | null {
  if (!live) return hidden ?? "GitLab does not show the project here.";
  const components = componentsShown(live.view);
  if (!components.ok) return components.reason;
  return live.refs ? null : (hidden ?? refsHidden);
}

/** Whether the account's provider keeps out whoever the trust would let in, of the project and beyond. */
function isClosed(
  provider: Extract<Side, { document: unknown }>["provider"],
  policy: TrustPolicy,
  open: Survey<GitRef>,
  judged: Judged,
): boolean {
  if (provider === "as planned") return false;
  if (!provider) return true;
  const { refs, beyond } = surveyOf(policy, judged, provider.audiences);
  const isEmpty = (survey: Pick<Survey, "refs" | "beyond">) =>
    survey.beyond.length === 0 && !survey.refs?.some(({ answer }) => answer.is !== "out");
  return isEmpty({ refs, beyond }) && !isEmpty(open);
}

/** Kept by what they are of, for as long as that lives: the same question is asked several times of one judgement. */
const policies = new WeakMap<AccessDocument, TrustPolicy>();

/** The document's trust as it is judged, one object for all questions about it. */
function policyOf(document: AccessDocument): TrustPolicy {
  const before = policies.get(document);
  if (before) return before;
  const policy = readPolicy(document.trustPolicy);
  policies.set(document, policy);
  return policy;
}

const surveys = new WeakMap<Judged, { policy: TrustPolicy; audiences: string; survey: Survey<GitRef> }[]>();

/** Asked once for each policy and list of audiences of what is judged. */
function surveyOf(policy: TrustPolicy, judged: Judged, audiences: readonly string[] | null): Survey<GitRef> {
  const before = surveys.get(judged) ?? [];
  const name = JSON.stringify(audiences);
  const known = before.find((one) => one.policy === policy && one.audiences === name);
  if (known) return known.survey;
  const { place } = judged;
  const provider = { arn: providerArn(place), issuer: place.issuer, audiences, at: null };
  const asked = survey(policy, mintingProject(judged), provider);
  surveys.set(judged, [...before, { policy, audiences: name, survey: asked }]);
  return asked;
}

/** What the change does beside the existing refs. */
function beyondOf(then: Answer, now: Answer, judged: Judged): BeyondChange {
  const { place } = judged;
  const provider = { arn: providerArn(place), issuer: place.issuer, audiences: null, at: null };
  return beyondChange(then.trust, now.trust, mintingProject(judged), provider);
}

/** The trust while the account's provider lets none of its tokens in: others may still get in. */
function withoutTokens({ Statement, ...policy }: TrustPolicy, arn: string): TrustPolicy {
  const statements = Statement.map((statement): PolicyStatement => {
    const { Principal } = statement;
    if (typeof Principal !== "object" || Principal["Federated"] === undefined) return statement;
    const others = listOf(Principal["Federated"]).filter((value) => value !== arn);
    return { ...statement, Principal: { ...Principal, Federated: others } };
  });
  return { ...policy, Statement: statements };
}

/** The document is judged by whom it lets in, also while a missing provider keeps everybody out: that is mended in a moment. */
function findingsOf(document: AccessDocument, { survey: known }: Answer, judged: Judged): Finding[] {
  const policy = policyOf(document);
  const asked = known ?? surveyOf(policy, judged, null);
  return findings({
    trustPolicy: policy,
    isList: Array.isArray(document.trustPolicy.Statement),
    survey: asked,
    lives: livesOf(policy, asked),
    unseen: null,
    refsComplete: judged.live?.refsComplete !== false,
    inlinePolicies: Object.values(document.inlinePolicies).map(readPolicy),
    attachedPolicies: document.attachedPolicies ?? [],
    portalAudience: judged.live?.view.portalAudience ?? null,
  });
}

/** Who gets in beside the refs that exist; every other project once, whatever makes its subject. */
function othersOf({ beyond, others }: Survey): AnyoneElse[] {
  const all = [...beyond, ...others];
  const isFirst = ({ kind, who }: Entrance, at: number) =>
    kind !== "other-project" || all.findIndex((one) => one.kind === kind && one.who === who) === at;
  return all.filter(isFirst).map(({ kind, words, who, sure, onlyIf, when, witness }) => ({
    kind,
    words,
    who,
    sure: sure && onlyIf === null && when.length === 0,
    when: witness ? witness.when : whenWords(when),
    witness: witness && { principal: witness.principal, claims: witness.claims },
  }));
}
