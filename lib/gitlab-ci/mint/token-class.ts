import type { Constraint } from "@/lib/language/search";

/** What one claim says in the tokens of a class. */
export interface ClaimValues {
  /** All of them hold of the value; none: any text. */
  values: readonly Constraint[];
  /** Whether a token of the class may lack the claim. */
  mayLack: boolean;
  /** Whether the job's author decides what it says, as of the audience: one choice that gets in is enough. */
  chosen: boolean;
  /** Of a chosen claim: what every job can choose, where not each of the values is; missing: any of them. */
  atWill?: readonly Constraint[];
}

/** A project that a trust names, by its path, its id or both. */
export interface MentionedProject {
  path: string | null;
  id: string | null;
}

/**
 * Who can have a token of a class minted, the least of them: anybody beside the project's members, its Developers, its
 * Maintainers, the GitLab's administrators, people and keys that a rule names, or nobody as things are.
 */
export type Reach = "anybody" | "developers" | "maintainers" | "administrators" | "named" | "nobody" | "not-known";

/** A set of tokens that an issuer can mint, and who can have one minted. */
export interface TokenClass {
  kind: "ref" | "other-branch" | "other-tag" | "merge-request" | "fork" | "later-holder" | "other-project" | "login";
  /** Which tokens, in words: "a branch that does not exist yet", "tags like v* that do not exist yet". */
  words: string;
  /** Who can have one minted, in words: "any Developer of acme/shop", "maintainers of acme/shop", "not known". */
  who: string;
  reach: Reach;
  /** The other project that it is of, where a trust names it. */
  mentioned?: MentionedProject;
  /**
   * What has to be so, and is not known to be, for GitLab to mint any: "an administrator lets …". Part of `words` or `who`
   * too; missing: GitLab mints them as things stand.
   */
  onlyIf?: string;
  /** By claim; a claim that is not here is in no token of the class. */
  claims: Readonly<Record<string, ClaimValues>>;
}
