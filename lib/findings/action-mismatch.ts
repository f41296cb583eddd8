import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { isAboutWebIdentity } from "@/lib/iam/action";
import { listOf } from "@/lib/iam/policy-schema";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

/** IAM Access Analyzer's "mismatched action for principal": a token can only be exchanged by AssumeRoleWithWebIdentity. */
export const actionMismatch: FindingKind<"action-mismatch"> = {
  id: "action-mismatch",
  where: "who",
  severities: ["caution"],
  title: "An action that tokens cannot use",
  about:
    "The statement names the OIDC provider, and not the action by which its tokens assume a role. No pipeline gets in by it.",
  mending: "Write sts:AssumeRoleWithWebIdentity as the action.",
  find({ trustPolicy, survey }) {
    const provider = `:oidc-provider/${providerUrlPath(survey.provider.issuer)}`;
    const found = trustPolicy.Statement.flatMap((statement, index) => {
      const { Effect, Principal } = statement;
      const isNamed =
        typeof Principal === "object" && listOf(Principal["Federated"]).some((arn) => arn.endsWith(provider));
      return Effect === "Allow" && isNamed && isAboutWebIdentity(statement) === false ? [{ statement, index }] : [];
    });
    const [first] = found;
    if (!first) return null;
    const actions = found.flatMap(({ statement }) => listOf(statement.Action ?? statement.NotAction));
    return {
      severity: "caution",
      why: `GitLab's tokens assume a role by sts:AssumeRoleWithWebIdentity, and the statement is about ${listed(actions)} only.`,
      names: actions,
      place: { statement: first.index, element: first.statement.Action === undefined ? "NotAction" : "Action" },
    };
  },
};
