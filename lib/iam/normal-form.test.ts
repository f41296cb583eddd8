import { describe, expect, it } from "vitest";
import { normalForm } from "./normal-form";
import type { RawPolicy, RawStatement } from "./policy-schema";
import { parseRawPolicy } from "./policy-schema";

const read: RawStatement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };

function policy(...statements: RawStatement[]): RawPolicy {
  return { Version: "2012-10-17", Statement: statements };
}

function parsed(source: string): RawPolicy {
  const result = parseRawPolicy(source);
  if (!result.ok) throw new Error(result.reason);
  return result.policy;
}

const both = ["s3:GetObject", "s3:PutObject"];
const turned = ["s3:PutObject", "s3:GetObject"];
const when = (Condition: NonNullable<RawStatement["Condition"]>) => policy({ ...read, Condition });

describe("permissions that are written otherwise", () => {
  it.each<[string, RawPolicy, RawPolicy]>([
    ["actions in another order", policy({ ...read, Action: both }), policy({ ...read, Action: turned })],
    ["an action in capitals", policy(read), policy({ ...read, Action: "S3:getobject" })],
    ["an action twice", policy(read), policy({ ...read, Action: ["s3:GetObject", "s3:getObject"] })],
    ["a list of one", policy(read), policy({ ...read, Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a/*"] })],
    ["one statement", policy(read), { Version: "2012-10-17", Statement: read }],
    [
      "statements in another order",
      policy(read, { ...read, Action: "s3:PutObject" }),
      policy({ ...read, Action: turned }),
    ],
    ["a Sid and an Id", policy(read), { ...policy({ ...read, Sid: "Read" }), Id: "p1" }],
    [
      "all but some actions, in another order",
      policy({ Effect: "Deny", NotAction: both, NotResource: ["arn:a", "arn:b"] }),
      policy({ Effect: "Deny", NotAction: ["S3:PutObject", "s3:GetObject"], NotResource: ["arn:b", "arn:a"] }),
    ],
    [
      "resources told apart",
      policy({ ...read, Resource: ["arn:a", "arn:b"] }),
      policy({ ...read, Resource: "arn:b" }, { ...read, Resource: "arn:a" }),
    ],
    ["the older version, without variables", policy(read), { Version: "2008-10-17", Statement: [read] }],
    ["no version, without variables", policy(read), { Statement: [read] }],
    [
      "conditions in another order and case",
      when({ StringLike: { "s3:prefix": ["b", "a"] }, Bool: { "aws:SecureTransport": true } }),
      when({ Bool: { "AWS:securetransport": "TRUE" }, StringLike: { "S3:Prefix": ["a", "b"] } }),
    ],
    [
      "numbers as text",
      when({ NumericLessThan: { "s3:max-keys": 10 } }),
      when({ NumericLessThan: { "s3:max-keys": "10" } }),
    ],
    [
      "characters escaped in JSON",
      parsed('{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::\\u0061\\/caf\\u00e9"}}'),
      parsed('{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/café"}}'),
    ],
  ])("have one normal form: %s", (_what, left, right) => expect(normalForm(left)).toBe(normalForm(right)));

  const variable: RawStatement = { ...read, Resource: "arn:aws:s3:::a/${aws:username}" };

  it.each<[string, RawPolicy, RawPolicy]>([
    ["the letter case of a resource", policy(read), policy({ ...read, Resource: "arn:aws:s3:::A/*" })],
    [
      "the letter case of a value",
      when({ StringLike: { "s3:prefix": "a" } }),
      when({ StringLike: { "s3:prefix": "A" } }),
    ],
    [
      "all but an action for that action",
      policy(read),
      policy({ Effect: "Allow", NotAction: "s3:GetObject", Resource: "*" }),
    ],
    ["all but an action, and all but another", policy(...not("a:B", "a:C")), policy(not(["a:B", "a:C"])[0] ?? read)],
    ["a Deny", policy(read), policy({ ...read, Effect: "Deny" })],
    ["a condition less", when({ Bool: { "aws:SecureTransport": true } }), policy(read)],
    ["the older version, with a variable", policy(variable), { Version: "2008-10-17", Statement: [variable] }],
    [
      "two crossed pairs",
      policy(of("a:B", "arn:x"), of("a:C", "arn:y")),
      policy(of("a:B", "arn:y"), of("a:C", "arn:x")),
    ],
  ])("do not where it may mean something else: %s", (_what, left, right) =>
    expect(normalForm(left)).not.toBe(normalForm(right)),
  );

  it("stays small where every action is about every resource", () => {
    const many = (name: string) => Array.from({ length: 400 }, (_, index) => `${name}${index}`);
    const large = { ...read, Action: many("s3:Get"), Resource: many("arn:") };
    const same = { ...large, Action: large.Action.toReversed(), Resource: large.Resource.toReversed() };
    expect(normalForm(policy(large))).toBe(normalForm(policy(same)));
    expect(normalForm(policy(large)).length).toBeLessThan(20_000);
  });
});

function of(action: string, resource: string): RawStatement {
  return { Effect: "Allow", Action: action, Resource: resource };
}

function not(...actions: (string | string[])[]): RawStatement[] {
  return actions.map((action) => ({ Effect: "Allow", NotAction: action, Resource: "*" }));
}
