/** From the best to the worst. */
export const grades = ["safe", "caution", "danger"] as const;
export type Grade = (typeof grades)[number];

/** What the buttons of findings do in the form, with their labels. */
export const mends = {
  "choose-refs": "Choose refs",
  "pin-ref-protected": "Protected refs only",
  "pin-project-id": "Pin the project's id",
  "use-template": "Use the S3 template",
  "use-string-like": "Use StringLike",
} as const;
export type MendId = keyof typeof mends;

/** One thing wrong with a trust or a permission, or with taking them away. */
export interface Finding {
  /** A kind of the table (`kinds`), or of the findings about a removal. */
  id: FindingId;
  severity: Exclude<Grade, "safe">;
  title: string;
  why: string;
  /** Label of the button that mends it, or null when the form cannot. */
  mend: string | null;
  mendId: MendId | null;
  where: "who" | "what";
  /** Who or what it is about, by name: more names make it worse. Missing in what older versions wrote down. */
  names?: readonly string[];
  /** JSON pointer to its cause in the trust policy. Missing where it has none. */
  path?: string;
}

/** Every kind of finding, in the order in which people should read them: who gets in, then what they may do. */
export const findingIds = [
  "nobody",
  "anybody",
  "other-account",
  "other-principal",
  "saml-provider",
  "other-provider",
  "subject-missing-or-star",
  "other-project",
  "group-wildcard",
  "login-tokens",
  "portal-audience",
  "any-ref",
  "any-protected-ref",
  "unprotected-ref",
  "ref-to-come",
  "tag-with-branch-name",
  "developers-may-push",
  "merge-requests",
  "forks-here",
  "unseen-refs",
  "cannot-be-told",
  "no-immutable-pin",
  "mutable-user-claim",
  "guard-slips",
  "deny-without-effect",
  "foreign-provider",
  "action-mismatch",
  "unknown-key",
  "foreign-key",
  "aws-key-absent",
  "audience-not-registered",
  "wildcard-in-string-equals",
  "refs-heads",
  "subject-without-lead",
  "unknown-component",
  "letter-case",
  "other-components",
  "only-at-another-time",
  "dead-value",
  "never-together",
  "issuer-port",
  "doubled-member",
  "full-access",
  "managed-policy",
  "still-in-use",
] as const;
export type FindingId = (typeof findingIds)[number];
