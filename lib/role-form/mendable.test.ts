import { describe, expect, it } from "vitest";
import type { AccountChoice } from "@/lib/account/model";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { judge } from "@/lib/judgement/judge";
import type { RoleDocument } from "@/lib/plan/change";
import type { ProjectView } from "@/lib/project/model";
import type { ConsequenceInput } from "./consequence";
import { consequenceOf } from "./consequence";
import { changeOf } from "./draft-choices";
import { mendable, mendedDraft } from "./mendable";

const project: ProjectView = {
  ...{ projectId: 42, path: "acme/web", name: "web", namespaceId: 7, namespacePath: "acme", defaultBranch: "main" },
  ...{
    visibility: "private",
    archived: false,
    standstill: null,
    emptyRepository: false,
    webUrl: "https://gitlab.com/acme/web",
  },
  ...{ accessLevel: 40, issuer: "https://gitlab.com", components: ["project_path", "ref_type", "ref"] },
  ...{ gitlabVersion: null, forksRunInParent: null, portalAudience: "trustdesk" },
  ...{ componentsReason: null, componentWarnings: [], widening: [], movedFrom: null, asOf: "2026-11-22T12:00:00.000Z" },
};
const account: AccountChoice = {
  ...{ id: "a", accountId: "111122223333", name: "prod", partition: "aws", region: "eu-central-1" },
  ...{ defaultPath: "/", boundaryArn: null, boundaryRequired: false, namePrefix: "" },
};
const ref = (name: string, isProtected: boolean): GitRef => ({
  ...{ name, type: "branch", protected: isProtected, default: name === "main", pushedAt: null },
  whoMayPush: "developers",
});
const refs = [ref("main", true), ref("feature/x", false)];
const allowing = (Action: string, Resource = "*"): RawPolicy => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const narrow = allowing("s3:GetObject", "arn:aws:s3:::acme-web/*");

/** The form of a recorded role that trusts `named`. */
function editing(inlinePolicies: RoleDocument["inlinePolicies"], named = "main", pinned = true): ConsequenceInput {
  const document: RoleDocument = {
    ...{ name: "web", path: "/", description: "", maxSessionSeconds: 3600, boundaryArn: null, tags: {} },
    inlinePolicies,
    trustPolicy: {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "gitlab.com:aud": "https://sts.amazonaws.com",
            ...(pinned ? { "gitlab.com:project_id": "42" } : {}),
          },
          StringLike: { "gitlab.com:sub": `project_path:acme/web:ref_type:branch:ref:${named}` },
        },
      },
    },
  };
  const place = { project, account };
  const draft = changeOf(document, { projectId: 42, projectPath: "acme/web", account: { id: "a" } }, place);
  return {
    ...{ ...place, draft, refs, owner: { username: "pia" }, snapshot: null },
    edited: { uniqueId: "AROA", version: 1, document },
  };
}

const judgementOf = (input: ConsequenceInput) => {
  const { judged } = consequenceOf(input);
  return judged && judge(judged);
};
const offered = (input: ConsequenceInput) =>
  Object.fromEntries(mendable(input, judgementOf(input), judge).map(({ id, mendId }) => [id, mendId]));

describe("a finding's button", () => {
  it("is offered for the policy on the form, and not for one that is kept beside it", () => {
    expect(offered(editing({ deploy: allowing("s3:*") }))).toEqual({ "full-access": "use-template" });
    expect(offered(editing({ deploy: narrow, logs: allowing("s3:*") }))).toEqual({ "full-access": null });
    expect(offered(editing({ deploy: allowing("*"), logs: allowing("s3:*") }))).toEqual({
      "full-access": "use-template",
    });
  });

  it("is offered where it takes the finding away, and not where nobody would be left to choose", () => {
    const open = editing({ deploy: narrow }, "*", false);
    expect(offered(open)).toEqual({
      "any-ref": expect.any(String) as string,
      "merge-requests": null,
      "no-immutable-pin": "pin-project-id",
    });
    const hidden = offered({ ...open, refs: null });
    expect(hidden["no-immutable-pin"]).toBe("pin-project-id");
    expect(hidden["unseen-refs"]).toBeNull();
  });

  it.each([
    ["main", true],
    ["main", false],
    ["*", true],
    ["*", false],
    ["feature/*", true],
    ["feature/*", false],
  ])("keeps its promise for %s, pinned %s: what it offers is gone or lighter once it was pressed", (named, pinned) => {
    const input = editing({ deploy: allowing("s3:*"), logs: narrow }, named, pinned);
    const judgement = judgementOf(input);
    const withButton = mendable(input, judgement, judge).filter(({ mendId }) => mendId !== null);
    expect(withButton.length).toBeGreaterThan(0);
    for (const { id, mendId, severity } of withButton) {
      const after = judgementOf({ ...input, draft: mendedDraft(input.draft, mendId, judgement) });
      const found = after?.findings.find((one) => one.id === id);
      expect(found === undefined || (severity === "danger" && found.severity === "caution")).toBe(true);
    }
  });
});

it("judges what the role keeps also while the policy on the form is not filled in", () => {
  const input = editing({ deploy: narrow, logs: allowing("s3:*") });
  const permissions = { kind: "template" as const, template: "s3-deploy", values: {} };
  const unfilled = { ...input, draft: { ...input.draft, permissions } };
  expect(consequenceOf(unfilled).problems.some(({ field }) => field === "permissions")).toBe(true);
  expect(judgementOf(unfilled)?.findings.map(({ id }) => id)).toEqual(["full-access"]);
});
