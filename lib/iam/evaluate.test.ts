import fc from "fast-check";
import { describe, expect, it } from "vitest";
import permissionCases from "./cases/permissions.json";
import trustCases from "./cases/trust.json";
import type { AccessRequest, PresentedToken } from "./evaluate";
import { evaluatePermissions, evaluateTrust } from "./evaluate";
import { parsePolicy } from "./policy-schema";
import { likes } from "./policy-value";
import { conditionContext } from "./trust-context";

function policyOf(json: unknown) {
  const parsed = parsePolicy(JSON.stringify(json));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.policy;
}

describe("trust, as AWS and GitLab document it", () => {
  for (const { name, source, policy, token, verdict } of trustCases) {
    it(`${name} (${source})`, () =>
      expect(evaluateTrust(policyOf(policy), token as unknown as PresentedToken).verdict).toBe(verdict));
  }
});

describe("permissions, as AWS documents them", () => {
  for (const { name, source, policies, request, verdict } of permissionCases) {
    it(`${name} (${source})`, () =>
      expect(evaluatePermissions(policies.map(policyOf), request as unknown as AccessRequest).verdict).toBe(verdict));
  }
});

describe("the explanation", () => {
  it("shows what was expected and what the token presented", () => {
    const policy = policyOf({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Deploy",
          Effect: "Allow",
          Principal: { Federated: "p" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "gitlab.com:sub": "a" } },
        },
      ],
    });
    const { statements, why } = evaluateTrust(policy, {
      providerArn: "p",
      issuer: "https://gitlab.com",
      claims: { sub: "b" },
    });
    expect(statements).toEqual([
      {
        index: 0,
        sid: "Deploy",
        effect: "Allow",
        verdict: "does not match",
        untold: [],
        counterpartOk: true,
        actionOk: true,
        conditions: [
          {
            key: "gitlab.com:sub",
            operator: "StringEquals",
            expected: ["a"],
            presented: "b",
            ok: false,
            why: 'gitlab.com:sub is "b", which is not "a".',
          },
        ],
      },
    ]);
    expect(why).toContain('is not "a"');
  });
});

describe("condition keys", () => {
  const claims = {
    sub: "s",
    aud: "a",
    project_id: "1",
    namespace_id: "2",
    pipeline_source: "push",
    ref_protected: "true",
    runner_environment: "self-hosted",
    user_access_level: "owner",
    user_email: "e",
    user_id: "3",
    user_login: "l",
    environment: "production",
    ref: "main",
  };

  it("are the nine beside sub and aud on gitlab.com", () => {
    const names = [
      "sub",
      "aud",
      "oaud",
      "namespace_id",
      "project_id",
      "pipeline_source",
      "ref_protected",
      "runner_environment",
      "user_access_level",
      "user_email",
      "user_id",
      "user_login",
    ];
    expect(Object.keys(conditionContext("https://gitlab.com", claims)).sort()).toEqual(
      names.map((name) => `gitlab.com:${name}`).sort(),
    );
  });

  it("are sub and aud elsewhere", () => {
    expect(conditionContext("https://gitlab.example.com", claims)).toEqual({
      "gitlab.example.com:sub": "s",
      "gitlab.example.com:aud": "a",
      "gitlab.example.com:oaud": "a",
    });
    const corp = "gitlab.corp.example:8443/gitlab";
    expect(conditionContext(`https://${corp}`, claims)).toEqual({
      [`${corp}:sub`]: "s",
      [`${corp}:aud`]: "a",
      [`${corp}:oaud`]: "a",
    });
  });
});

describe("StringLike's wildcards", () => {
  const letters = fc
    .array(fc.constantFrom("a", "b", "/", ":", "*", "?", "."), { maxLength: 12 })
    .map((parts) => parts.join(""));
  const reference = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replace(/\./g, "\\.").replace(/\*+/g, ".*").replace(/\?/g, ".")}$`, "s").test(text);

  it("agree with a regular expression", () => {
    fc.assert(
      fc.property(letters, letters, (pattern, text) => likes(pattern, text) === reference(pattern, text)),
      { numRuns: 2000 },
    );
  });

  it("take no exponential time", () => expect(likes("*a".repeat(200), "a".repeat(199) + "b")).toBe(false));
});
