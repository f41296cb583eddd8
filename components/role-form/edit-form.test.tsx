// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/roles/web/edit"}
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AccountChoice } from "@/lib/account/model";
import type { RoleDocument, Snapshot } from "@/lib/plan/change";
import type { ProjectView } from "@/lib/project/model";
import { changeOf } from "@/lib/role-form/draft-choices";
import { onScreen } from "@/lib/testing/on-screen";
import { RequestForm } from "./request-form";

const project: ProjectView = {
  projectId: 90210,
  path: "acme/platform/api",
  name: "api",
  namespaceId: 7,
  namespacePath: "acme/platform",
  defaultBranch: "main",
  visibility: "private",
  archived: false,
  standstill: null,
  emptyRepository: false,
  webUrl: "https://gitlab.com/acme/platform/api",
  accessLevel: 40,
  issuer: "https://gitlab.com",
  components: ["project_path", "ref_type", "ref"],
  componentsReason: null,
  componentWarnings: [],
  gitlabVersion: null,
  forksRunInParent: null,
  portalAudience: "trustdesk-demo",
  widening: [],
  movedFrom: null,
  asOf: "2026-11-22T12:00:00.000Z",
};
const account: AccountChoice = {
  id: "account-prod",
  accountId: "111122223333",
  name: "prod",
  partition: "aws",
  region: "eu-central-1",
  defaultPath: "/",
  boundaryArn: null,
  boundaryRequired: false,
  namePrefix: "",
};
const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
/** A role that hands have made: no statement for GitLab, three policies, a managed one. */
const found: RoleDocument = {
  name: "found",
  path: "/",
  trustPolicy: {
    Version: "2012-10-17",
    Statement: {
      Sid: "Ops",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "sts:AssumeRole",
    },
  },
  description: "",
  maxSessionSeconds: 5400,
  boundaryArn: null,
  tags: {},
  inlinePolicies: { deploy: policy, logs: policy, cache: policy },
  attachedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
};
const snapshot: Snapshot = {
  accountId: account.accountId,
  callerArn: null,
  provider: null,
  role: null,
  boundary: "none",
  readAt: "2026-11-22T12:04:31.000Z",
  quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 1000, rolesUsed: 1, providers: 100, providersUsed: 0 },
};

function form(document: RoleDocument) {
  const role = { projectId: project.projectId, projectPath: project.path, account: { id: account.id } };
  return onScreen(
    <RequestForm
      project={project}
      refs={[]}
      accounts={[account]}
      username="pia"
      may={{ ok: true }}
      rule="platform-engineer"
      subject={{ projectId: project.projectId, roleId: "found", baseVersion: 1 }}
      initial={changeOf(document, role, { project, account })}
      edited={{ roleId: "found", uniqueId: "AROA1", version: 1, document }}
      kept={null}
      onStartOver={() => undefined}
    />,
    {
      "requests/snapshot": () => ({ state: "ready", snapshot, failure: null, readAt: snapshot.readAt, waiting: null }),
      "requests/saveDraft": () => ({ savedAt: snapshot.readAt }),
    },
  );
}

describe("the form of a role that it cannot hold as a whole", () => {
  it("names what it does not show, and that it is kept", () => {
    form(found);
    const beyond = screen.getByRole("region", { name: "Not on this form" });
    expect(within(beyond).getByText("Not on this form, and kept as it is:")).toBeTruthy();
    expect(
      within(beyond)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual([
      "The trust has 1 statement: Ops (Allow).",
      "2 more inline policies: logs, cache.",
      "1 managed policy: arn:aws:iam::aws:policy/ReadOnlyAccess.",
    ]);
  });

  it("says that no statement is for this GitLab, and asks for no branch", () => {
    form(found);
    expect(screen.getByText(/No statement of the trust lets in just this GitLab's jobs/)).toBeTruthy();
    expect(screen.queryByText(/Choose at least one branch or tag/)).toBeNull();
    expect(screen.getByRole("combobox", { name: "Longest session" }).textContent).toBe("1.5 hours");
  });

  it("names nothing where it shows all", () => {
    form({ ...found, inlinePolicies: { deploy: policy }, attachedPolicies: [], trustPolicy: forMain });
    expect(screen.queryByRole("region", { name: "Not on this form" })).toBeNull();
    expect(screen.queryByText(/No statement of the trust/)).toBeNull();
  });
});

const forMain: RoleDocument["trustPolicy"] = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "gitlab.com:aud": "https://sts.amazonaws.com",
          "gitlab.com:sub": "project_path:acme/platform/api:ref_type:branch:ref:main",
        },
      },
    },
  ],
};
