import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import { admittedRefs } from "@/lib/admission/admitted";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicyDocument, PolicyStatement, TrustChoice, TrustPolicy } from "@/lib/iam/trust-policy";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import { removalFindings } from "./removal";
import type { Finding } from "./table";
import { findings, gradeOf } from "./table";

const gitlab = "https://gitlab.com";
const choice: TrustChoice = {
  issuer: gitlab,
  providerArn: "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
  audience: "https://sts.amazonaws.com",
  components: [...defaultComponents],
  projectId: "42",
  projectPath: "acme/api",
  namespaceId: "7",
  refs: [],
  patterns: [],
  pins: { projectId: true, namespaceId: false, refProtected: false },
};
const ref = (name: string, protectedRef: boolean): GitRef => ({
  name,
  type: "branch",
  protected: protectedRef,
  default: name === "main",
  pushedAt: null,
  whoMayPush: protectedRef ? "maintainers" : "developers",
});
const refs = [ref("main", true), ref("feature/x", false)];
const uploads: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::site/*" }],
};

function found(
  trustPolicy: TrustPolicy,
  permissionPolicy: PolicyDocument | null = uploads,
  issuer = gitlab,
): Finding[] {
  const project = { ...choice, issuer, namespacePath: "acme" };
  return findings({
    trustPolicy,
    inlinePolicies: permissionPolicy ? [permissionPolicy] : [],
    attachedPolicies: [],
    issuer,
    project: { id: "42", path: "acme/api" },
    admitted: admittedRefs(trustPolicy, refs, project).in,
  });
}

const ids = (list: readonly Finding[]) => list.map(({ id }) => id);
const main = buildTrustPolicy({ ...choice, refs: [{ name: "main", type: "branch" }] });
const trust = (condition: PolicyStatement["Condition"], issuer = "gitlab.com"): TrustPolicy => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      ...(condition ? { Condition: condition } : {}),
    },
  ],
});
const like = (sub: string) =>
  trust({ StringEquals: { "gitlab.com:project_id": "42" }, StringLike: { "gitlab.com:sub": sub } });
const allow = (statement: Partial<PolicyStatement>): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", ...statement }],
});

it("an exact protected ref with the project's id is safe", () => {
  expect(found(main)).toEqual([]);
  expect(gradeOf([])).toBe("safe");
});

it("is not called safe where GitLab does not show who gets in", () => {
  const unseen = findings({
    trustPolicy: main,
    inlinePolicies: [uploads],
    attachedPolicies: [],
    issuer: gitlab,
    project: { id: "42", path: "acme/api" },
    admitted: null,
  });
  expect(unseen.map(({ id, severity }) => [id, severity])).toEqual([["unseen-refs", "caution"]]);
});

it("the article's role is told what is wrong with it", () => {
  const article = buildTrustPolicy({
    ...choice,
    patterns: [{ pattern: "*", type: "branch" }],
    pins: { projectId: false, namespaceId: false, refProtected: false },
  });
  const list = found(article, allow({ Action: ["s3:*"], Resource: "*" }));
  expect(list.map(({ id, severity }) => [id, severity])).toEqual([
    ["any-ref", "danger"],
    ["no-immutable-pin", "caution"],
    ["full-access", "caution"],
  ]);
  expect(list[2]?.why).toContain("every S3 action on every bucket");
  expect(gradeOf(list)).toBe("danger");
});

describe("subject-missing-or-star", () => {
  const open: [string, TrustPolicy][] = [
    ["no condition", trust(undefined)],
    ["a star", like("*")],
    ["a star for the project", like("project_path:*:ref_type:branch:ref:main")],
    ["a star before the project", like("*:ref:main")],
    [
      "one star among several",
      trust({ StringLike: { "gitlab.com:sub": ["project_path:acme/api:ref_type:branch:ref:main", "*"] } }),
    ],
    [
      "IfExists",
      trust({ StringEqualsIfExists: { "gitlab.com:sub": "project_path:acme/api:ref_type:branch:ref:main" } }),
    ],
    ["only an audience", trust({ StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com" } })],
  ];
  it.each(open)("finds %s", (_, policy) => expect(ids(found(policy))).toContain("subject-missing-or-star"));
  it("leaves an exact subject alone", () => expect(ids(found(main))).not.toContain("subject-missing-or-star"));
  it("leaves another issuer's statement alone", () =>
    expect(ids(found(trust(undefined, "token.actions.githubusercontent.com")))).not.toContain(
      "subject-missing-or-star",
    ));
});

describe("group-wildcard", () => {
  it.each([
    "project_path:acme/*:ref_type:branch:ref:main",
    "project_path:acme*",
    "project_path:acme/api*:ref_type:branch:ref:main",
  ])("finds %s", (sub) => expect(ids(found(like(sub)))).toContain("group-wildcard"));
  it("leaves a wildcard in the ref alone", () =>
    expect(ids(found(like("project_path:acme/api:ref_type:branch:ref:release/*")))).not.toContain("group-wildcard"));
});

describe("any-ref", () => {
  it.each([
    "project_path:acme/api:ref_type:branch:ref:*",
    "project_path:acme/api:*",
    "project_path:acme/api:ref_type:*:ref:**",
  ])("finds %s", (sub) => expect(ids(found(like(sub)))).toContain("any-ref"));
  it("finds a subject that names no ref", () =>
    expect(ids(found(trust({ StringEquals: { "gitlab.com:sub": "project_path:acme/api" } })))).toContain("any-ref"));
  it("leaves a prefix alone", () =>
    expect(ids(found(like("project_path:acme/api:ref_type:branch:ref:release/*")))).not.toContain("any-ref"));
  it("is milder where refs must be protected", () => {
    const policy = buildTrustPolicy({
      ...choice,
      patterns: [{ pattern: "*", type: "branch" }],
      pins: { ...choice.pins, refProtected: true },
    });
    expect(found(policy).map(({ id, severity }) => [id, severity])).toEqual([["any-ref", "caution"]]);
  });
});

describe("unprotected-ref", () => {
  it("finds one that is named", () =>
    expect(found(buildTrustPolicy({ ...choice, refs: [{ name: "feature/x", type: "branch" }] }))).toMatchObject([
      { id: "unprotected-ref", why: expect.stringContaining("feature/x") as string },
    ]));
  it("finds one that a pattern takes in", () =>
    expect(ids(found(buildTrustPolicy({ ...choice, patterns: [{ pattern: "feature/*", type: "branch" }] })))).toEqual([
      "unprotected-ref",
    ]));
});

describe("no-immutable-pin", () => {
  it("finds a path alone", () =>
    expect(
      ids(
        found(
          buildTrustPolicy({
            ...choice,
            refs: [{ name: "main", type: "branch" }],
            pins: { ...choice.pins, projectId: false },
          }),
        ),
      ),
    ).toEqual(["no-immutable-pin"]));
  it("takes the group's id for a pin", () =>
    expect(
      ids(
        found(
          buildTrustPolicy({
            ...choice,
            refs: [{ name: "main", type: "branch" }],
            pins: { ...choice.pins, projectId: false, namespaceId: true },
          }),
        ),
      ),
    ).toEqual([]));
  it("takes a subject that begins with the project's id, on any GitLab", () => {
    const own = trust(
      { StringEquals: { "gitlab.example.com:sub": "project_id:42:ref_type:branch:ref:main" } },
      "gitlab.example.com",
    );
    expect(ids(found(own, uploads, "https://gitlab.example.com"))).toEqual([]);
  });
  it("takes it where the issuer has a port and a path", () => {
    const own = trust(
      { StringEquals: { "gitlab.corp.example:8443/gitlab:sub": "project_id:42:ref_type:branch:ref:main" } },
      "gitlab.corp.example:8443/gitlab",
    );
    expect(ids(found(own, uploads, "https://gitlab.corp.example:8443/gitlab"))).toEqual([]);
  });
  it("does not take a key that AWS does not read for another GitLab", () => {
    const own = trust(
      {
        StringEquals: {
          "gitlab.example.com:sub": "project_path:acme/api:ref_type:branch:ref:main",
          "gitlab.example.com:project_id": "42",
        },
      },
      "gitlab.example.com",
    );
    expect(found(own, uploads, "https://gitlab.example.com")).toMatchObject([
      {
        id: "no-immutable-pin",
        mendId: null,
        why: expect.stringContaining("ci_id_token_sub_claim_components to start with project_id") as string,
      },
    ]);
  });
});

describe("full-access", () => {
  it.each<[Finding["severity"], Partial<PolicyStatement>]>([
    ["danger", { Action: "*", Resource: "*" }],
    ["danger", { NotAction: "iam:*", Resource: "*" }],
    ["caution", { Action: "s3:*", Resource: ["arn:aws:s3:::*"] }],
    ["caution", { Action: ["ec2:*"], Resource: "*" }],
  ])("finds %s in %j", (severity, statement) =>
    expect(found(main, allow(statement))).toMatchObject([{ id: "full-access", severity, where: "what" }]),
  );
  it("leaves one bucket alone", () =>
    expect(found(main, allow({ Action: "s3:*", Resource: "arn:aws:s3:::site/*" }))).toEqual([]));
  it("leaves a Deny alone", () =>
    expect(
      found(main, {
        Version: "2012-10-17",
        Statement: [...uploads.Statement, { Effect: "Deny", Action: "*", Resource: "*" }],
      }),
    ).toEqual([]));
});

describe("other-principal", () => {
  const also = (Principal: PolicyStatement["Principal"], Action = "sts:AssumeRole"): TrustPolicy => ({
    Version: "2012-10-17",
    Statement: [...main.Statement, { Effect: "Allow", ...(Principal === undefined ? {} : { Principal }), Action }],
  });
  it.each<[string, PolicyStatement["Principal"], string]>([
    ["everybody", "*", "everybody"],
    ["every account", { AWS: "*" }, "every AWS account"],
    ["another account", { AWS: ["arn:aws:iam::123456789012:root"] }, "arn:aws:iam::123456789012:root"],
    ["a service", { Service: "ec2.amazonaws.com" }, "ec2.amazonaws.com"],
    [
      "another issuer",
      { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.example.com" },
      "oidc-provider/gitlab.example.com",
    ],
    ["any provider", { Federated: "*" }, "every identity provider"],
  ])("finds %s beside GitLab's jobs", (_who, principal, name) => {
    expect(found(also(principal))).toContainEqual(
      expect.objectContaining({
        id: "other-principal",
        severity: "danger",
        why: expect.stringContaining(name) as string,
      }),
    );
  });
  it("finds whom NotPrincipal leaves in", () => {
    const policy: TrustPolicy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", NotPrincipal: { AWS: "arn:aws:iam::1:root" }, Action: "sts:AssumeRole" }],
    };
    expect(ids(found(policy))).toContain("other-principal");
  });
  it("leaves a Deny alone, and GitLab's own provider", () => {
    expect(
      ids(
        found({
          Version: "2012-10-17",
          Statement: [...main.Statement, { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }],
        }),
      ),
    ).not.toContain("other-principal");
    expect(ids(found(main))).toEqual([]);
  });
});

describe("other-project", () => {
  const named = (sub: string, pin: Record<string, string | string[]> = {}, operator = "StringEquals") =>
    found(
      trust({ StringEquals: pin, [operator]: { ...(operator === "StringEquals" ? pin : {}), "gitlab.com:sub": sub } }),
    );
  it.each([
    ["by its path", () => named("project_path:evil/x:ref_type:branch:ref:main"), "evil/x"],
    [
      "by its path, with a pattern of refs",
      () => named("project_path:evil/x:ref_type:branch:ref:*", {}, "StringLike"),
      "evil/x",
    ],
    [
      "by its id",
      () => named("project_path:acme/api:ref_type:branch:ref:main", { "gitlab.com:project_id": "99" }),
      "project 99",
    ],
    [
      "beside ours",
      () => named("project_path:acme/api:ref_type:branch:ref:main", { "gitlab.com:project_id": ["42", "99"] }),
      "project 99",
    ],
    ["by an id in the subject", () => named("project_id:99:ref_type:branch:ref:main"), "project 99"],
  ])("finds another project %s", (_how, list, name) => {
    expect(list()).toContainEqual(
      expect.objectContaining({
        id: "other-project",
        severity: "danger",
        why: expect.stringContaining(`names ${name}, which is not acme/api (42)`) as string,
      }),
    );
  });
  it.each([
    ["ours", () => named("project_path:acme/api:ref_type:branch:ref:main")],
    [
      "ours in another case",
      () => named("project_path:Acme/API:ref_type:branch:ref:main", {}, "StringEqualsIgnoreCase"),
    ],
    ["ours by its id", () => named("project_id:42:ref_type:branch:ref:main")],
    [
      "a path that we left, held to our id",
      () => named("project_path:acme/old:ref_type:branch:ref:main", { "gitlab.com:project_id": "42" }),
    ],
    [
      "a whole group, which is told apart",
      () => named("project_path:acme/*:ref_type:branch:ref:main", {}, "StringLike"),
    ],
  ])("leaves %s alone", (_what, list) => expect(ids(list())).not.toContain("other-project"));
  it("looks at every statement", () => {
    const two: TrustPolicy = {
      Version: "2012-10-17",
      Statement: [
        ...main.Statement,
        ...trust({ StringEquals: { "gitlab.com:sub": "project_path:evil/x:ref_type:branch:ref:main" } }).Statement,
      ],
    };
    expect(ids(found(two))).toContain("other-project");
  });
});

describe("wildcard-in-string-equals", () => {
  it("finds a star that never matches", () =>
    expect(
      ids(
        found(
          trust({
            StringEquals: {
              "gitlab.com:project_id": "42",
              "gitlab.com:sub": "project_path:acme/api:ref_type:branch:ref:release/*",
            },
          }),
        ),
      ),
    ).toEqual(["wildcard-in-string-equals"]));
  it("leaves StringLike alone", () =>
    expect(ids(found(like("project_path:acme/api:ref_type:branch:ref:release/*")))).not.toContain(
      "wildcard-in-string-equals",
    ));
});

describe("a role that goes", () => {
  const admitted = (...names: string[]): RefVerdict[] =>
    names.map((name) => ({ ref: ref(name, true), verdict: "in", by: "exact", because: "" }));
  it("is safe to take away where AWS knows of no use", () =>
    expect(removalFindings({ lastUsedAt: null, admitted: admitted("main") })).toEqual([]));
  it("is in use where AWS has seen it assumed, and says whose jobs fail", () => {
    expect(
      removalFindings({ lastUsedAt: "2026-11-20T08:00:00Z", admitted: admitted("main", "a", "b", "c", "d") }),
    ).toMatchObject([
      {
        id: "still-in-use",
        severity: "caution",
        why: "AWS saw it assumed on 2026-11-20. Jobs of main, a, b and 2 other refs that assume it fail as soon as it is gone.",
      },
    ]);
    expect(removalFindings({ lastUsedAt: "2026-11-20T08:00:00Z", admitted: [] })[0]?.why).toContain(
      "Whatever assumes it fails",
    );
  });
});
