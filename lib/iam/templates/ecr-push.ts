import type { PermissionTemplate } from "./template";
import { between, resourcesOf } from "./template";

/**
 * Pushing images to one private repository: what `docker push` needs. The sign-in is to the whole registry: AWS knows
 * no resource for it. Source: Amazon ECR user guide, "IAM permissions for pushing an image".
 */
export const ecrPush: PermissionTemplate = {
  id: "ecr-push",
  title: "Push images to ECR",
  parameters: [
    {
      name: "repository",
      label: "Repository",
      placeholder: "shop/web",
      hint: "Its name in the account's registry and region, without host and tag.",
      problem: repositoryProblem,
    },
  ],
  build: ({ repository = "" }, { partition, region, accountId }) => ({
    Version: "2012-10-17",
    Statement: [
      { Sid: "SignIn", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "PushImages",
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:InitiateLayerUpload",
          "ecr:UploadLayerPart",
          "ecr:CompleteLayerUpload",
          "ecr:PutImage",
          "ecr:BatchGetImage",
        ],
        Resource: `arn:${partition}:ecr:${region}:${accountId}:repository/${repository}`,
      },
    ],
  }),
  valuesIn: (policy, { partition, region, accountId }) => ({
    repository: between(
      `arn:${partition}:ecr:${region}:${accountId}:repository/`,
      resourcesOf(policy, "PushImages")[0],
    ),
  }),
  describe: ({ repository = "" }) =>
    `May sign in to the account's ECR registry and push images to the repository ${repository}.`,
};

/** ECR API reference, CreateRepository: `repositoryName`. */
function repositoryProblem(value: string): string | null {
  if (value === "") return "a repository is needed.";
  if (value.length < 2 || value.length > 256) return "a repository's name has 2 to 256 characters.";
  if (/^\d{12}\.dkr[.-]ecr\./.test(value))
    return "this is an image's address: the repository is what follows its first slash.";
  if (/^([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$/.test(value)) return null;
  return "a repository's name holds lower-case letters and digits, joined by single dots, hyphens, underscores and slashes; no host, no tag.";
}
