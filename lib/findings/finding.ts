import type { RefVerdict } from "@/lib/admission/admitted";
import type { PolicyDocument, TrustPolicy } from "@/lib/iam/policy-schema";

/** From the best to the worst. */
export const grades = ["safe", "caution", "danger"] as const;
export type Grade = (typeof grades)[number];

/** One thing wrong with a trust or a permission, or with taking them away. */
export interface Finding {
  id:
    | "other-principal"
    | "other-project"
    | "subject-missing-or-star"
    | "group-wildcard"
    | "any-ref"
    | "unprotected-ref"
    | "unseen-refs"
    | "cannot-be-told"
    | "no-immutable-pin"
    | "full-access"
    | "wildcard-in-string-equals"
    | "managed-policy"
    | "still-in-use";
  severity: Exclude<Grade, "safe">;
  title: string;
  why: string;
  /** Label of the button that mends it, or null when the form cannot. */
  mend: string | null;
  mendId: "choose-refs" | "pin-ref-protected" | "pin-project-id" | "use-template" | "use-string-like" | null;
  where: "who" | "what";
}

export interface FindingInput {
  trustPolicy: TrustPolicy;
  /** The role's own inline policies. */
  inlinePolicies: readonly PolicyDocument[];
  /** ARNs of the managed policies attached to it; their documents are not known. */
  attachedPolicies: readonly string[];
  issuer: string;
  /** The project that the role is for: GitLab's number, and its path as it is now. */
  project: { id: string; path: string };
  /** The refs that the trust lets in, surely or perhaps; null where GitLab does not show the project, or its subject. */
  admitted: RefVerdict[] | null;
}

/** One check: what it found, or null. */
export type Check = (input: FindingInput) => Finding | null;
