import { bucketProblem, keyProblem, kmsKey, kmsKeyIn, kmsStatements } from "./s3-values";
import type { PermissionTemplate } from "./template";
import { between, resourcesOf } from "./template";

const defaultWorkspacePrefix = "env:";

/**
 * One Terraform state in S3, locked by an object beside it (`use_lockfile = true`). The lock may be deleted, the state
 * may not. Source: developer.hashicorp.com/terraform/language/backend/s3, "S3 Bucket Permissions".
 */
export const terraformState: PermissionTemplate = {
  id: "terraform-state",
  title: "Keep Terraform state in S3",
  parameters: [
    {
      name: "bucket",
      label: "Bucket",
      placeholder: "my-terraform-state",
      hint: "As in the backend's configuration, with use_lockfile = true.",
      problem: bucketProblem,
    },
    {
      name: "key",
      label: "State key",
      placeholder: "shop/terraform.tfstate",
      hint: "The one state that this role keeps.",
      problem: stateKeyProblem,
    },
    {
      name: "workspaces",
      label: "Workspace key prefix",
      placeholder: defaultWorkspacePrefix,
      hint: `For named workspaces; Terraform's own is ${defaultWorkspacePrefix}. Empty: the default workspace only.`,
      problem: workspacesProblem,
    },
    kmsKey,
  ],
  build: ({ bucket: name = "", key = "", workspaces = "", kmsKey: keyId = "" }, place) => {
    const bucket = `arn:${place.partition}:s3:::${name}`;
    const states = workspaces === "" ? [key] : [key, `${workspaces}/*/${key}`];
    const locks = states.map((state) => `${state}.tflock`);
    // Terraform lists the workspaces at every init; for an object that is not there yet, S3 asks for the right to list its key.
    const listed = [`${workspaces || defaultWorkspacePrefix}/`, ...states, ...locks];
    return {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ListStates",
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: bucket,
          Condition: { StringLike: { "s3:prefix": listed } },
        },
        {
          Sid: "KeepState",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: states.map((state) => `${bucket}/${state}`),
        },
        {
          Sid: "LockState",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          Resource: locks.map((lock) => `${bucket}/${lock}`),
        },
        ...kmsStatements(keyId, place),
      ],
    };
  },
  valuesIn: (policy, place) => {
    const [bucket = ""] = resourcesOf(policy, "ListStates");
    const [state, others] = resourcesOf(policy, "KeepState");
    const key = between(`${bucket}/`, state);
    return {
      bucket: between(`arn:${place.partition}:s3:::`, bucket),
      key,
      workspaces: between(`${bucket}/`, others, `/*/${key}`),
      kmsKey: kmsKeyIn(policy, place),
    };
  },
  describe: ({ bucket = "", key = "", workspaces = "", kmsKey: keyId = "" }) =>
    `May read and write the Terraform state ${key} in the bucket ${bucket}${workspaces === "" ? "" : `, and those of its workspaces under ${workspaces}/`}, and lock it. May not delete it.${keyId === "" ? "" : ` Uses the KMS key ${keyId}.`}`,
};

function stateKeyProblem(value: string): string | null {
  if (value === "") return "the state's key is needed.";
  return value.endsWith("/")
    ? "the key names an object, so it does not end with a slash."
    : keyProblem("the key", value);
}

function workspacesProblem(value: string): string | null {
  return value.endsWith("/")
    ? "Terraform adds the slash after the workspace key prefix itself."
    : keyProblem("the workspace key prefix", value);
}
