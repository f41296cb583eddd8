import { describe, expect, it } from "vitest";
import { admittedRefs } from "@/lib/admission/admitted";
import { survey } from "@/lib/admission/survey";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { providerArn } from "@/lib/iam/arn";
import { readPolicy } from "@/lib/iam/policy-schema";
import type { RoleDocument } from "@/lib/plan/change";
import type { DraftContext } from "./desired";
import { desiredRole } from "./desired";
import type { RoleDraft } from "./schema";
import { roleDraftSchema } from "./schema";

const project = {
  projectId: 5150,
  path: "lumen/shop/web",
  namespaceId: 77,
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
const reading = (resource: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: resource }],
  });

function draft(changes: Record<string, unknown>): RoleDraft {
  return roleDraftSchema.parse({
    projectId: 5150,
    permissions: { kind: "document", text: reading("arn:aws:s3:::site/*") },
    awsAccountId: "account-row",
    roleName: "web",
    justification: "It publishes the site.",
    ...changes,
  });
}

const problemsOf = (changes: Record<string, unknown>, other: Partial<DraftContext> = {}) =>
  desiredRole(draft(changes), { ...context, ...other }).problems;
const ref = (name: string, type: GitRef["type"] = "branch"): GitRef => ({
  name,
  type,
  protected: true,
  default: false,
  pushedAt: null,
  whoMayPush: "maintainers",
});

/** Which of these branches the form's trust lets in. */
function admitted(changes: Record<string, unknown>, names: string[], path = project.path): string[] {
  const { desired, problems } = desiredRole(draft(changes), { ...context, project: { ...project, path } });
  expect(problems).toEqual([]);
  if (!desired) throw new Error("nothing is desired");
  const policy = readPolicy(desired.role.trustPolicy);
  const minting = {
    ...{ issuer: project.issuer, path, id: "5150", namespaceId: "77" },
    ...{ components: ["project_path", "ref_type", "ref"] as const, refs: names.map((name) => ref(name)) },
    ...{ protectedBranches: null, protectedTags: null, gitlabVersion: null, visibility: null, forksRunInParent: null },
  };
  const provider = { arn: providerArn({ partition: "aws", accountId: account.accountId, issuer: project.issuer }) };
  const asked = survey(policy, minting, { ...provider, issuer: project.issuer, audiences: null, at: null });
  return admittedRefs(policy, asked)?.in.map((one) => one.ref.name) ?? [];
}

describe("a name or pattern in the form", () => {
  it.each(["refs/heads/*", "refs/tags/v*", "refs/heads/main", "origin/*", "^main$", "/^release-.*$/", "", "a b*"])(
    "that can match no ref is a problem at the field: %j",
    (pattern) => {
      const problems = problemsOf({ patterns: [{ pattern, type: "branch" }] });
      expect(problems.map(({ field }) => field)).toEqual(["refs"]);
    },
  );

  it.each(["refs/heads/main", "a..b", "release/*"])("that no ref can have is a problem at the field: %j", (name) => {
    expect(problemsOf({ refs: [{ name, type: "branch" }] }).map(({ field }) => field)).toEqual(["refs"]);
  });

  it("is told once, however often it is wrong in the same way", () => {
    const patterns = ["branch", "tag"].map((type) => ({ pattern: "refs/heads/x*", type }));
    expect(problemsOf({ patterns })).toHaveLength(1);
  });

  it.each([
    [{ name: "feature/ログイン-2", type: "branch" }, /not "ロ".*trust the pattern feature\/\*-2,/],
    [{ name: "🚀-v1", type: "tag" }, /not "🚀".*trust the pattern \*-v1,/],
    [{ name: "日本", type: "tag" }, /Choose another name\.$/],
    [{ name: "łódź", type: "branch" }, /not "ł"/],
  ])("beyond Latin-1 is a problem at the field, for IAM holds none: %j", (one, words) => {
    expect(problemsOf({ refs: [one] })).toEqual([{ field: "refs", reason: expect.stringMatching(words) as string }]);
  });

  it("beyond Latin-1 is one in a pattern and in an audience too", () => {
    expect(problemsOf({ patterns: [{ pattern: "機能/*", type: "*" }] })).toMatchObject([{ field: "refs" }]);
    const refs = [{ name: "main", type: "branch" }];
    expect(problemsOf({ refs, audience: "https://例え.example" })).toMatchObject([{ field: "audience" }]);
  });

  it.each(['hotfix/#12-50%-off&<i>"x"\'', "größe/é", "a\u0080b", "dev${x}", "v1.0+build.7@x,y=z;!()"])(
    "of any Latin signs is taken to the letter: %s",
    (name) => {
      const refs = [{ name, type: "branch" }];
      expect(admitted({ refs }, [name, `${name}x`, encodeURIComponent(name)])).toContain(name);
      expect(admitted({ refs }, [`${name}x`])).toEqual([]);
    },
  );
});

it("a project below twenty groups, with dots in their names, is trusted by its whole path", () => {
  const path = `${Array.from({ length: 20 }, (_, index) => `team-${index + 1}.eu`).join("/")}/site.js`;
  const refs = [{ name: "main", type: "branch" }];
  expect(admitted({ refs }, ["main", "next"], path)).toEqual(["main"]);
});

describe("what a recorded trust names already", () => {
  const names = [{ name: "main", type: "branch" }];
  const recorded = (changes: Record<string, unknown>): RoleDocument => {
    const role = desiredRole(draft({ refs: names, ...changes }), context).desired?.role;
    if (!role) throw new Error("nothing is desired");
    const text = JSON.stringify(role).replaceAll("ref:main", "ref:refs/heads/main");
    return JSON.parse(text) as RoleDocument;
  };

  it("is no problem of the form, for AWS has taken it; what is new is", () => {
    const kept = { refs: [{ name: "refs/heads/main", type: "branch" }] };
    expect(problemsOf(kept, { recorded: recorded({}) })).toEqual([]);
    const added = { refs: [...kept.refs, { name: "refs/heads/next", type: "branch" }] };
    expect(problemsOf(added, { recorded: recorded({}) })).toMatchObject([
      { field: "refs", reason: expect.stringContaining("write next instead") as string },
    ]);
  });
});

describe("a permission document", () => {
  it.each([
    ["as it is", reading("arn:aws:s3:::site/日本/*"), /^IAM takes|^Line 1: IAM takes.*not "日"/],
    ["on a line of its own", `{\n${reading("arn:aws:s3:::site/🚀").slice(1)}`, /^Line 2: .*not "🚀"/],
    ["as an escape", reading("arn:aws:s3:::site/X").replace("X", "\\u65e5"), /^IAM takes.*\\u65e5/],
  ])("with a character beyond Latin-1 %s is a problem at the field", (_case, text, words) => {
    const refs = [{ name: "main", type: "branch" }];
    expect(problemsOf({ refs, permissions: { kind: "document", text } })).toEqual([
      { field: "permissions", reason: expect.stringMatching(words) as string },
    ]);
  });

  it("with Latin-1 letters is taken", () => {
    const refs = [{ name: "main", type: "branch" }];
    const permissions = { kind: "document", text: reading("arn:aws:s3:::site/größe/*") };
    expect(problemsOf({ refs, permissions })).toEqual([]);
  });
});
