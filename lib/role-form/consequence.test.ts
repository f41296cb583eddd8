import { describe, expect, it } from "vitest";
import type { AccountChoice } from "@/lib/account/model";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { judge } from "@/lib/judgement/judge";
import { mayGetIn } from "@/lib/judgement/judgement";
import type { RoleDocument, RoleState, Snapshot } from "@/lib/plan/change";
import type { ProjectView } from "@/lib/project/model";
import { consequenceOf as derivedOf } from "./consequence";
import { desiredRole } from "./desired";
import { firstDraft, inAccount } from "./draft-choices";
import type { RoleDraft } from "./schema";

const project: ProjectView = {
  ...{
    projectId: 90210,
    path: "acme/platform/api",
    name: "api",
    namespaceId: 7,
    namespacePath: "acme/platform",
    defaultBranch: "main",
    visibility: "private",
    archived: false,
    standstill: null,
  },
  ...{
    emptyRepository: false,
    webUrl: "https://gitlab.com/acme/platform/api",
    accessLevel: 40,
    issuer: "https://gitlab.com",
    components: ["project_path", "ref_type", "ref"],
  },
  ...{ gitlabVersion: null, forksRunInParent: null, portalAudience: "trustdesk-demo" },
  ...{ componentsReason: null, componentWarnings: [], widening: [], movedFrom: null, asOf: "2026-11-22T12:00:00.000Z" },
};
const account: AccountChoice = {
  ...{
    id: "account-prod",
    accountId: "111122223333",
    name: "prod",
    partition: "aws",
    region: "eu-central-1",
    defaultPath: "/gitlab/",
  },
  ...{ boundaryArn: "arn:aws:iam::111122223333:policy/gitlab-ci-boundary", boundaryRequired: true, namePrefix: "ci-" },
};
const ref = (name: string, changes: Partial<GitRef> = {}): GitRef => ({
  name,
  type: "branch",
  protected: false,
  default: false,
  pushedAt: null,
  whoMayPush: "developers",
  ...changes,
});
const main = ref("main", { protected: true, default: true, whoMayPush: "maintainers" });
const refs = [ref("develop"), ref("release/1", { protected: true }), main, ref("release/1", { type: "tag" })];
const snapshot: Snapshot = {
  ...{
    accountId: account.accountId,
    callerArn: null,
    provider: null,
    role: null,
    boundary: "exists",
    readAt: "2026-11-22T12:04:31.000Z",
  },
  quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 1000, rolesUsed: 1, providers: 100, providersUsed: 0 },
};

/** The safe start, filled in as far as a role needs. */
function filled(changes: Partial<RoleDraft> = {}): RoleDraft {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-web/*" }],
  });
  return {
    ...inAccount(firstDraft(project, refs), account, project, null),
    permissions: { kind: "document", text },
    justification: "Deploys the web front end.",
    ...changes,
  };
}

function consequenceOf(input: Parameters<typeof derivedOf>[0]) {
  const derived = derivedOf(input);
  return { ...derived, judgement: derived.judged && judge(derived.judged) };
}

const shown = (draft: RoleDraft, read: Snapshot | null = snapshot, changes: Partial<ProjectView> = {}) =>
  consequenceOf({
    draft,
    project: { ...project, ...changes },
    account,
    owner: { username: "pia" },
    edited: null,
    refs,
    snapshot: read,
  });
const names = (verdicts: { ref: GitRef }[]) => verdicts.map((verdict) => verdict.ref.name);

describe("the consequence", () => {
  it("says why it can't tell who gets in, instead of that nobody does", () => {
    const hidden = { components: null, componentsReason: "Only the project's Maintainers see its subject." };
    expect(shown(filled(), snapshot, hidden)).toMatchObject({
      untold: hidden.componentsReason,
      judgement: null,
      trustPolicy: null,
      plan: null,
    });
    expect(shown(filled()).untold).toBeNull();
  });

  it("knows nobody who got in before where the subject is not known, and that nobody did without the provider", () => {
    const edited = {
      uniqueId: "AROA1",
      version: 1,
      document: desiredRole(filled(), { project, account, owner: { username: "pia" }, recorded: null }).desired
        ?.role as RoleDocument,
    };
    const provider = { arn: "", url: "gitlab.com", audiences: [filled().audience], thumbprints: [] };
    const before = (components: string[] | null, read: Partial<Snapshot>) =>
      consequenceOf({
        draft: filled(),
        project: { ...project, components },
        account,
        owner: { username: "pia" },
        edited,
        refs,
        snapshot: { ...snapshot, ...read },
      }).judgement?.before;
    const role = {
      ...edited.document,
      arn: "",
      uniqueId: "AROA1",
      createdAt: "",
      lastUsedAt: null,
      attachedPolicies: [],
    } as RoleState;
    expect(before(null, { provider, role })).toBeUndefined();
    expect(before(project.components, { provider, role })).toMatchObject({
      kind: "refs",
      in: [{ ref: { name: "main" } }],
    });
    expect(before(project.components, { provider: null, role })).toMatchObject({ kind: "nobody" });
    expect(before(project.components, { provider, role: null })).toMatchObject({ kind: "nobody" });
  });

  it("says who gets in, and plans provider, role and policy", () => {
    const { judgement, plan } = shown(filled());
    expect(judgement && names(mayGetIn(judgement.after))).toEqual(["main"]);
    expect(plan?.changes.map(({ kind }) => kind)).toEqual(["create-provider", "create-role", "put-inline-policy"]);
    expect(plan?.roleArn).toBe("arn:aws:iam::111122223333:role/gitlab/ci-platform-api-deploy");
  });

  it("has no plan before AWS was read, but shows trust and permissions", () => {
    const { plan, trustPolicy, permissionPolicy } = shown(filled(), null);
    expect([plan, trustPolicy === null, permissionPolicy === null]).toEqual([null, false, false]);
  });

  it("tells a taken name at the name, and plans nothing over it", () => {
    const role = {
      name: "ci-platform-api-deploy",
      arn: "arn:aws:iam::111122223333:role/ci-platform-api-deploy",
      tags: {},
    } as RoleState;
    expect(shown(filled(), { ...snapshot, role })).toMatchObject({
      plan: null,
      problems: [{ field: "roleName", roleArn: role.arn }],
    });
  });

  it("tells a missing boundary and a trust over budget at their fields", () => {
    expect(shown(filled(), { ...snapshot, boundary: "missing" }).problems).toMatchObject([{ field: "boundaryArn" }]);
    expect(shown(filled(), { ...snapshot, quotas: { ...snapshot.quotas, trustPolicy: 100 } }).problems).toMatchObject([
      { field: "refs" },
    ]);
  });

  it("lets nobody in where the subject's components are hidden", () => {
    expect(shown(filled(), snapshot, { components: null, componentsReason: "Maintainers see them." })).toMatchObject({
      trustPolicy: null,
      judgement: null,
      plan: null,
    });
  });
});
