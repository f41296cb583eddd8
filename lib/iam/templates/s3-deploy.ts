import type { PolicyStatement } from "../policy-schema";
import { bucketProblem, keyProblem, kmsKey, kmsKeyIn, kmsStatements } from "./s3-values";
import type { PermissionTemplate } from "./template";
import { between, resourcesOf } from "./template";

/** Uploading to, and clearing, one bucket or one prefix of it: what `aws s3 cp` and `aws s3 sync --delete` need. */
export const s3Deploy: PermissionTemplate = {
  id: "s3-deploy",
  title: "Deploy to an S3 bucket",
  parameters: [
    {
      name: "bucket",
      label: "Bucket",
      placeholder: "my-website",
      hint: "Its name, without s3://.",
      problem: bucketProblem,
    },
    {
      name: "prefix",
      label: "Prefix",
      placeholder: "site/",
      hint: "Only keys that begin with it. Empty: the whole bucket.",
      problem: (value) => keyProblem("a prefix", value),
    },
    kmsKey,
  ],
  build: ({ bucket: name = "", prefix = "", kmsKey: keyId = "" }, place) => {
    const bucket = `arn:${place.partition}:s3:::${name}`;
    const list: PolicyStatement = { Sid: "ListBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: bucket };
    return {
      Version: "2012-10-17",
      Statement: [
        prefix === "" ? list : { ...list, Condition: { StringLike: { "s3:prefix": `${prefix}*` } } },
        { Sid: "FindBucket", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucket },
        {
          Sid: "WriteObjects",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
          Resource: `${bucket}/${prefix}*`,
        },
        ...kmsStatements(keyId, place),
      ],
    };
  },
  valuesIn: (policy, place) => {
    const [bucket = ""] = resourcesOf(policy, "FindBucket");
    return {
      bucket: between(`arn:${place.partition}:s3:::`, bucket),
      prefix: between(`${bucket}/`, resourcesOf(policy, "WriteObjects")[0], "*"),
      kmsKey: kmsKeyIn(policy, place),
    };
  },
  describe: ({ bucket = "", prefix = "", kmsKey: keyId = "" }) =>
    `May list the bucket ${bucket} and read, write and delete its objects${prefix === "" ? "" : ` under ${prefix}`}${keyId === "" ? "" : `, with the KMS key ${keyId}`}.`,
};
