import type { PermissionTemplate } from "./template";
import { between, resourcesOf } from "./template";

/** Dropping files from one distribution's caches, and waiting until that is done. Source: service authorization reference, Amazon CloudFront. */
export const cloudfrontInvalidation: PermissionTemplate = {
  id: "cloudfront-invalidation",
  title: "Invalidate a CloudFront distribution",
  parameters: [
    {
      name: "distribution",
      label: "Distribution ID",
      placeholder: "EDFDVBD632BHDS5",
      hint: "Not its domain name.",
      problem: distributionProblem,
    },
  ],
  build: ({ distribution = "" }, { partition, accountId }) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Invalidate",
        Effect: "Allow",
        Action: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
        Resource: `arn:${partition}:cloudfront::${accountId}:distribution/${distribution}`,
      },
    ],
  }),
  valuesIn: (policy, { partition, accountId }) => ({
    distribution: between(
      `arn:${partition}:cloudfront::${accountId}:distribution/`,
      resourcesOf(policy, "Invalidate")[0],
    ),
  }),
  describe: ({ distribution = "" }) =>
    `May drop files from the caches of the CloudFront distribution ${distribution}, and see when that is done.`,
};

function distributionProblem(value: string): string | null {
  if (value === "") return "a distribution is needed.";
  return /^E[A-Z0-9]{6,31}$/.test(value)
    ? null
    : "a distribution's ID is an E and capital letters and digits, like EDFDVBD632BHDS5.";
}
