import { describe, expect, it } from "vitest";
import type { AccountChoice } from "@/lib/account/model";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { judge } from "@/lib/judgement/judge";
import { mayGetIn } from "@/lib/judgement/judgement";
import type { ProjectView } from "@/lib/project/model";
import { consequenceOf } from "./consequence";
import { chosenButOut, firstDraft, inAccount, mended, withPattern, withRef } from "./draft-choices";
import { refRows } from "./ref-rows";
import { roleDraftSchema } from "./schema";

const project: ProjectView = {
  projectId: 90_201,
  path: "acme/shop/web",
  name: "web",
  namespaceId: 4410,
  namespacePath: "acme/shop",
  defaultBranch: "main",
  visibility: "private",
  archived: false,
  standstill: null,
  emptyRepository: false,
  webUrl: "https://gitlab.com/acme/shop/web",
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
  asOf: "2026-01-01T00:00:00Z",
};
const account: AccountChoice = {
  id: "account-1",
  accountId: "111122223333",
  name: "prod",
  partition: "aws",
  region: "eu-central-1",
  defaultPath: "/gitlab/",
  boundaryArn: null,
  boundaryRequired: false,
  namePrefix: "ci-",
};
const ref = (name: string, more: Partial<GitRef> = {}): GitRef => ({
  name,
  type: "branch",
  protected: false,
  default: false,
  pushedAt: null,
  whoMayPush: "developers",
  ...more,
});
const refs = [
  ref("main", { protected: true, default: true }),
  ref("develop"),
  ref("release/2.4", { protected: true }),
  ref("v1.0.0", { type: "tag" }),
];
function judged(draft: ReturnType<typeof firstDraft>) {
  const owner = { username: "pia" };
  const { judged: asked } = consequenceOf({
    ...{ draft, project, account: null, owner, edited: null },
    ...{ refs, rules: { protectedBranches: [], protectedTags: [] }, snapshot: null },
  });
  if (!asked) throw new Error("There is no trust to judge");
  return judge(asked);
}

describe("the safe start", () => {
  it("lets in the protected default branch alone, and finds nothing wrong with it", () => {
    const { after, findings, grade } = judged(firstDraft(project, refs));
    expect(mayGetIn(after).map(({ ref: { name } }) => name)).toEqual(["main"]);
    expect({ findings, grade }).toEqual({ findings: [], grade: "safe" });
  });

  it("begins with what the API takes for a field that is not sent", () => {
    const draft = firstDraft(project, refs);
    const { projectId, refs: chosen, pins } = draft;
    expect(roleDraftSchema.parse({ projectId, refs: chosen, pins })).toEqual(draft);
  });

  it("chooses nothing when the default branch is unprotected", () => {
    expect(firstDraft(project, [ref("main", { default: true })]).refs).toEqual([]);
  });

  it("pins nothing that AWS does not know for a self-managed GitLab", () => {
    expect(firstDraft({ ...project, issuer: "https://gitlab.example.com" }, refs).pins).toEqual({
      projectId: false,
      namespaceId: false,
      refProtected: false,
    });
  });
});

describe("a chosen ref that stays out", () => {
  it("is named while only protected refs get in, and no longer once the pin is off", () => {
    const draft = withRef(firstDraft(project, refs), { name: "develop", type: "branch" }, true);
    const out = (pins: typeof draft.pins) =>
      chosenButOut(draft, judged({ ...draft, pins }).out).map(({ ref: { name } }) => name);
    expect(out(draft.pins)).toEqual(["develop"]);
    expect(out({ ...draft.pins, refProtected: false })).toEqual([]);
  });
});

describe("choosing an account", () => {
  it("brings its path, boundary and name, but never replaces a name that was typed", () => {
    const start = inAccount(firstDraft(project, refs), account, project, null);
    expect(start).toMatchObject({ rolePath: "/gitlab/", roleName: "ci-shop-web-deploy" });
    expect(inAccount({ ...start, roleName: "mine" }, { ...account, namePrefix: "x-" }, project, account).roleName).toBe(
      "mine",
    );
    expect(inAccount(start, { ...account, namePrefix: "x-" }, project, account).roleName).toBe("x-shop-web-deploy");
  });
});

describe("mending a finding", () => {
  it("turns any branch into the refs that exist now", () => {
    const wide = withPattern(
      { ...firstDraft(project, refs), refs: [], pins: { projectId: true, namespaceId: false, refProtected: false } },
      { pattern: "*", type: "branch" },
      true,
    );
    const found = judged(wide);
    expect(found.findings.map(({ id }) => id)).toContain("any-ref");
    const better = mended(
      wide,
      "choose-refs",
      mayGetIn(found.after).map(({ ref: one }) => one),
    );
    expect(better.patterns).toEqual([]);
    expect(judged(better).findings.map(({ id }) => id)).not.toContain("any-ref");
  });

  it("names the protected ones where a pattern lets in more refs than a trust policy can name", () => {
    const many = Array.from({ length: 5000 }, (_, index) => ref(`feature/${index}`, { protected: index % 1000 === 0 }));
    const better = mended(
      withPattern(firstDraft(project, refs), { pattern: "feature/*", type: "branch" }, true),
      "choose-refs",
      many,
    );
    expect(better.patterns).toEqual([]);
    expect(better.refs.map(({ name }) => name)).toEqual([
      "feature/0",
      "feature/1000",
      "feature/2000",
      "feature/3000",
      "feature/4000",
    ]);
  });

  it("pins the project when only its path was trusted", () => {
    const loose = { ...firstDraft(project, refs), pins: { projectId: false, namespaceId: false, refProtected: false } };
    expect(judged(loose).findings.map(({ id }) => id)).toContain("no-immutable-pin");
    expect(judged(mended(loose, "pin-project-id", [])).findings.map(({ id }) => id)).not.toContain("no-immutable-pin");
  });
});

describe("the picker", () => {
  it("offers a typed pattern for branches and tags, with how many it lets in now", () => {
    const rows = refRows(refs, firstDraft(project, refs), "release/*");
    expect(rows.slice(0, 2)).toMatchObject([
      { kind: "pattern", type: "branch", matches: 1, guarded: true },
      { kind: "pattern", type: "tag", matches: 0 },
    ]);
  });

  it("keeps a tag and a branch of one name apart", () => {
    const draft = withRef(firstDraft(project, refs), { name: "main", type: "tag" }, true);
    expect(withRef(draft, { name: "main", type: "branch" }, false).refs).toEqual([{ name: "main", type: "tag" }]);
  });
});
