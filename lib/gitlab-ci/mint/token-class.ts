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

/** A set of tokens that an issuer can mint, and who can have one minted. */
export interface TokenClass {
  kind: "ref" | "other-branch" | "other-tag" | "merge-request" | "fork" | "later-holder" | "other-project" | "login";
  /** Which tokens, in words: "a branch that does not exist yet", "tags like v* that do not exist yet". */
  words: string;
  /** Who can have one minted, in words: "any Developer of acme/shop", "maintainers of acme/shop", "not known". */
  who: string;
  /**
   * What has to be so, and is not known to be, for GitLab to mint any: "an administrator lets …". Part of `words` or `who`
   * too; missing: GitLab mints them as things stand.
   */
  onlyIf?: string;
  /** By claim; a claim that is not here is in no token of the class. */
  claims: Readonly<Record<string, ClaimValues>>;
}
