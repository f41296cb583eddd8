import type { PolicyStatement } from "../policy-schema";
import type { PermissionTemplate } from "./template";

/** Uploading to, and clearing, one bucket or one prefix of it: what `aws s3 cp` and `aws s3 sync --delete` need. */
export const s3Deploy: PermissionTemplate = {
  id: "s3-deploy",
  title: "Deploy to an S3 bucket",
  parameters: [
    { name: "bucket", label: "Bucket", placeholder: "my-website", hint: "Its name, without s3://.", problem: bucketProblem },
    { name: "prefix", label: "Prefix", placeholder: "site/", hint: "Only keys that begin with it. Empty: the whole bucket.", problem: prefixProblem },
  ],
  build: (values, { partition }) => {
    const prefix = values["prefix"] ?? "";
    const bucket = `arn:${partition}:s3:::${values["bucket"] ?? ""}`;
    const list: PolicyStatement = { Sid: "ListBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: bucket };
    return {
      Version: "2012-10-17",
      Statement: [
        prefix === "" ? list : { ...list, Condition: { StringLike: { "s3:prefix": `${prefix}*` } } },
        { Sid: "FindBucket", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucket },
        { Sid: "WriteObjects", Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], Resource: `${bucket}/${prefix}*` },
      ],
    };
  },
  describe: (values) => `May list the bucket ${values["bucket"] ?? ""} and read, write and delete its objects${values["prefix"] ? ` under ${values["prefix"]}` : ""}.`,
};

/** S3 user guide, "General purpose bucket naming rules". */
function bucketProblem(value: string): string | null {
  if (value === "") return "a bucket is needed.";
  if (value.length < 3 || value.length > 63) return "a bucket's name has 3 to 63 characters.";
  if (!/^[a-z0-9.-]+$/.test(value)) return "a bucket's name holds lower-case letters, digits, dots and hyphens only.";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(value)) return "a bucket's name begins and ends with a letter or a digit.";
  return value.includes("..") ? "a bucket's name has no two dots in a row." : null;
}

/** `*`, `?` and `${` are legal in keys, but in a policy's resource they would mean something else. */
function prefixProblem(value: string): string | null {
  if (value.startsWith("/")) return "a prefix does not begin with a slash: keys would then begin with an empty folder.";
  if (/[*?]|\$\{/.test(value)) return "a prefix holds no * or ? and no ${: the end is open as it is.";
  return /^[\x21-\x7E]{0,512}$/.test(value) ? null : "a prefix has at most 512 visible ASCII characters and no spaces.";
}
