import { describe, expect, it } from "vitest";
import type { RawPolicy } from "../policy-schema";
import { templateOf, templates } from "./table";
import { between } from "./template";

const place = { partition: "aws", accountId: "111122223333", region: "eu-central-1" };
const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const filled: [string, Record<string, string>][] = [
  ["s3-deploy", { bucket: "site", prefix: "", kmsKey: "" }],
  ["s3-deploy", { bucket: "site", prefix: "web/", kmsKey: keyId }],
  ["ecr-push", { repository: "shop/web" }],
  ["ecr-push", { repository: "shop-1/web.app/x2-y" }],
  ["lambda-deploy", { function: "orders" }],
  ["terraform-state", { bucket: "state", key: "shop/web.tfstate", workspaces: "", kmsKey: "" }],
  ["terraform-state", { bucket: "state", key: "k", workspaces: "env:", kmsKey: keyId }],
  ["cloudfront-invalidation", { distribution: "EDFDVBD632BHDS5" }],
];

function built(id: string, values: Record<string, string>): RawPolicy {
  const template = templates.find((one) => one.id === id);
  if (!template) throw new Error(`No template ${id}`);
  return template.build(values, place);
}

/** The policy with every text `from` in it replaced. */
const changed = (policy: RawPolicy, from: string, to: string) =>
  JSON.parse(JSON.stringify(policy).replaceAll(from, to)) as RawPolicy;

describe("the template behind a policy", () => {
  it.each(filled)("%s %j is found again, with its values", (id, values) => {
    const found = templateOf(built(id, values), place);
    expect(found && [found.template.id, found.values]).toEqual([id, values]);
  });

  it.each(filled)("%s %j is none once anything of the policy is another", (id, values) => {
    const policy = built(id, values);
    expect(templateOf(changed(policy, '"Allow"', '"Deny"'), place)).toBeNull();
    expect(templateOf(changed(policy, '"Sid":"', '"Sid":"My'), place)).toBeNull();
    expect(templateOf(changed(policy, "arn:aws:", "arn:aws-cn:"), place)).toBeNull();
    expect(templateOf({ ...policy, Version: "2008-10-17" }, place)).toBeNull();
    expect(templateOf({ ...policy, Id: "mine" }, place)).toBeNull();
  });

  it.each<[string, Record<string, string>, string, string]>([
    ["s3-deploy", { bucket: "site", prefix: "", kmsKey: "" }, "arn:aws:s3:::site", "arn:aws:s3:::Si_te"],
    ["s3-deploy", { bucket: "site", prefix: "web/", kmsKey: "" }, "web/", "web?/"],
    ["ecr-push", { repository: "web" }, "repository/web", "repository/*"],
    ["lambda-deploy", { function: "orders" }, "function:orders", "function:*"],
    ["terraform-state", { bucket: "state", key: "k.tf", workspaces: "", kmsKey: "" }, "k.tf", "*"],
    ["cloudfront-invalidation", { distribution: "EDFDVBD632BHDS5" }, "EDFDVBD632BHDS5", "*"],
    ["s3-deploy", { bucket: "site", prefix: "", kmsKey: keyId }, keyId, "*"],
  ])("%s is none with a value that its form would refuse: %j", (id, values, from, to) => {
    expect(templateOf(changed(built(id, values), from, to), place)).toBeNull();
  });

  it("is none for another account or region, where the policy names them", () => {
    const policy = built("ecr-push", { repository: "web" });
    expect(templateOf(policy, { ...place, accountId: "444455556666" })).toBeNull();
    expect(templateOf(policy, { ...place, region: "eu-west-1" })).toBeNull();
  });

  it("is none for a policy that nobody built", () => {
    const policy = { Version: "2012-10-17", Statement: { Effect: "Allow" as const, Action: "s3:*", Resource: "*" } };
    expect(templateOf(policy, place)).toBeNull();
  });
});

it.each<[string, string | undefined, string, string]>([
  ["a/", "a/b", "", "b"],
  ["a/", "a/b/c", "/c", "b"],
  ["a/", "a/", "", ""],
  ["ab", "aba", "ba", ""],
  ["a/", "x/b", "", ""],
  ["a/", "a/b", "/c", ""],
  ["a/", undefined, "", ""],
])("between %j, %j and %j stands %j", (start, text, end, expected) => expect(between(start, text, end)).toBe(expected));
