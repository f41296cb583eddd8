import { providerUrlPath } from "@/lib/gitlab-ci/issuer";

/** The ARN of a role; `path` begins and ends with a slash. */
export function roleArn({
  partition,
  accountId,
  path,
  name,
}: {
  partition: string;
  accountId: string;
  path: string;
  name: string;
}): string {
  return `arn:${partition}:iam::${accountId}:role${path}${name}`;
}

/** The ARN of the one provider that an account has for an issuer. */
export function providerArn({
  partition,
  accountId,
  issuer,
}: {
  partition: string;
  accountId: string;
  issuer: string;
}): string {
  return `arn:${partition}:iam::${accountId}:oidc-provider/${providerUrlPath(issuer)}`;
}

export interface Arn {
  partition: string;
  service: string;
  /** Empty where the service has none, as IAM. */
  region: string;
  /** Empty where the service has none, as S3. */
  accountId: string;
  /** All after the fifth colon, colons included. */
  resource: string;
}

/** The parts of an ARN, or null when the text is none. */
export function parseArn(text: string): Arn | null {
  const match = /^arn:([^:\s]+):([^:\s]+):([^:\s]*):([^:\s]*):(\S+)$/.exec(text);
  if (!match) return null;
  const [, partition = "", service = "", region = "", accountId = "", resource = ""] = match;
  return { partition, service, region, accountId, resource };
}
