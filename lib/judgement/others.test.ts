import { expect, it } from "vitest";
import type { Judged } from "./judge";
import { judge } from "./judge";

const issuer = "https://gitlab.com";
const components = ["project_path", "ref_type", "ref"];
const view = {
  projectId: 42,
  path: "acme/shop",
  namespaceId: 7,
  namespacePath: "acme",
  components,
  componentsReason: null,
};
const rules = { protectedBranches: [{ name: "release/*", push: 40 as const, merge: 40 as const }], protectedTags: [] };

function trusting(branch: string) {
  const trustPolicy = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow" as const,
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "gitlab.com:aud": "trustdesk-client", "gitlab.com:project_id": "42" },
        StringLike: { "gitlab.com:sub": `project_path:acme/shop:ref_type:branch:ref:${branch}` },
      },
    },
  };
  return { document: { trustPolicy, inlinePolicies: {} }, provider: "as planned" as const };
}

function judged(branch: string, changes: Partial<Judged> = {}) {
  return judge({
    project: { id: 42, path: "acme/shop" },
    live: { view, refs: [], rules },
    place: { accountId: "111122223333", partition: "aws", issuer, audience: "trustdesk-client" },
    after: trusting(branch),
    before: null,
    ...changes,
  });
}

const comers = (of: ReturnType<typeof judged>) =>
  of.others.filter(({ kind }) => kind === "other-branch").map(({ who, sure }) => ({ who, sure }));

it("says who may push a branch to come by the rules that GitLab shows, and that it is not known where it shows none", () => {
  expect(comers(judged("release/*"))).toEqual([{ who: "maintainers of acme/shop", sure: true }]);
  expect(comers(judged("preview/*"))).toEqual([{ who: "any Developer of acme/shop", sure: true }]);
  expect(comers(judged("release/*", { live: { view, refs: [] } }))).toEqual([{ who: "not known", sure: true }]);
});

it("names nobody where the account's provider lets none of them in", () => {
  const { after, others } = judged("release/*", {
    after: { ...trusting("release/*"), provider: null },
  });
  expect(after.kind).toBe("nobody");
  expect(others).toEqual([]);
});

it("finds Trustdesk's own client id among the audiences, where it is told it", () => {
  const ids = (portalAudience?: string) =>
    judged("release/*", {
      live: { view: { ...view, ...(portalAudience !== undefined && { portalAudience }) }, refs: [], rules },
    }).findings.map(({ id }) => id);
  expect(ids("trustdesk-client")).toContain("portal-audience");
  expect(ids("another-client")).not.toContain("portal-audience");
  expect(ids()).not.toContain("portal-audience");
});
