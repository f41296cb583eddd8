import { describe, expect, it } from "vitest";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { trustPairs } from "@/lib/testing/trust-pairs";
import { trustDrift } from "./trust-drift";

const roleArn = "arn:aws:iam::111122223333:role/deploy";
const gitlab = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";

function trusting(subject: string | string[], operator = "StringEquals"): RawPolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: gitlab },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { [operator]: { "gitlab.com:sub": subject } },
      },
    ],
  };
}

function withMore(policy: RawPolicy, principal: Record<string, string>, action = "sts:AssumeRole"): RawPolicy {
  const statements = [policy.Statement].flat();
  return { ...policy, Statement: [...statements, { Effect: "Allow", Principal: principal, Action: action }] };
}

const branch = (name: string) => `project_path:acme/shop:ref_type:branch:ref:${name}`;
const main = trusting(branch("main"));
const drift = (theirs: RawPolicy, ours = main) => trustDrift(ours, theirs, roleArn);

describe("a trust that was written anew in AWS", () => {
  it.each(trustPairs)("is drift where $what makes a difference: $same", ({ before, after, same }) => {
    const sentence = trustDrift(before, after, roleArn);
    if (same === true) expect(sentence).toBeNull();
    else expect(sentence).toMatch(same === null ? /whether it still means the same cannot be told/ : /lets in/);
  });

  it("says whom it lets in now, and whom no longer", () => {
    expect(drift(trusting(branch("next")))).toBe(
      "The trust policy was changed in AWS: who may assume the role is not what was approved. It now also lets in branch next of acme/shop. It no longer lets in branch main of acme/shop.",
    );
    expect(drift(withMore(main, { AWS: "arn:aws:iam::444455556666:root" }))).toMatch(
      /It now also lets in every principal of account 444455556666 that the account itself allows\.$/,
    );
  });

  it("says that every project gets in, by one that no trust names", () => {
    expect(drift(trusting("*", "StringLike"))).toMatch(/It now also lets in .*another project of gitlab\.com, as /);
  });

  it("says when, of who gets in by circumstance", () => {
    const behind = withMore(main, { AWS: "444455556666" });
    const [first, second] = [behind.Statement].flat();
    if (!first || !second) throw new Error("There are two statements.");
    const condition = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    expect(drift({ ...behind, Statement: [first, { ...second, Condition: condition }] })).toMatch(
      /that the account itself allows, when the call comes from 203\.0\.113\.0\/24\.$/,
    );
  });

  it("names what else than assuming is let in", () => {
    expect(drift(withMore(main, { Federated: gitlab }, "sts:TagSession"))).toMatch(/ for sts:TagSession\.$/);
  });

  it("is the same where only a provider of another account is added: its tokens get nobody in", () => {
    const elsewhere = gitlab.replace("111122223333", "444455556666");
    expect(drift(withMore(main, { Federated: elsewhere }, "sts:AssumeRoleWithWebIdentity"))).toBeNull();
    const beside = gitlab.replace("gitlab.com", "git.example.com");
    expect(drift(withMore(main, { Federated: beside }, "sts:AssumeRoleWithWebIdentity"))).toMatch(
      /It now also lets in .*git\.example\.com/,
    );
  });
});
