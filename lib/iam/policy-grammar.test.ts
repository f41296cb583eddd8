import { describe, expect, it } from "vitest";
import { departureFromGrammar } from "./policy-grammar";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const policy = (statement: unknown) => ({ Version: "2012-10-17", Statement: statement });

describe("IAM's grammar", () => {
  it.each([
    ["a list of statements", policy([allow])],
    ["a single statement", policy(allow)],
    ["no version", { Statement: [allow] }],
    ["the version of 2008, with an id", { Version: "2008-10-17", Id: "one", Statement: [allow] }],
    ["lists where one value would do", policy({ Effect: "Deny", NotAction: ["a:b"], NotResource: ["*"], Sid: "s" })],
    ["anybody", policy({ ...allow, Principal: "*" })],
    ["principals by kind", policy({ ...allow, NotPrincipal: { AWS: ["1", "2"], Federated: "gitlab.com" } })],
    [
      "conditions with text, numbers, booleans and lists of them",
      policy({ ...allow, Condition: { Bool: { "aws:SecureTransport": true }, NumericEquals: { a: [1, "2"] } } }),
    ],
  ])("knows %s", (_name, document) => {
    expect(departureFromGrammar(document)).toBeNull();
  });

  it.each([
    ["The document", []],
    ["The document", null],
    ["Version", { Version: "2012-10-18", Statement: allow }],
    ["Id", { Id: 1, Statement: allow }],
    ["Statement", { Version: "2012-10-17" }],
    ["Statement", policy([])],
    ["Statement", policy("Allow")],
    ["Statement[1]", policy([allow, null])],
    ["Statement[0].Effect", policy([{ ...allow, Effect: "allow" }])],
    ["Statement.Effect", policy({ Action: "a:b" })],
    ["Statement.Sid", policy({ ...allow, Sid: null })],
    ["Statement.Action[1]", policy({ ...allow, Action: ["a:b", 1] })],
    ["Statement.Principal", policy({ ...allow, Principal: "everybody" })],
    ["Statement.Principal.AWS", policy({ ...allow, Principal: { AWS: {} } })],
    ["Statement.Condition", policy({ ...allow, Condition: [] })],
    ["Statement.Condition.StringEquals", policy({ ...allow, Condition: { StringEquals: "x" } })],
    ["Statement.Condition.StringEquals.a", policy({ ...allow, Condition: { StringEquals: { a: null } } })],
    ["Statement.Condition.StringEquals.a[0]", policy({ ...allow, Condition: { StringEquals: { a: [{}] } } })],
  ])("names %s where it is missing or wrong", (place, document) => {
    expect(departureFromGrammar(document)?.reason).toBe(`${place} is missing or not what IAM expects there.`);
  });

  it("names elements that IAM does not know", () => {
    expect(departureFromGrammar({ ...policy(allow), Statements: [], Note: "" })?.reason).toBe(
      'The document holds "Statements", "Note", which IAM does not know.',
    );
    expect(departureFromGrammar(policy([{ ...allow, resource: "*" }]))?.reason).toBe(
      'Statement[0] holds "resource", which IAM does not know.',
    );
  });

  it("names the deepest of several in a statement, and what stands before the statements first", () => {
    expect(
      departureFromGrammar(policy({ ...allow, Effect: "no", extra: 1, Condition: { Bool: { a: null } } }))?.reason,
    ).toBe("Statement.Condition.Bool.a is missing or not what IAM expects there.");
    expect(departureFromGrammar({ Version: 1, Statement: [{ Condition: { Bool: { a: null } } }] })?.reason).toBe(
      "Version is missing or not what IAM expects there.",
    );
  });
});
