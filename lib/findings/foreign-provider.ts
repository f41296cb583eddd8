import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { parseArn } from "@/lib/iam/arn";
import { listOf } from "@/lib/iam/policy-schema";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

/** A provider must be in the role's own account (IAM user guide, "Create an OpenID Connect identity provider"). */
export const foreignProvider: FindingKind<"foreign-provider"> = {
  id: "foreign-provider",
  where: "who",
  severities: ["caution"],
  title: "A provider of another account",
  about:
    "The trust names the OIDC provider of another AWS account. AWS looks for a provider in the role's own account alone, so nobody gets in by that name.",
  mending: "Name the provider of the role's own account.",
  find({ trustPolicy, survey }) {
    const account = parseArn(survey.provider.arn)?.accountId;
    const provider = `:oidc-provider/${providerUrlPath(survey.provider.issuer)}`;
    const found = trustPolicy.Statement.flatMap(({ Effect, Principal }, statement) =>
      Effect === "Allow" && typeof Principal === "object"
        ? listOf(Principal["Federated"]).flatMap((arn) =>
            arn.endsWith(provider) && parseArn(arn)?.accountId !== account ? [{ arn, statement }] : [],
          )
        : [],
    );
    const [first] = found;
    if (!first) return null;
    return {
      severity: "caution",
      why: `${listed(found.map(({ arn }) => arn))} is not in account ${account ?? "of the role"}: nobody gets in by it.`,
      names: found.map(({ arn }) => arn),
      place: { statement: first.statement, element: "Principal" },
    };
  },
};
