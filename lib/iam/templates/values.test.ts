import { describe, expect, it } from "vitest";
import { templates } from "./table";

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";

function templateOf(id: string) {
  const template = templates.find((one) => one.id === id);
  if (!template) throw new Error(`No template ${id}`);
  return template;
}

const problem = (id: string, name: string, value: string) =>
  templateOf(id)
    .parameters.find((parameter) => parameter.name === name)
    ?.problem(value);

/** Each at the bound that the service's API reference or guide names, and one beyond it. */
describe("a template's value", () => {
  it.each<[string, string, string, string | null]>([
    ["s3-deploy", "bucket", "", "a bucket is needed."],
    ["s3-deploy", "bucket", "ab", "a bucket's name has 3 to 63 characters."],
    ["s3-deploy", "bucket", "abc", null],
    ["s3-deploy", "bucket", "a".repeat(63), null],
    ["s3-deploy", "bucket", "a".repeat(64), "a bucket's name has 3 to 63 characters."],
    ["s3-deploy", "bucket", "My-site", "a bucket's name holds lower-case letters, digits, dots and hyphens only."],
    ["s3-deploy", "bucket", "my_site", "a bucket's name holds lower-case letters, digits, dots and hyphens only."],
    ["s3-deploy", "bucket", "site?", "a bucket's name holds lower-case letters, digits, dots and hyphens only."],
    ["s3-deploy", "bucket", "-site", "a bucket's name begins and ends with a letter or a digit."],
    ["s3-deploy", "bucket", "site.", "a bucket's name begins and ends with a letter or a digit."],
    ["s3-deploy", "bucket", "my..site", "a bucket's name has no two dots in a row."],
    ["s3-deploy", "bucket", "9.my-site.0", null],
    ["s3-deploy", "prefix", "", null],
    ["s3-deploy", "prefix", "/a", "a prefix does not begin with a slash: keys would then begin with an empty folder."],
    ["s3-deploy", "prefix", "a*", "a prefix holds no * or ? and no ${: in a policy they stand for other text."],
    ["s3-deploy", "prefix", "a${b}", "a prefix holds no * or ? and no ${: in a policy they stand for other text."],
    ["s3-deploy", "prefix", "a$b{c}", null],
    ["s3-deploy", "prefix", "a b", "a prefix has at most 512 visible ASCII characters and no spaces."],
    ["s3-deploy", "prefix", "a".repeat(512), null],
    ["s3-deploy", "prefix", "a".repeat(513), "a prefix has at most 512 visible ASCII characters and no spaces."],
    ["s3-deploy", "kmsKey", "", null],
    ["s3-deploy", "kmsKey", keyId, null],
    ["s3-deploy", "kmsKey", `mrk-${"0".repeat(32)}`, null],
    [
      "s3-deploy",
      "kmsKey",
      `x${keyId}`,
      "a key's ID looks like 1234abcd-12ab-34cd-56ef-1234567890ab, without the rest of its ARN.",
    ],
    [
      "s3-deploy",
      "kmsKey",
      `mrk-${"0".repeat(33)}`,
      "a key's ID looks like 1234abcd-12ab-34cd-56ef-1234567890ab, without the rest of its ARN.",
    ],
    ["ecr-push", "repository", "", "a repository is needed."],
    ["ecr-push", "repository", "a", "a repository's name has 2 to 256 characters."],
    ["ecr-push", "repository", "ab", null],
    ["ecr-push", "repository", "a".repeat(256), null],
    ["ecr-push", "repository", "a".repeat(257), "a repository's name has 2 to 256 characters."],
    ["ecr-push", "repository", "team-1/web_app.v2/x", null],
    [
      "ecr-push",
      "repository",
      "111122223333.dkr.ecr.eu-central-1.amazonaws.com/web",
      "this is an image's address: the repository is what follows its first slash.",
    ],
    [
      "ecr-push",
      "repository",
      "111122223333.dkr-ecr.eu-central-1.on.aws/web",
      "this is an image's address: the repository is what follows its first slash.",
    ],
    [
      "ecr-push",
      "repository",
      "web--app",
      "a repository's name holds lower-case letters and digits, joined by single dots, hyphens, underscores and slashes; no host, no tag.",
    ],
    [
      "ecr-push",
      "repository",
      "/web",
      "a repository's name holds lower-case letters and digits, joined by single dots, hyphens, underscores and slashes; no host, no tag.",
    ],
    ["lambda-deploy", "function", "", "a function is needed."],
    ["lambda-deploy", "function", "a".repeat(64), null],
    ["lambda-deploy", "function", "a".repeat(65), "a function's name has at most 64 characters."],
    ["lambda-deploy", "function", "Shop_api-1", null],
    [
      "lambda-deploy",
      "function",
      "api:live",
      "a function's name holds letters, digits, hyphens and underscores only; no ARN, no version, no alias.",
    ],
    ["terraform-state", "key", "", "the state's key is needed."],
    ["terraform-state", "key", "a/", "the key names an object, so it does not end with a slash."],
    [
      "terraform-state",
      "key",
      "/a",
      "the key does not begin with a slash: keys would then begin with an empty folder.",
    ],
    ["terraform-state", "key", "a/b.tfstate", null],
    ["terraform-state", "workspaces", "", null],
    ["terraform-state", "workspaces", "env:/", "Terraform adds the slash after the workspace key prefix itself."],
    [
      "terraform-state",
      "workspaces",
      "e?v",
      "the workspace key prefix holds no * or ? and no ${: in a policy they stand for other text.",
    ],
    ["cloudfront-invalidation", "distribution", "", "a distribution is needed."],
    ["cloudfront-invalidation", "distribution", "E123456", null],
    [
      "cloudfront-invalidation",
      "distribution",
      "E12345",
      "a distribution's ID is an E and capital letters and digits, like EDFDVBD632BHDS5.",
    ],
    [
      "cloudfront-invalidation",
      "distribution",
      "XE1234567",
      "a distribution's ID is an E and capital letters and digits, like EDFDVBD632BHDS5.",
    ],
  ])("%s, %s: %j", (id, name, value, expected) => expect(problem(id, name, value)).toBe(expected));
});

describe("a template says what it permits", () => {
  it.each<[string, Record<string, string>, string]>([
    ["s3-deploy", { bucket: "site" }, "May list the bucket site and read, write and delete its objects."],
    [
      "s3-deploy",
      { bucket: "site", prefix: "web/", kmsKey: keyId },
      `May list the bucket site and read, write and delete its objects under web/, with the KMS key ${keyId}.`,
    ],
    [
      "ecr-push",
      { repository: "shop/web" },
      "May sign in to the account's ECR registry and push images to the repository shop/web.",
    ],
    [
      "lambda-deploy",
      { function: "api" },
      "May update code and settings of the function api, publish its versions and move its aliases. May not make or delete functions.",
    ],
    [
      "terraform-state",
      { bucket: "b", key: "k" },
      "May read and write the Terraform state k in the bucket b, and lock it. May not delete it.",
    ],
    [
      "terraform-state",
      { bucket: "b", key: "k", workspaces: "env:", kmsKey: keyId },
      `May read and write the Terraform state k in the bucket b, and those of its workspaces under env:/, and lock it. May not delete it. Uses the KMS key ${keyId}.`,
    ],
    [
      "cloudfront-invalidation",
      { distribution: "E1234567" },
      "May drop files from the caches of the CloudFront distribution E1234567, and see when that is done.",
    ],
  ])("%s %j", (id, values, words) => expect(templateOf(id).describe(values)).toBe(words));
});
