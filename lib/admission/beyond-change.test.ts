import { describe, expect, it } from "vitest";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { beyondChange } from "./beyond-change";

const arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const provider = { arn, issuer: "https://gitlab.com", audiences: null, at: null };
const project: MintingProject = {
  issuer: "https://gitlab.com",
  path: "acme/shop",
  id: "7301",
  namespaceId: "55",
  components: ["project_path", "ref_type", "ref"],
  refs: ["main", "a"].map((name) => ({ name, type: "branch", protected: name === "main" })),
  protectedBranches: [{ name: "main", push: 40, merge: 40 }],
  protectedTags: [],
  gitlabVersion: null,
  visibility: "private",
  forksRunInParent: false,
};

function trusting(subject: string | string[], more: Partial<PolicyStatement> = {}): PolicyStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: arn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringLike: { "gitlab.com:sub": subject } },
    ...more,
  };
}

const policy = (...Statement: PolicyStatement[]): TrustPolicy => ({ Version: "2012-10-17", Statement });
const branch = (name: string) => `project_path:acme/shop:ref_type:branch:ref:${name}`;
const account: PolicyStatement = { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "sts:AssumeRole" };
const main = policy(trusting(branch("main")));
const changed = (after: TrustPolicy, before = main) => beyondChange(before, after, project, provider);
const said = (list: { words: string }[]) => list.map(({ words }) => words);

describe("what a change does beside the refs that exist", () => {
  it("is nothing where only the writing changes", () => {
    expect(changed(policy(trusting([branch("main")], { Sid: "Main" })))).toEqual({ gained: [], lost: [] });
  });

  it("names a branch that somebody could make, and who, and no branch that exists", () => {
    const { gained, lost } = changed(policy(trusting(branch("*"))));
    expect(gained).toContainEqual({
      words: expect.stringMatching(
        /^a branch that does not exist yet.*, as project_path:acme\/shop:ref_type:branch:ref:(?!main$|a$)/,
      ) as string,
      who: "any Developer of acme/shop",
      when: null,
      sure: true,
    });
    expect(lost).toEqual([]);
  });

  it("names whoever else is let in or shut out, with the circumstance", () => {
    const behind = { ...account, Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } };
    const words = "every principal of account 444455556666 that the account itself allows";
    const when = "the call comes from 203.0.113.0/24";
    const both = policy(...main.Statement, behind);
    expect(changed(both)).toEqual({ gained: [{ words, who: words, when, sure: true }], lost: [] });
    expect(changed(main, both)).toEqual({ gained: [], lost: [{ words, who: words, when, sure: true }] });
  });

  it("names other projects", () => {
    expect(said(changed(policy(trusting("project_path:acme/*"))).gained)).toContainEqual(
      expect.stringMatching(/^another project of the same GitLab, as project_path:acme\//),
    );
    expect(said(changed(policy(trusting("project_path:acme/blog:*"))).gained)).toContainEqual(
      expect.stringMatching(/^acme\/blog, as project_path:acme\/blog:/),
    );
  });

  it("is but perhaps where that cannot be told", () => {
    const untold = trusting(branch("main"), {
      Condition: { StringLike: { "gitlab.com:sub": branch("*") }, StringSounds: { "gitlab.com:aud": "a" } },
    });
    const { gained } = changed(policy(...main.Statement, untold));
    expect(gained.length).toBeGreaterThan(0);
    expect(gained.filter(({ sure, when }) => sure || when === null)).toEqual([]);
  });

  it("says nothing of a provider of another account", () => {
    const elsewhere = { Federated: arn.replace("111122223333", "444455556666") };
    expect(changed(policy(...main.Statement, trusting("*", { Principal: elsewhere })))).toEqual({
      gained: [],
      lost: [],
    });
  });
});
