/** A trust of the account's gitlab.com provider under a condition. */
export function webIdentityTrust(accountId: string, condition: Record<string, Record<string, string>>): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/gitlab.com` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  };
}

/** ISO time without a fraction of a second. */
export function hoursBefore(now: Date, hours: number): string {
  return new Date(now.getTime() - hours * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
}
