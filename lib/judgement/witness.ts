/** One concrete call that proves an answer. */
export interface Witness {
  /** Who calls: a provider's ARN, an account, a service; as a policy names them. */
  principal: string;
  /** e.g. "sts:AssumeRoleWithWebIdentity". */
  action: string;
  /** The token's claims, as GitLab would write them. */
  claims: Readonly<Record<string, string>>;
  /** Under what circumstances of the call, in words; null: under any. */
  when: string | null;
  /** The whole in a sentence. */
  words: string;
}
