import { describe, expect, it } from "vitest";
import type { RawPolicy, RawStatement } from "./policy-schema";
import { beyondTrust } from "./trust-beyond";
import type { TrustedProject } from "./trust-view";
import { readTrust, sorted } from "./trust-view";
import { writeTrust } from "./trust-write";

const providerArn = "arn:aws:iam::1:oidc-provider/gitlab.com";
const project: TrustedProject = {
  issuer: "https://gitlab.com",
  providerArn,
  components: ["project_path", "ref_type", "ref"],
  projectId: "42",
  projectPath: "acme/api",
  namespaceId: "7",
};
const subject = (ref: string) => `project_path:acme/api:ref_type:branch:ref:${ref}`;
const shownStatement: RawStatement = {
  Effect: "Allow",
  Principal: { Federated: providerArn },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { "gitlab.com:aud": "aws", "gitlab.com:sub": subject("main") } },
};
const policy = (...Statement: RawStatement[]): RawPolicy => ({ Version: "2012-10-17", Statement });
const asking = (more: Record<string, string | string[]>): RawStatement => ({
  ...shownStatement,
  Condition: { StringEquals: { ...shownStatement.Condition?.["StringEquals"], ...more } },
});
const view = (one: RawPolicy) => readTrust(one, project);

describe("the form shows a statement that lets in this provider's jobs and nobody else", () => {
  it.each<[string, RawStatement]>([
    ["as it is usually written", shownStatement],
    [
      "with lists of one, in another case",
      { ...shownStatement, Action: ["STS:assumerolewithwebidentity"], Principal: { Federated: [providerArn] } },
    ],
  ])("%s", (_what, statement) => {
    expect(view(policy(statement))).toMatchObject({
      statement: 0,
      refs: [{ name: "main", type: "branch" }],
      audience: "aws",
    });
  });

  const { Action: _action, ...withoutAction } = shownStatement;
  const { Principal: _principal, ...withoutPrincipal } = shownStatement;
  it.each<[string, RawStatement]>([
    ["denies", { ...shownStatement, Effect: "Deny" }],
    ["is about another action", { ...shownStatement, Action: "sts:AssumeRole" }],
    ["is about another action too", { ...shownStatement, Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"] }],
    ["is about all actions but some", { ...withoutAction, NotAction: "sts:AssumeRole" }],
    ["names no action", withoutAction],
    ["names resources", { ...shownStatement, Resource: "*" }],
    ["names resources that it leaves out", { ...shownStatement, NotResource: "*" }],
    ["leaves principals out", { ...shownStatement, NotPrincipal: { AWS: "1" } }],
    ["names no principal", withoutPrincipal],
    ["lets everybody in", { ...shownStatement, Principal: "*" }],
    ["lets an account in too", { ...shownStatement, Principal: { Federated: providerArn, AWS: "1" } }],
    ["lets an account in only", { ...shownStatement, Principal: { AWS: providerArn } }],
    ["lets another provider in", { ...shownStatement, Principal: { Federated: "arn:aws:iam::1:oidc-provider/other" } }],
    ["lets another provider in too", { ...shownStatement, Principal: { Federated: [providerArn, "arn:other"] } }],
  ])("not one that %s", (_what, statement) => {
    expect(view(policy(statement))).toEqual({
      statement: null,
      refs: [],
      patterns: [],
      otherSubjects: [],
      audience: null,
      pinned: { projectId: null, namespaceId: null, refProtected: null },
      pins: { projectId: false, namespaceId: false, refProtected: false },
    });
  });

  it("the first that names a ref of the project, else the first", () => {
    const without: RawStatement = { ...shownStatement, Condition: {} };
    const byPattern: RawStatement = { ...without, Condition: { StringLike: { "gitlab.com:sub": subject("v*") } } };
    expect(view(policy(without, shownStatement, byPattern)).statement).toBe(1);
    expect(view(policy(without, byPattern)).statement).toBe(1);
    expect(view(policy(without, without)).statement).toBe(0);
  });

  it("with a pin where it is held to this project's value alone", () => {
    const pins = (more: Record<string, string | string[]>) => view(policy(asking(more))).pins;
    expect(
      pins({ "gitlab.com:project_id": "42", "gitlab.com:namespace_id": "7", "gitlab.com:ref_protected": "true" }),
    ).toEqual({
      projectId: true,
      namespaceId: true,
      refProtected: true,
    });
    expect(
      pins({
        "gitlab.com:project_id": ["42", "43"],
        "gitlab.com:namespace_id": "8",
        "gitlab.com:ref_protected": "false",
      }),
    ).toEqual({
      projectId: false,
      namespaceId: false,
      refProtected: false,
    });
  });

  it("in the order of names, then of types", () => {
    const parts = ["b", "a", "c"].flatMap((name) => ["tag", "branch"].map((type) => ({ name, type })));
    expect(sorted(parts).map(({ name, type }) => `${name} ${type}`)).toEqual([
      "a branch",
      "a tag",
      "b branch",
      "b tag",
      "c branch",
      "c tag",
    ]);
    expect(
      sorted([
        { name: "a", type: "z" },
        { name: "ab", type: "a" },
      ]).map(({ name }) => name),
    ).toEqual(["a", "ab"]);
  });
});

describe("what a trust holds beside what the form shows", () => {
  const beyond = (one: RawPolicy) => beyondTrust(one, view(one), project.issuer);

  it.each<[string, RawPolicy, string[]]>([
    ["nothing", policy(shownStatement), []],
    ["a name", policy({ ...shownStatement, Sid: "Deploy" }), ["Statement 1 is named Deploy."]],
    ["an Id", { ...policy(shownStatement), Id: "mine" }, ["The trust has the Id mine."]],
    ["an old version", { Version: "2008-10-17", Statement: shownStatement }, ["The trust is of version 2008-10-17."]],
    ["no version", { Statement: shownStatement }, ["The trust is of version 2008-10-17."]],
    [
      "another statement",
      policy(shownStatement, { Effect: "Deny", Sid: "Stop" }),
      ["The trust has 1 more statement: Stop (Deny)."],
    ],
    [
      "two statements before it",
      policy({ Effect: "Deny" }, { Effect: "Deny" }, shownStatement),
      ["The trust has 2 more statements: statement 1 (Deny), statement 2 (Deny)."],
    ],
    ["nothing that is shown", policy({ Effect: "Deny" }), ["The trust has 1 statement: statement 1 (Deny)."]],
    [
      "another audience",
      policy(asking({ "gitlab.com:aud": ["aws", "more"] })),
      ["Statement 1 also takes the audience more."],
    ],
    [
      "no audience",
      policy({ ...shownStatement, Condition: { StringEquals: { "gitlab.com:sub": subject("main") } } }),
      ["Statement 1 asks for no audience."],
    ],
    [
      "our pins",
      policy(
        asking({ "gitlab.com:project_id": "42", "gitlab.com:namespace_id": "7", "gitlab.com:ref_protected": "true" }),
      ),
      [],
    ],
    [
      "other pins",
      policy(
        asking({ "gitlab.com:project_id": "1", "gitlab.com:namespace_id": "2", "gitlab.com:ref_protected": "false" }),
      ),
      [
        "Statement 1 also asks for gitlab.com:project_id under StringEquals: 1.",
        "Statement 1 also asks for gitlab.com:namespace_id under StringEquals: 2.",
        "Statement 1 also asks for gitlab.com:ref_protected under StringEquals: false.",
      ],
    ],
    [
      "another operator",
      policy({ ...shownStatement, Condition: { ...shownStatement.Condition, Bool: { "aws:SecureTransport": true } } }),
      ["Statement 1 also asks for aws:SecureTransport under Bool: true."],
    ],
  ])("%s", (_what, one, sentences) => expect(beyond(one)).toEqual(sentences));
});

describe("what the form writes into a trust", () => {
  const wish = {
    ...project,
    components: ["project_path" as const, "ref_type" as const, "ref" as const],
    audience: "aws",
    refs: [{ name: "main", type: "branch" as const }],
    patterns: [],
    otherSubjects: [],
    pins: { projectId: false, namespaceId: false, refProtected: false },
  };
  const written = (one: RawPolicy, changes: Partial<typeof wish>) => {
    const result = writeTrust(one, { ...wish, ...changes });
    if (!result.ok) throw new Error("not written");
    return result.policy;
  };
  const conditionOf = (one: RawPolicy) => [one.Statement].flat()[0]?.Condition?.["StringEquals"];

  it("is the very policy where that says it already", () => {
    const one = policy(shownStatement);
    expect(written(one, {})).toBe(one);
  });

  it("takes the place of the first audience; others stay, and none comes twice", () => {
    const three = policy(asking({ "gitlab.com:aud": ["aws", "more", "next"] }));
    expect(conditionOf(written(three, { audience: "new" }))?.["gitlab.com:aud"]).toEqual(["new", "more", "next"]);
    expect(conditionOf(written(three, { audience: "next" }))?.["gitlab.com:aud"]).toEqual(["next", "more"]);
    expect(conditionOf(written(policy(shownStatement), { audience: "new" }))?.["gitlab.com:aud"]).toBe("new");
  });

  it("puts each pin on, and takes it off", () => {
    const pins = { projectId: true, namespaceId: true, refProtected: true };
    const pinned = written(policy(shownStatement), { pins });
    expect(conditionOf(pinned)).toEqual({
      "gitlab.com:aud": "aws",
      "gitlab.com:sub": subject("main"),
      "gitlab.com:project_id": "42",
      "gitlab.com:namespace_id": "7",
      "gitlab.com:ref_protected": "true",
    });
    expect(written(pinned, {})).toEqual(policy(shownStatement));
  });

  it("leaves every other statement alone, in its place", () => {
    const deny: RawStatement = { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" };
    const next = written(policy(deny, shownStatement), { refs: [{ name: "dev", type: "branch" }] });
    expect(next.Statement).toEqual([deny, asking({ "gitlab.com:sub": subject("dev") })]);
  });
});
