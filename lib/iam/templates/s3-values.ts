import type { PolicyDocument, PolicyStatement } from "../policy-schema";
import type { TemplateParameter, TemplatePlace } from "./template";
import { between, resourcesOf } from "./template";

/** What is wrong with a bucket's name, or null (S3 user guide, "General purpose bucket naming rules"). */
export function bucketProblem(value: string): string | null {
  if (value === "") return "a bucket is needed.";
  if (value.length < 3 || value.length > 63) return "a bucket's name has 3 to 63 characters.";
  if (!/^[a-z0-9.-]+$/.test(value)) return "a bucket's name holds lower-case letters, digits, dots and hyphens only.";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(value)) return "a bucket's name begins and ends with a letter or a digit.";
  return value.includes("..") ? "a bucket's name has no two dots in a row." : null;
}

/**
 * What is wrong with a key or a beginning of one, or null; `what` begins the sentence. `*`, `?` and `${` are legal in
 * keys, but in a policy's resource they would mean something else.
 */
export function keyProblem(what: string, value: string): string | null {
  if (value.startsWith("/")) return `${what} does not begin with a slash: keys would then begin with an empty folder.`;
  if (/[*?]|\$\{/.test(value)) return `${what} holds no * or ? and no \${: in a policy they stand for other text.`;
  return /^[\x21-\x7E]{0,512}$/.test(value) ? null : `${what} has at most 512 visible ASCII characters and no spaces.`;
}

/** The key that encrypts a bucket; its id alone, so that it is one of the role's own account and region. */
export const kmsKey: TemplateParameter = {
  name: "kmsKey",
  label: "KMS key ID",
  placeholder: "1234abcd-12ab-34cd-56ef-1234567890ab",
  hint: "Only for a bucket encrypted with a key of this account and region. Empty: no key.",
  problem: (value) =>
    value === "" || /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/.test(value)
      ? null
      : "a key's ID looks like 1234abcd-12ab-34cd-56ef-1234567890ab, without the rest of its ARN.",
};

/** Reading and writing objects that the key encrypts (S3 user guide, "Using server-side encryption with AWS KMS keys"); none without a key. */
export function kmsStatements(keyId: string, { partition, region, accountId }: TemplatePlace): PolicyStatement[] {
  if (keyId === "") return [];
  return [
    {
      Sid: "UseKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: `arn:${partition}:kms:${region}:${accountId}:key/${keyId}`,
    },
  ];
}

/** The key that `kmsStatements` wrote into a policy; empty for none. */
export function kmsKeyIn(policy: PolicyDocument, { partition, region, accountId }: TemplatePlace): string {
  return between(`arn:${partition}:kms:${region}:${accountId}:key/`, resourcesOf(policy, "UseKey")[0]);
}
