import { expect, it } from "vitest";
import type { RawStatement } from "@/lib/iam/policy-schema";
import type { Side } from "./judge";
import { judge } from "./judge";

const place = { accountId: "111122223333", partition: "aws", issuer: "https://gitlab.com", audience: "a" };
const tokens: RawStatement = {
  Effect: "Allow",
  Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringLike: { "gitlab.com:sub": "project_path:acme/*" } },
};
const account: RawStatement = { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "sts:AssumeRole" };

function side(provider: Extract<Side, { document: unknown }>["provider"], ...Statement: RawStatement[]): Side {
  return { document: { trustPolicy: { Version: "2012-10-17", Statement }, inlinePolicies: {} }, provider };
}

function beyond(before: Side | null, after: Side) {
  const project = { id: 7301, path: "acme/shop" };
  const { beyond: told } = judge({ project, live: null, hidden: "GitLab hides it.", place, before, after });
  return told && { gained: told.gained.map(({ words }) => words), lost: told.lost.map(({ words }) => words) };
}

const ofAccount = "every principal of account 444455556666 that the account itself allows";
const someToken = expect.stringMatching(/, as project_path:acme\//) as string;

it("says who changes beside the refs, also where GitLab hides the project", () => {
  const after = side("as planned", tokens, account);
  expect(beyond(side("as planned", tokens), after)).toEqual({ gained: [ofAccount], lost: [] });
  expect(beyond(null, after)).toBeUndefined();
});

it("counts whom the account's provider kept out as newly let in, and nobody else", () => {
  const told = beyond(side(null, tokens, account), side("as planned", tokens, account));
  expect(told?.gained).toContainEqual(someToken);
  expect(told?.gained).not.toContain(ofAccount);
  expect(told?.lost).toEqual([]);
});

it("names whoever loses the role where it goes", () => {
  const told = beyond(side("as planned", tokens, account), { nobody: "the role goes" });
  expect(told?.lost).toEqual(expect.arrayContaining([someToken, ofAccount]));
  expect(told?.gained).toEqual([]);
});
