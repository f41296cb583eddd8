import { describe, expect, it } from "vitest";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RoleDocument, RoleState } from "@/lib/plan/change";
import type { Difference } from "@/lib/plan/drift";
import type { ProjectView } from "@/lib/project/model";
import { admittedNow, closedBecause, findingsNow, findingsWithoutProject, heldNow } from "./held-now";

const audience = "https://sts.amazonaws.com";
const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const project = {
  projectId: 42,
  path: "acme/web",
  namespaceId: 7,
  namespacePath: "acme",
  issuer: "https://gitlab.com",
  components: ["project_path", "ref_type", "ref"],
} as ProjectView;
const refs: GitRef[] = ["main", "feature/x"].map((name) => ({
  name,
  type: "branch",
  protected: name === "main",
  default: name === "main",
  pushedAt: null,
  whoMayPush: "developers",
}));
const trusting = (sub: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow" as const,
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "gitlab.com:aud": audience, "gitlab.com:project_id": "42" },
        StringLike: { "gitlab.com:sub": sub },
      },
    },
  ],
});
const allowing = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Action: action, Resource: "*" }],
});
const recorded: RoleDocument = {
  name: "deploy",
  path: "/",
  trustPolicy: trusting("project_path:acme/web:ref_type:branch:ref:main"),
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: {},
  inlinePolicies: { deploy: allowing("s3:GetObject") },
};
const live: RoleState = {
  ...recorded,
  arn: "arn:aws:iam::111122223333:role/deploy",
  uniqueId: "AROA1",
  createdAt: "2026-01-01T00:00:00Z",
  lastUsedAt: null,
  attachedPolicies: [],
  trustPolicy: trusting("project_path:acme/web:*"),
  inlinePolicies: { ...recorded.inlinePolicies, "by-hand": allowing("*") },
};
const role = { arn: "arn:aws:iam::111122223333:role/deploy", audience };

const accepting = (theirs: { audiences: string[] } | null): Difference => ({
  what: "provider",
  sentence: "",
  ours: { audiences: [audience] },
  theirs,
});
const provideless = accepting(null);
const trustChanged: Difference = {
  what: "trust-policy",
  sentence: "",
  ours: recorded.trustPolicy,
  theirs: live.trustPolicy,
};

describe("what a role is now", () => {
  it.each([
    ["as recorded where AWS agrees", { liveState: "same", removedAt: null, live, drift: null }, { of: "record" }],
    [
      "as recorded while nobody has asked AWS",
      { liveState: "unknown", removedAt: null, live: null, drift: null },
      { of: "record" },
    ],
    [
      "as recorded where only the account's provider is in the way",
      { liveState: "drifted", removedAt: null, live, drift: [provideless] },
      { of: "record" },
    ],
    [
      "as AWS holds it where that differs",
      { liveState: "drifted", removedAt: null, live, drift: [provideless, trustChanged] },
      { of: "aws", document: live },
    ],
    [
      "nothing where AWS holds none",
      { liveState: "gone", removedAt: null, live: null, drift: null },
      { of: "nothing" },
    ],
    [
      "nothing once it is removed",
      { liveState: "same", removedAt: "2026-01-01T00:00:00Z", live, drift: null },
      { of: "nothing" },
    ],
  ] as const)("is %s", (_what, state, expected) => {
    expect(heldNow(state, recorded)).toMatchObject(expected);
  });

  it("is closed, with the reason, where no trust policy matters any more", () => {
    const open = { liveState: "drifted" as const, removedAt: null, live, drift: [trustChanged] };
    expect(closedBecause(open)).toBeNull();
    expect(closedBecause({ ...open, drift: [provideless] })).toBe(
      "the account's OIDC provider does not take their tokens",
    );
    expect(closedBecause({ ...open, drift: [accepting({ audiences: ["another"] })] })).not.toBeNull();
    expect(closedBecause({ ...open, drift: [accepting({ audiences: ["another", audience] })] })).toBeNull();
    expect(closedBecause({ ...open, liveState: "gone" })).toBe("AWS holds the role no more");
    expect(closedBecause({ ...open, removedAt: "2026-01-01T00:00:00Z" })).toBe("the role is removed");
  });

  it("lets in whom AWS's trust policy lets in, and is judged by what AWS holds", () => {
    expect(admittedNow(role, recorded, project, refs)?.in.map(({ ref }) => ref.name)).toEqual(["main"]);
    expect(admittedNow(role, live, project, refs)?.in.map(({ ref }) => ref.name)).toEqual(["main", "feature/x"]);
    expect(
      findingsNow(role, live, project, refs)
        .filter(({ severity }) => severity === "danger")
        .map(({ id }) => id),
    ).toContain("full-access");
  });

  it("is not called safe where GitLab does not answer with its refs", () => {
    expect(findingsNow(role, recorded, project, null).map(({ id }) => id)).toEqual(["unseen-refs"]);
    expect(findingsNow(role, recorded, project, refs)).toEqual([]);
  });

  it("is judged as well for whom GitLab does not show the project", () => {
    const about = { projectId: 42, projectPath: "acme/web" };
    expect(findingsWithoutProject(about, live, recorded)?.map(({ id }) => id)).toContain("full-access");
    expect(
      findingsWithoutProject(about, live, { ...recorded, trustPolicy: { Version: "2012-10-17", Statement: [] } }),
    ).toBeNull();
  });
});
