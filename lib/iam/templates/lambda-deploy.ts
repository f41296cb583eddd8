import type { PermissionTemplate } from "./template";
import { between, resourcesOf } from "./template";

/**
 * New code and settings for one function that exists, its versions and aliases. Making functions is left out: it takes
 * iam:PassRole, with which a pipeline could give itself more rights. Source: service authorization reference, AWS Lambda.
 */
export const lambdaDeploy: PermissionTemplate = {
  id: "lambda-deploy",
  title: "Deploy a Lambda function",
  parameters: [
    {
      name: "function",
      label: "Function",
      placeholder: "shop-orders",
      hint: "The name of one that exists in the account's region.",
      problem: functionProblem,
    },
  ],
  build: ({ function: name = "" }, { partition, region, accountId }) => {
    const lambda = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
    return {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DeployFunction",
          Effect: "Allow",
          Action: [
            "lambda:UpdateFunctionCode",
            "lambda:UpdateFunctionConfiguration",
            "lambda:GetFunction",
            "lambda:GetFunctionConfiguration",
            "lambda:PublishVersion",
            "lambda:UpdateAlias",
            "lambda:GetAlias",
          ],
          Resource: [lambda, `${lambda}:*`],
        },
      ],
    };
  },
  valuesIn: (policy, { partition, region, accountId }) => ({
    function: between(
      `arn:${partition}:lambda:${region}:${accountId}:function:`,
      resourcesOf(policy, "DeployFunction")[0],
    ),
  }),
  describe: ({ function: name = "" }) =>
    `May update code and settings of the function ${name}, publish its versions and move its aliases. May not make or delete functions.`,
};

/** Lambda API reference, CreateFunction: a name alone has at most 64 letters, digits, hyphens and underscores. */
function functionProblem(value: string): string | null {
  if (value === "") return "a function is needed.";
  if (value.length > 64) return "a function's name has at most 64 characters.";
  return /^[A-Za-z0-9_-]+$/.test(value)
    ? null
    : "a function's name holds letters, digits, hyphens and underscores only; no ARN, no version, no alias.";
}
