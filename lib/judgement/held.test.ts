import { describe, expect, it } from "vitest";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RoleDocument, RoleState } from "@/lib/plan/change";
import type { Difference } from "@/lib/plan/drift";
import { judgeHeld } from "./held";
import type { ComparedState } from "./held-now";
import { heldNow } from "./held-now";
import { mayGetIn } from "./judgement";
import type { LiveProject } from "./project";

const audience = "https://sts.amazonaws.com";
const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const refs: GitRef[] = ["main", "feature/x"].map((name) => ({
  name,
  type: "branch",
  protected: name === "main",
  default: name === "main",
  pushedAt: null,
  whoMayPush: "developers",
}));
const project: LiveProject = {
  view: {
    projectId: 42,
    path: "acme/web",
    namespaceId: 7,
    namespacePath: "acme",
    components: ["project_path", "ref_type", "ref"],
    componentsReason: null,
  },
  refs,
};
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
const otherTrust: Difference = {
  what: "trust-policy",
  sentence: "",
  ours: recorded.trustPolicy,
  theirs: live.trustPolicy,
};
const provider404 = (theirs: { audiences: string[] } | null = null): Difference => ({
  what: "provider",
  sentence: "",
  ours: { audiences: [audience] },
  theirs,
});
const open: ComparedState = { liveState: "drifted", removedAt: null, live, drift: [otherTrust] };
const role = {
  ...{ projectId: 42, projectPath: "acme/web", arn: live.arn, issuer: "https://gitlab.com", audience },
  ...open,
};
const judged = (changes: Partial<ComparedState>, shown: { live: LiveProject | null } = { live: project }) =>
  judgeHeld({ ...role, ...changes }, recorded, shown);
const names = (who: Parameters<typeof mayGetIn>[0]) => mayGetIn(who).map(({ ref }) => ref.name);

describe("what a role is now", () => {
  it.each<[string, Partial<ComparedState>, object]>([
    ["as recorded where AWS agrees", { liveState: "same", drift: [] }, { of: "record" }],
    ["as recorded while nobody has asked AWS", { liveState: "unknown", live: null, drift: [] }, { of: "record" }],
    ["as recorded where only the provider is in the way", { drift: [provider404()] }, { of: "record" }],
    ["as AWS holds it where that differs", {}, { of: "aws", document: live }],
    ["nothing where AWS holds none", { liveState: "gone", live: null, drift: [] }, { of: "nothing" }],
    ["nothing once it is removed", { removedAt: "2026-01-01T00:00:00Z" }, { of: "nothing" }],
  ])("is %s", (_what, changes, expected) => {
    expect(heldNow({ ...open, ...changes }, recorded)).toMatchObject(expected);
  });

  it("lets in whom AWS's trust policy lets in, against the recorded one, and is judged by what AWS holds", () => {
    const { after, before, findings } = judged({});
    expect([names(after), before && names(before)]).toEqual([["main", "feature/x"], ["main"]]);
    expect(findings.filter(({ severity }) => severity === "danger").map(({ id }) => id)).toContain("full-access");
  });

  it("has nothing to compare with where AWS holds just what was recorded", () => {
    expect(judged({ liveState: "same", drift: [] })).toMatchObject({ before: null, grade: "safe" });
  });

  it.each<[string, Partial<ComparedState>, string]>([
    ["gone", { liveState: "gone", live: null, drift: [] }, "AWS holds the role no more"],
    ["removed", { removedAt: "2026-01-01T00:00:00Z" }, "the role is removed"],
    ["without its provider", { drift: [provider404()] }, "the account's OIDC provider does not take their tokens"],
    [
      "with a provider for other audiences",
      { drift: [provider404({ audiences: ["another"] })] },
      "the account's OIDC provider does not take their tokens",
    ],
  ])("lets nobody in where it is %s, and says why and whom it let in", (_what, changes, because) => {
    const { after, before } = judged(changes);
    expect(after).toEqual({ kind: "nobody", because });
    expect(before && names(before)).toEqual(["main"]);
  });

  it("is open where the provider takes one of the trust's audiences after all", () => {
    expect(judged({ drift: [provider404({ audiences: ["another", audience] })] }).after.kind).toBe("refs");
  });

  it("is judged as well for whom GitLab does not show the project, and not called safe", () => {
    const hidden = judged({}, { live: null });
    expect(hidden.findings.map(({ id }) => id)).toEqual(expect.arrayContaining(["full-access", "unseen-refs"]));
    expect(judged({ liveState: "same", drift: [] }, { live: null })).toMatchObject({
      after: { kind: "untold" },
      grade: "caution",
    });
  });
});
