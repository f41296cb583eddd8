import { describe, expect, it } from "vitest";
import { statementsOf } from "@/lib/iam/policy-schema";
import type { DraftContext } from "./desired";
import { desiredRole, problemsOfPlan } from "./desired";
import type { RoleDraft } from "./schema";
import { roleDraftSchema } from "./schema";

const path = "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth";
const project = {
  projectId: 62715093,
  path,
  namespaceId: 4501,
  issuer: "https://gitlab.com",
  components: ["project_path", "ref_type", "ref"],
  componentsReason: null,
  standstill: null,
};
const account = {
  accountId: "777788889999",
  name: "playground",
  partition: "aws",
  region: "us-east-1",
  boundaryArn: null,
  boundaryRequired: false,
};
const context: DraftContext = { project, account, owner: { username: "pia" }, recorded: null };
const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }],
});

function draft(changes: Record<string, unknown> = {}): RoleDraft {
  const filled = {
    projectId: 62715093,
    refs: [{ name: "main", type: "branch" }],
    permissions: { kind: "document", text: everything },
    awsAccountId: "account-row",
    roleName: "deploy",
    justification: "It deploys the website.",
  };
  return roleDraftSchema.parse({ ...filled, ...changes });
}

const fieldsOf = (changes: Record<string, unknown>, other: Partial<DraftContext> = {}) =>
  desiredRole(draft(changes), { ...context, ...other }).problems.map(({ field }) => field);

describe("a draft as documents", () => {
  it("makes what the article's Terraform makes", () => {
    const article = draft({
      refs: [],
      patterns: [{ pattern: "*", type: "branch" }],
      pins: { projectId: false, namespaceId: false, refProtected: false },
      roleName: "gitlab-oidc-role-s3-readwrite",
      policyName: "gitlab_oidc_readwrite_policy",
    });
    const { desired, problems } = desiredRole(article, context);
    expect(problems).toEqual([]);
    expect(desired && statementsOf(desired.role.trustPolicy)[0]).toMatchObject({
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::777788889999:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com" },
        StringLike: { "gitlab.com:sub": `project_path:${path}:ref_type:branch:ref:*` },
      },
    });
    expect(desired?.role).toMatchObject({
      name: "gitlab-oidc-role-s3-readwrite",
      path: "/",
      inlinePolicies: { gitlab_oidc_readwrite_policy: JSON.parse(everything) as object },
    });
  });

  it("marks the role with who manages it, for which project, and whose it is", () => {
    expect(desiredRole(draft(), context).desired?.role.tags).toEqual({
      "trustdesk:managed": "true",
      "trustdesk:project-id": "62715093",
      "trustdesk:owner": "pia",
    });
  });

  it("previews trust and permissions before the rest is filled in", () => {
    const { trustPolicy, permissionPolicy, desired } = desiredRole(draft({ roleName: "", justification: "" }), {
      ...context,
      account: null,
    });
    expect([trustPolicy, permissionPolicy, desired].map((value) => value !== null)).toEqual([true, true, false]);
  });

  it("says of a project that is archived or will be deleted why a role is of no use to it", () => {
    const standstill = "The project is marked for deletion in GitLab (2027-01-09): it will be gone.";
    expect(desiredRole(draft(), { ...context, project: { ...project, standstill } }).problems).toEqual([
      { field: "form", reason: standstill },
    ]);
  });

  it("never assumes how an unreadable project names its subject", () => {
    const hidden = {
      ...project,
      components: null,
      componentsReason: "GitLab shows the components to Maintainers only.",
    };
    const { trustPolicy, problems } = desiredRole(draft(), { ...context, project: hidden });
    expect(trustPolicy).toBeNull();
    expect(problems).toEqual([{ field: "refs", reason: "GitLab shows the components to Maintainers only." }]);
  });

  it.each([
    [{ refs: [] }, "refs"],
    [{ audience: "two words" }, "audience"],
    [{ permissions: { kind: "document", text: "{" } }, "permissions"],
    [{ permissions: { kind: "template", template: "s3-deploy", values: {} } }, "permissions"],
    [{ roleName: "a b" }, "roleName"],
    [{ rolePath: "no-slash" }, "rolePath"],
    [{ policyName: "" }, "policyName"],
    [{ description: "emoji 🚀" }, "description"],
    [{ justification: "  " }, "justification"],
    [{ ticketUrl: "javascript:alert(1)" }, "ticketUrl"],
    [{ boundaryArn: "arn:aws:iam::111122223333:policy/other-account" }, "boundaryArn"],
  ])("says at its field what is wrong: %j", (changes, field) => {
    expect(fieldsOf(changes)).toEqual([field]);
  });

  it("holds to the boundary that an account requires", () => {
    const bounded = {
      ...account,
      boundaryArn: "arn:aws:iam::777788889999:policy/gitlab-ci-boundary",
      boundaryRequired: true,
    };
    expect(fieldsOf({}, { account: bounded })).toEqual(["boundaryArn"]);
    expect(fieldsOf({ boundaryArn: "arn:aws:iam::777788889999:policy/weaker" }, { account: bounded })).toEqual([
      "boundaryArn",
    ]);
    expect(fieldsOf({ boundaryArn: bounded.boundaryArn }, { account: bounded })).toEqual([]);
  });

  it("brings the plan's problems to the form's fields", () => {
    expect(
      problemsOfPlan([
        { field: "boundary", reason: "It does not exist." },
        { field: "roleName", reason: "It is taken.", roleArn: "arn" },
      ]),
    ).toEqual([
      { field: "boundaryArn", reason: "It does not exist." },
      { field: "roleName", reason: "It is taken.", roleArn: "arn" },
    ]);
  });
});
