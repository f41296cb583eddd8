import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SubjectComponent } from "@/lib/gitlab-ci/claims";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { admittedRefs } from "./admitted";
import { survey } from "./survey";

const provider = "arn:aws:iam::1:oidc-provider/gitlab.com";
interface Asked {
  issuer?: string;
  providerArn?: string;
  components?: readonly SubjectComponent[];
}
const subject = (ref: string, type = "branch") => `project_path:acme/api:ref_type:${type}:ref:${ref}`;

function ref(name: string, changes: Partial<GitRef> = {}): GitRef {
  return {
    name,
    type: "branch",
    protected: true,
    default: false,
    pushedAt: null,
    whoMayPush: "maintainers",
    ...changes,
  };
}

function statement(Condition: PolicyStatement["Condition"], more: Partial<PolicyStatement> = {}): PolicyStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(Condition ? { Condition } : {}),
    ...more,
  };
}

function asked(statements: PolicyStatement[], refs: GitRef[], changes: Asked = {}) {
  const { issuer = "https://gitlab.com", providerArn = provider } = changes;
  const { components = ["project_path", "ref_type", "ref"] } = changes;
  const policy = { Version: "2012-10-17", Statement: statements };
  const project = {
    ...{ issuer, path: "acme/api", id: "42", namespaceId: "7", components, refs },
    ...{ protectedBranches: null, protectedTags: null, gitlabVersion: null, visibility: null, forksRunInParent: null },
  };
  const admitted = admittedRefs(
    policy,
    survey(policy, project, { arn: providerArn, issuer, audiences: null, at: null }),
  );
  if (!admitted) throw new Error("The refs are not known.");
  return admitted;
}

const equals = (sub: string | string[], more: Record<string, string> = {}) =>
  statement({ StringEquals: { "gitlab.com:sub": sub, ...more } });
const like = (sub: string | string[]) => statement({ StringLike: { "gitlab.com:sub": sub } });
const reasons = (statements: PolicyStatement[], ...refs: GitRef[]) =>
  asked(statements, refs).out.map(({ because }) => because);

describe("a ref that stays out is told what it lacks", () => {
  it.each<[string, PolicyStatement[], GitRef, string]>([
    ["another name", [equals(subject("main"))], ref("dev"), "Its name is not main."],
    [
      "another name than any of two, told by the nearest",
      [equals([subject("production"), subject("main")])],
      ref("mail"),
      "Its name is not main, nor any other that the trust names.",
    ],
    ["a name that no pattern takes", [like(subject("release/*"))], ref("main"), "Its name is not release/*."],
    ["another case", [equals(subject("main"))], ref("MAIN"), "It differs from main in case, and case counts."],
    [
      "another case than a pattern's",
      [like(subject("Release/*"))],
      ref("release/1"),
      "It differs from Release/* in case, and case counts.",
    ],
    [
      "a tag of the branch's name",
      [equals(subject("v1"))],
      ref("v1", { type: "tag" }),
      "It is a tag; the trust names the branch v1.",
    ],
    [
      "a branch of the tag's name",
      [equals(subject("v1", "tag"))],
      ref("v1"),
      "It is a branch; the trust names the tag v1.",
    ],
    [
      "another project's subject",
      [equals("project_path:acme/web:ref_type:branch:ref:main")],
      ref("main"),
      "Its name fits, but the rest of its subject does not.",
    ],
    [
      "another project's pattern",
      [like("project_path:acme/web:ref_type:*:ref:ma*")],
      ref("main"),
      "Its name fits, but the rest of its subject does not.",
    ],
    [
      "a subject that names no ref",
      [equals("project_path:acme/web")],
      ref("main"),
      "Its subject is not one that the trust names.",
    ],
    [
      "no protection",
      [equals(subject("main"), { "gitlab.com:ref_protected": "true" })],
      ref("main", { protected: false }),
      "The branch is not protected, and the trust asks for a protected one.",
    ],
    [
      "no protection, as a tag",
      [equals(subject("v1", "tag"), { "GitLab.com:REF_PROTECTED": "true" })],
      ref("v1", { type: "tag", protected: false }),
      "The tag is not protected, and the trust asks for a protected one.",
    ],
    [
      "another project's number",
      [equals(subject("main"), { "gitlab.com:project_id": "1" })],
      ref("main"),
      'gitlab.com:project_id is "42", which is not "1".',
    ],
    [
      "a statement that denies",
      [equals(subject("main")), statement(undefined, { Effect: "Deny", Sid: "Stop" })],
      ref("main"),
      'Statement "Stop" denies it.',
    ],
    [
      "any statement",
      [statement(undefined, { Action: "sts:AssumeRole" })],
      ref("main"),
      "No statement lets this GitLab's pipelines in.",
    ],
    [
      "a statement for this GitLab",
      [statement(undefined, { Principal: { AWS: "*" } })],
      ref("main"),
      "No statement lets this GitLab's pipelines in.",
    ],
    [
      "the least of two statements",
      [
        equals(subject("other"), { "gitlab.com:project_id": "1", "gitlab.com:namespace_id": "1" }),
        equals(subject("dev")),
      ],
      ref("main"),
      "Its name is not dev.",
    ],
  ])("%s", (_what, statements, one, because) => expect(reasons(statements, one)).toEqual([because]));
});

describe("the nearest of those that stay out comes first", () => {
  const order = (statements: PolicyStatement[], ...refs: GitRef[]) =>
    asked(statements, refs).out.map((out) => out.ref.name);

  it("by letters that would have to change", () => {
    expect(order([equals(subject("main"))], ref("feature"), ref("maim"), ref("man"), ref("mean-street"))).toEqual([
      "maim",
      "man",
      "feature",
      "mean-street",
    ]);
  });

  it("a missing protection before another name, and that before more than one lack", () => {
    const trust = [equals(subject("main"), { "gitlab.com:ref_protected": "true" })];
    const open = { protected: false };
    expect(order(trust, ref("mair", open), ref("mai"), ref("main", open))).toEqual(["main", "mai", "mair"]);
  });

  it("what is denied, or nobody's business, last", () => {
    const deny = statement({ StringEquals: { "gitlab.com:sub": subject("main") } }, { Effect: "Deny" });
    expect(order([deny, equals([subject("main"), subject("dev")])], ref("main"), ref("something-else"))).toEqual([
      "something-else",
      "main",
    ]);
  });

  it("as they came where none is nearer, however long their names", () => {
    const long = `${"x".repeat(60)}main`;
    expect(order([equals(subject("main"))], ref(`${long}b`), ref(`${long}a`))).toEqual([`${long}b`, `${long}a`]);
  });

  it("a name's distance to itself is none, and grows by no more than what is put before it", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(name, name, (wanted, other) => {
        fc.pre(!other.startsWith(wanted));
        const [first] = order([equals(subject(wanted))], ref(`zzzzzzzzz${other}`), ref(`${wanted}z`));
        expect(first).toBe(`${wanted}z`);
      }),
    );
  });
});

describe("what lets a ref in is named", () => {
  const by = (statements: PolicyStatement[], one = ref("main")) =>
    asked(statements, [one]).in.map((verdict) => verdict.by);

  it.each<[string, PolicyStatement[], string]>([
    ["its exact name", [equals(subject("main"))], "exact"],
    ["its exact name under StringLike", [like(subject("main"))], "exact"],
    ["its exact name beside a pattern", [like([subject("m*"), subject("main")])], "exact"],
    ["a pattern of refs", [like(subject("m?i*"))], "m?i*"],
    ["the first pattern that takes it", [like([subject("dev*"), subject("ma*"), subject("*")])], "ma*"],
    ["a pattern that names no ref", [like("project_path:acme/*")], "project_path:acme/*"],
    ["anything at all", [statement(undefined)], "any subject"],
    ["the statement that takes it", [like(subject("dev*")), like(subject("main*"))], "main*"],
  ])("%s", (_what, statements, expected) => expect(by(statements)).toEqual([expected]));

  it("also where it is not sure, with what would tell", () => {
    const personal = statement({
      StringLike: { "gitlab.com:sub": subject("ma*"), "gitlab.com:user_login": "rina" },
    });
    expect(asked([personal], [ref("main")])).toMatchObject({
      in: [],
      out: [],
      untold: [{ by: "ma*", because: "Only when gitlab.com:user_login is like rina." }],
    });
  });
});

/** A job without an environment has no environment_protected and no deployment_tier: GitLab drops the components. */
describe("a job may choose its environment", () => {
  const components: SubjectComponent[] = ["project_path", "ref", "environment_protected", "deployment_tier"];
  const answer = (sub: string) => {
    const { in: admitted, untold } = asked([equals(sub)], [ref("main")], { components });
    return admitted.length > 0 ? "in" : untold.length > 0 ? "untold" : "out";
  };
  const ofTier = (tier: string, guarded: boolean) =>
    answer(`project_path:acme/api:ref:main:environment_protected:${guarded}:deployment_tier:${tier}`);

  it.each(["production", "staging", "testing", "development", "other"])("of the tier %s", (tier) => {
    expect(ofTier(tier, false)).toBe("in");
  });

  it("of a protected one only where it may deploy, which is untold", () => {
    expect(ofTier("production", true)).toBe("untold");
  });

  it("or none, but no other than there are", () => {
    expect(answer("project_path:acme/api:ref:main")).toBe("in");
    expect(ofTier("moon", true)).toBe("out");
  });
});

describe("a ref's token says", () => {
  it.each([
    ["project_id", "42"],
    ["namespace_id", "7"],
    ["ref_protected", "true"],
    ["aud", "aws"],
  ])("%s is %s", (claim, value) => {
    const admits = (expected: string) =>
      asked([equals(subject("main"), { [`gitlab.com:${claim}`]: expected })], [ref("main")]).in.length;
    expect([admits(value), admits(`${value}x`)]).toEqual([1, claim === "aud" ? 1 : 0]);
  });

  it("its project's number in the subject, where that is so", () => {
    const components: SubjectComponent[] = ["project_id", "ref_type", "ref", "ref_protected"];
    const sub = "project_id:42:ref_type:tag:ref:v1:ref_protected:false";
    const tag = ref("v1", { type: "tag", protected: false });
    expect(asked([equals(sub)], [tag], { components }).in).toHaveLength(1);
  });

  it("nothing more on another GitLab, where AWS reads subject and audience only", () => {
    const own = {
      issuer: "https://gitlab.example.com",
      providerArn: "arn:aws:iam::1:oidc-provider/gitlab.example.com",
    };
    const trust = statement(
      { StringEquals: { "gitlab.example.com:sub": subject("main"), "gitlab.example.com:user_login": "rina" } },
      { Principal: { Federated: own.providerArn } },
    );
    expect(asked([trust], [ref("main")], own)).toMatchObject({ in: [], untold: [] });
  });
});
