import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { admitted, found, like, only, ourSubject, ours, permitting, refOf, trust } from "@/lib/testing/findings";
import type { Finding, FindingInput } from "./finding";
import { removalFindings } from "./removal";

describe("a finding's sentence names what it is about", () => {
  const why = (id: Finding["id"], list: readonly Finding[]) => only(id, list)?.why ?? "";
  const projects = (...names: string[]) =>
    found(trust({ StringEquals: { "gitlab.com:sub": names.map((name) => `project_path:${name}:ref:main`) } }));
  const principals = (...AWS: string[]) =>
    found({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }] });

  it.each<[string, () => string, string]>([
    [
      "the group",
      () => why("group-wildcard", found(like("project_path:acme/*:ref:main"))),
      '"project_path:acme/*:ref:main" has a wildcard in the project\'s path',
    ],
    [
      "the value that is no wildcard",
      () =>
        why("wildcard-in-string-equals", found(trust({ StringEquals: { ...ours, "gitlab.com:user_login": "a?" } }))),
      '"a?" stands under StringEquals',
    ],
    [
      "three of three projects",
      () => why("other-project", projects("a/1", "a/2", "a/3")),
      "names a/1, a/2, a/3, which is not acme/api (42)",
    ],
    [
      "three of five projects",
      () => why("other-project", projects("a/1", "a/2", "a/3", "a/4", "a/5", "a/5")),
      "names a/1, a/2, a/3 and 2 more, which is not",
    ],
    [
      "three of three principals",
      () => why("other-principal", principals("1", "2", "3", "3")),
      "also lets in 1, 2, 3. Who",
    ],
    [
      "three of five principals",
      () => why("other-principal", principals("1", "2", "3", "4", "5")),
      "also lets in 1, 2, 3 and 2 more.",
    ],
    [
      "everybody but one",
      () =>
        why(
          "other-principal",
          found({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", NotPrincipal: { AWS: "1" }, Action: "sts:AssumeRole" }],
          }),
        ),
      "everybody but those whom NotPrincipal names",
    ],
    [
      "a service by its name",
      () =>
        why(
          "other-principal",
          found({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: "*" }, Action: "sts:AssumeRole" }],
          }),
        ),
      "also lets in everybody.",
    ],
    [
      "one ref",
      () => why("unprotected-ref", found(trust({ StringEquals: ours }), { admitted: admitted("dev") })),
      "dev: without protection every developer may push there",
    ],
    [
      "three of three refs",
      () => why("unprotected-ref", found(trust({ StringEquals: ours }), { admitted: admitted("a", "b", "c") })),
      "a, b, c: without",
    ],
    [
      "three of five refs",
      () =>
        why("unprotected-ref", found(trust({ StringEquals: ours }), { admitted: admitted("a", "b", "c", "d", "e") })),
      "a, b, c and 2 more: without",
    ],
    [
      "the services",
      () =>
        why(
          "full-access",
          found(trust({ StringEquals: ours }), {
            inlinePolicies: [permitting({ Action: ["S3:*", "ec2:*", "ec2:*", "sqs:Send*"], Resource: "*" })],
          }),
        ),
      "The role may do every S3 action on every bucket, every ec2 action on every resource of the account.",
    ],
    [
      "that it is everything",
      () =>
        why(
          "full-access",
          found(trust({ StringEquals: ours }), { inlinePolicies: [permitting({ Action: "*:*", Resource: "*" })] }),
        ),
      "Every action on every resource",
    ],
    [
      "the managed policies",
      () =>
        why(
          "managed-policy",
          found(trust({ StringEquals: ours }), {
            attachedPolicies: ["arn:aws:iam::1:policy/ci/One", "arn:aws:iam::1:policy/Two"],
          }),
        ),
      "One, Two is attached. What a managed policy allows is not read here",
    ],
    [
      "the widest of the managed policies alone",
      () =>
        why(
          "managed-policy",
          found(trust({ StringEquals: ours }), {
            attachedPolicies: ["arn:aws:iam::1:policy/One", "arn:aws-cn:iam::aws:policy/IAMFullAccess"],
          }),
        ),
      "IAMFullAccess is attached: whoever gets in may do nearly everything",
    ],
    [
      "what can become of a name",
      () => why("no-immutable-pin", found(trust({ StringEquals: { "gitlab.com:sub": ourSubject } }))),
      "somebody else may take the path, and the role with it.",
    ],
    [
      "who gets in by any ref",
      () => why("any-ref", found(like("project_path:acme/api:ref:*"))),
      "Whoever may push a branch or a tag to the project gets the role",
    ],
    [
      "who gets in by any protected ref",
      () => why("any-ref", found(like("project_path:acme/api:ref:*:ref_protected:true"))),
      "Every protected ref gets in, also those that are protected later.",
    ],
    [
      "whose pipelines get in without a subject",
      () => why("subject-missing-or-star", found(trust(undefined))),
      "pipelines of projects that you do not know",
    ],
    [
      "what GitLab does not show",
      () => why("unseen-refs", found(trust({ StringEquals: ours }), { admitted: null })),
      "nobody can tell which of its branches and tags get in",
    ],
  ])("%s", (_what, sentence, words) => expect(sentence()).toContain(words));

  it("does not send people of gitlab.com to the subject's components, whose keys AWS reads", () => {
    expect(why("no-immutable-pin", found(trust({ StringEquals: { "gitlab.com:sub": ourSubject } })))).not.toContain(
      "ci_id_token_sub_claim_components",
    );
  });

  it("names three refs that lose a role, and counts the rest", () => {
    const words = (...names: string[]) =>
      removalFindings({ lastUsedAt: "2026-11-20T08:00:00Z", admitted: admitted(...names) })[0]?.why;
    expect(words("a", "b", "c")).toContain("Jobs of a, b, c that assume it fail");
    expect(words("a", "b", "c", "d")).toContain("Jobs of a, b, c and 1 other refs");
  });
});

describe("what is close to a finding, and none", () => {
  const ids = (trustPolicy: TrustPolicy, more: Partial<FindingInput> = {}) =>
    found(trustPolicy, more).map(({ id }) => id);

  it.each<[string, () => string[], Finding["id"][]]>([
    [
      "a wildcard under StringEqualsIgnoreCase is none either",
      () => ids(trust({ StringEquals: ours, StringEqualsIgnoreCase: { "gitlab.com:namespace_id": "a*" } })),
      ["wildcard-in-string-equals"],
    ],
    [
      "a star that is escaped is a star",
      () => ids(trust({ StringEquals: { ...ours, "gitlab.com:namespace_id": "a${*}${?}" } })),
      [],
    ],
    [
      "a star under StringLike of another key",
      () => ids(trust({ StringEquals: ours, StringLike: { "gitlab.com:namespace_id": "*" } })),
      [],
    ],
    [
      "a pin of any project is no pin",
      () =>
        ids(trust({ StringEquals: { "gitlab.com:sub": ourSubject }, StringLike: { "gitlab.com:project_id": "4*" } })),
      ["other-project", "no-immutable-pin"],
    ],
    [
      "one of two statements without a pin",
      () =>
        ids({
          ...trust({}),
          Statement: [
            ...trust({ StringEquals: ours }).Statement,
            ...trust({ StringEquals: { "gitlab.com:sub": ourSubject } }).Statement,
          ],
        }),
      ["no-immutable-pin"],
    ],
    [
      "one of two subjects without the id",
      () => ids(trust({ StringEquals: { "gitlab.com:sub": ["project_id:42:ref:main", ourSubject] } })),
      ["no-immutable-pin"],
    ],
    [
      "an id inside the subject",
      () => ids(trust({ StringEquals: { "gitlab.com:sub": "project_path:acme/api:project_id:42:ref:main" } })),
      [],
    ],
    ["a ref of question marks is any", () => ids(like("project_path:acme/api:ref:??*")), ["any-ref"]],
    [
      "a star under StringEquals is no ref at all",
      () => ids(trust({ StringEquals: { ...ours, "gitlab.com:sub": "project_path:acme/api:ref:*" } })),
      ["wildcard-in-string-equals"],
    ],
    [
      "one of two statements open to any protected ref",
      () =>
        ids({
          ...trust({}),
          Statement: [
            ...trust({ StringEquals: ours }).Statement,
            ...like("project_path:acme/api:ref:*:ref_protected:true").Statement,
          ],
        }),
      ["any-ref"],
    ],
    [
      "a project's number with a wildcard",
      () => ids(like("project_id:4?:ref:main", {})),
      ["group-wildcard", "no-immutable-pin"],
    ],
    ["a question mark where the path begins", () => ids(like("project_path:?cme/api:ref:main")), ["group-wildcard"]],
    ["a path of wildcards alone", () => ids(like("project_path:*/*:ref:main")), ["subject-missing-or-star"]],
    ["a claim's name with a wildcard", () => ids(like("project_pat?:acme/api:ref:main")), ["subject-missing-or-star"]],
    [
      "a second condition that holds the first star to a project",
      () => ids(trust({ StringEquals: ours, StringLike: { "gitlab.com:sub": "*" } })),
      ["any-ref"],
    ],
  ])("%s", (_what, list, expected) => expect(list()).toEqual(expected));

  it.each<[string, () => string[], Finding["id"][]]>([
    [
      "one of two subjects open to any ref",
      () => ids(like(["project_path:acme/api:ref:main", "project_path:acme/api:ref:*"])),
      ["any-ref"],
    ],
    ["a pattern that only begins with a star", () => ids(like("project_path:acme/api:ref:*-stable")), []],
    ["a path with a wildcard after its project's", () => ids(like("project_path:acme/api:ref:project_path:acme*")), []],
    ["a path of one star", () => ids(like("project_path:*")), ["subject-missing-or-star", "any-ref"]],
    ["no path at all", () => ids(like("project_id::ref:main")), ["subject-missing-or-star"]],
    ["another claim with a project's name", () => ids(like("ref:main:project_path:*")), []],
    [
      "a number with a letter is no pin",
      () => ids(trust({ StringEquals: { ...ours, "gitlab.com:project_id": "42x" } })),
      ["other-project", "no-immutable-pin"],
    ],
    [
      "a letter with a number is no pin",
      () => ids(trust({ StringEquals: { ...ours, "gitlab.com:project_id": "x42" } })),
      ["other-project", "no-immutable-pin"],
    ],
    [
      "two numbers of which one is none",
      () => ids(trust({ StringEquals: { ...ours, "gitlab.com:project_id": ["42", "x"] } })),
      ["other-project", "no-immutable-pin"],
    ],
    [
      "a subject that ends with the number",
      () => ids(trust({ StringEquals: { "gitlab.com:sub": "ref:main:project_id:42" } })),
      [],
    ],
    ["no subject and no pin", () => ids(trust({})), ["subject-missing-or-star", "no-immutable-pin"]],
    [
      "a statement without a principal",
      () =>
        ids({
          ...trust({}),
          Statement: [...trust({ StringEquals: ours }).Statement, { Effect: "Deny", Action: "sts:TagSession" }],
        }),
      [],
    ],
    [
      "an account whose name ends like the provider",
      () =>
        ids({
          ...trust({}),
          Statement: [
            ...trust({ StringEquals: ours }).Statement,
            { Effect: "Allow", Principal: { AWS: "x:oidc-provider/gitlab.com" }, Action: "sts:AssumeRole" },
          ],
        }),
      ["other-principal"],
    ],
    [
      "a subject without a project",
      () => ids(trust({ StringEquals: { "gitlab.com:project_id": "42", "gitlab.com:sub": "ref:main" } })),
      [],
    ],
  ])("%s", (_what, list, expected) => expect(list()).toEqual(expected));

  it("is milder only where every open statement asks for protected refs", () => {
    const open = like("project_path:acme/api:ref:*").Statement;
    const guarded = like("project_path:acme/api:ref:*:ref_protected:true").Statement;
    const both = found({ Version: "2012-10-17", Statement: [...guarded, ...open] });
    expect(only("any-ref", both)?.severity).toBe("danger");
  });

  it("an unprotected ref is told where it is named, not where any subject or any ref gets in", () => {
    const by = (how: string, verdict: RefVerdict["verdict"] = "in") =>
      ids(trust({ StringEquals: ours }), { admitted: [{ ref: refOf("dev"), verdict, by: how, because: "" }] });
    expect(by("exact")).toEqual(["unprotected-ref"]);
    expect(by("d*")).toEqual(["unprotected-ref"]);
    expect(by("any subject")).toEqual([]);
    expect(by("**")).toEqual([]);
    expect(by("exact", "untold")).toEqual(["unprotected-ref"]);
    expect(by("exact", "out")).toEqual([]);
  });

  it("one bucket, or every bucket of one service, told apart", () => {
    const on = (Action: PolicyStatement["Action"], Resource: string | string[]) =>
      ids(trust({ StringEquals: ours }), { inlinePolicies: [permitting({ ...(Action ? { Action } : {}), Resource })] });
    expect(on("s3:*", "arn:aws:s3:::*/*")).toEqual(["full-access"]);
    expect(on("s3:*", "arn:aws:s3:::**")).toEqual(["full-access"]);
    expect(on("s3:*", "arn:aws:s3:::site*")).toEqual([]);
    expect(on("s3:*", "arn:aws:s3:::*-site")).toEqual([]);
    expect(on("s3:Get*", "*")).toEqual([]);
    expect(on("*", "arn:aws:s3:::site/*")).toEqual([]);
    expect(on("my-s3:*", "*")).toEqual(["full-access"]);
    expect(on("s3:*Object", "*")).toEqual([]);
    expect(on("s3:*", "arn:aws:s3:::*/**")).toEqual(["full-access"]);
    expect(on("s3:*", ["arn:aws:s3:::site", "*"])).toEqual(["full-access"]);
  });

  it.each<[string | string[], Finding["severity"] | undefined]>([
    [["s3:GetObject", "*"], "danger"],
    ["**", "danger"],
    ["*:**", "danger"],
    ["*Object", undefined],
    ["*:GetObject", undefined],
  ])("every action, by %j: %s", (Action, severity) => {
    const list = found(trust({ StringEquals: ours }), { inlinePolicies: [permitting({ Action, Resource: "*" })] });
    expect(only("full-access", list)?.severity).toBe(severity);
  });
});
