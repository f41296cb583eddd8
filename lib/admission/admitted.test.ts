import { describe, expect, it } from "vitest";
import type { SubjectComponent } from "@/lib/gitlab-ci/claims";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicyDocument } from "@/lib/iam/policy-schema";
import type { TrustChoice } from "@/lib/iam/trust-policy";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import { admittedRefs } from "./admitted";
import { survey } from "./survey";

const choice: TrustChoice = {
  issuer: "https://gitlab.com",
  providerArn: "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
  audience: "https://sts.amazonaws.com",
  components: [...defaultComponents],
  projectId: "42",
  projectPath: "acme/api",
  namespaceId: "7",
  refs: [],
  patterns: [],
  pins: { projectId: true, namespaceId: true, refProtected: false },
};
/** Of acme/api's refs, by answer. */
function admitting(
  policy: PolicyDocument,
  refs: GitRef[],
  components: readonly SubjectComponent[] = defaultComponents,
) {
  const project = {
    ...{ issuer: choice.issuer, path: "acme/api", id: "42", namespaceId: "7", components, refs },
    ...{ protectedBranches: null, protectedTags: null, gitlabVersion: null, visibility: null, forksRunInParent: null },
  };
  const provider = { arn: choice.providerArn, issuer: choice.issuer, audiences: null, at: null };
  const admitted = admittedRefs(policy, survey(policy, project, provider));
  if (!admitted) throw new Error("The refs are not known.");
  return admitted;
}

const ref = (name: string, changes: Partial<GitRef> = {}): GitRef => ({
  name,
  type: "branch",
  protected: true,
  default: false,
  pushedAt: null,
  whoMayPush: "maintainers",
  ...changes,
});
const verdicts = (changes: Partial<TrustChoice>, refs: GitRef[]) =>
  admitting(buildTrustPolicy({ ...choice, ...changes }), refs, changes.components);

describe("admittedRefs", () => {
  it("lets in what is named and what a pattern takes in, and says by which", () => {
    const { in: admitted } = verdicts(
      { refs: [{ name: "main", type: "branch" }], patterns: [{ pattern: "release/*", type: "branch" }] },
      [ref("main"), ref("release/1/2"), ref("dev")],
    );
    expect(admitted.map(({ ref: { name }, by }) => [name, by])).toEqual([
      ["main", "exact"],
      ["release/1/2", "release/*"],
    ]);
  });

  it("puts the nearest miss first and says what it lacks", () => {
    const { out } = verdicts(
      { refs: [{ name: "main", type: "branch" }], pins: { ...choice.pins, refProtected: true } },
      [ref("something-else"), ref("Main"), ref("main", { type: "tag" }), ref("main", { protected: false })],
    );
    expect(out.map(({ because }) => because)).toEqual([
      "The branch is not protected, and the trust asks for a protected one.",
      "It is a tag; the trust names the branch main.",
      "It differs from main in case, and case counts.",
      "Its name is not main.",
    ]);
  });

  it("lets in jobs with and without an environment where the subject tells them apart", () => {
    const components: SubjectComponent[] = ["project_path", "ref_type", "ref", "deployment_tier"];
    expect(verdicts({ components, refs: [{ name: "main", type: "branch" }] }, [ref("main")]).in).toHaveLength(1);
  });

  it("leaves untold what depends on the person, which is neither in nor out", () => {
    const policy = buildTrustPolicy({ ...choice, refs: [{ name: "main", type: "branch" }] });
    const [statement] = policy.Statement;
    if (!statement) throw new Error("no statement");
    const personal = {
      ...policy,
      Statement: [
        { ...statement, Condition: { ...statement.Condition, StringLike: { "gitlab.com:user_login": "rina" } } },
      ],
    };
    expect(admitting(personal, [ref("main")])).toMatchObject({
      in: [],
      untold: [{ verdict: "untold", by: "exact" }],
      out: [],
    });
  });

  it.each([
    ["another audience than the form's", { StringEquals: { "gitlab.com:aud": "https://gitlab.com" } }],
    ["a pattern of audiences", { "ForAnyValue:StringLike": { "gitlab.com:aud": "https://*" } }],
  ])("lets in who asks for %s, for a job may ask for any", (_what, audience) => {
    const usual = buildTrustPolicy({ ...choice, refs: [{ name: "main", type: "branch" }] });
    const other = {
      Effect: "Allow" as const,
      Principal: { Federated: choice.providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        ...audience,
        StringLike: { "gitlab.com:sub": "project_path:acme/api:ref_type:branch:ref:feature/*" },
      } as Record<string, Record<string, string>>,
    };
    const policy = { ...usual, Statement: [...usual.Statement, other] };
    expect(admitting(policy, [ref("main"), ref("feature/x"), ref("dev")]).in.map(({ ref: { name } }) => name)).toEqual([
      "main",
      "feature/x",
    ]);
  });

  it("lets in who asks for the audience that opens to anybody, whatever the usual one asks of the person", () => {
    const usual = buildTrustPolicy({ ...choice, refs: [{ name: "main", type: "branch" }] });
    const [statement] = usual.Statement;
    if (!statement) throw new Error("no statement");
    const asking = (audience: string, more: Record<string, Record<string, string>>) => ({
      ...statement,
      Condition: {
        StringEquals: { ...statement.Condition?.["StringEquals"], "gitlab.com:aud": audience },
        ...more,
      },
    });
    const policy = {
      ...usual,
      Statement: [
        asking(choice.audience, { StringLike: { "gitlab.com:user_login": "rina" } }),
        asking("https://gitlab.com", {}),
      ],
    };
    const { in: admitted, out } = admitting(policy, [ref("main")]);
    expect(admitted).toMatchObject([{ verdict: "in", by: "exact" }]);
    expect(out).toEqual([]);
  });

  it("admits nothing of another project", () => {
    const policy = buildTrustPolicy({
      ...choice,
      projectPath: "acme/other",
      projectId: "43",
      patterns: [{ pattern: "*", type: "*" }],
    });
    expect(admitting(policy, [ref("main")]).in).toEqual([]);
  });
});
