import type { StatementLife } from "@/lib/admission/life";
import type { Survey } from "@/lib/admission/survey";
import type { PolicyDocument, TrustPolicy } from "@/lib/iam/policy-schema";
import type { Finding, MendId } from "./finding";
import type { Place } from "./place";

/** What a finding is asked of: documents, and what the set of tokens says of them. */
export interface FindingInput {
  trustPolicy: TrustPolicy;
  /** Whether its statements are written as a list: for places. */
  isList: boolean;
  survey: Survey;
  /** Of each Allow statement for the issuer's tokens, whether anybody can get in by it, and what stands in the way. */
  lives: readonly StatementLife[];
  /** Why the refs could not be asked about, as a sentence; null where GitLab hides them without a word. */
  unseen: string | null;
  /** Whether the refs that GitLab showed are all there are. */
  refsComplete: boolean;
  /** The role's own inline policies. */
  inlinePolicies: readonly PolicyDocument[];
  /** ARNs of the managed policies attached to it; their documents are not known. */
  attachedPolicies: readonly string[];
  /** The client id by which people sign in to Trustdesk itself; null where that is not known. */
  portalAudience: string | null;
}

/** What one kind of finding says of one document. */
export interface Found {
  severity: Finding["severity"];
  /** Where it differs from the kind's. */
  title?: string;
  why: string;
  /** Who or what, by name: compared when a document is judged again. */
  names?: readonly string[];
  place?: Place | null;
  mendId?: MendId;
}

/** What one kind of finding means, for its page. */
export interface FindingPage<Id extends string = string> {
  id: Id;
  where: Finding["where"];
  /** How bad it can be. */
  severities: readonly Finding["severity"][];
  /** What people see first; a sentence part without a full stop. */
  title: string;
  /** What it is and why it matters, in a few sentences. */
  about: string;
  /** How to mend it, in a few sentences. */
  mending: string;
}

/** One kind of finding: what it means, and how it is found. */
export interface FindingKind<Id extends string = string> extends FindingPage<Id> {
  find(input: FindingInput): Found | null;
}
