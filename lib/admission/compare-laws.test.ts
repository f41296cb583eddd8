import { describe, expect, it } from "vitest";
import { evaluateTrust } from "@/lib/iam/evaluate";
import { normalForm } from "@/lib/iam/normal-form";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import type { Draw } from "@/lib/testing/random-patterns";
import { drawsOf } from "@/lib/testing/random-patterns";
import { compareTrusts } from "./compare";

const arn = "arn:aws:iam::111122223333:oidc-provider/git.example.com";
const issuer = "https://git.example.com";
const subjects = ["a", "b", "ab", "ba", "aab", "abb", "c"];
const audiences = ["x", "y"];
const patterns = ["a", "ab", "a*", "*b", "a*b", "?", "*", "??", "c"];
const operators = ["StringEquals", "StringLike", "StringNotEquals", "StringNotLike"];

/** Every token over the few subjects and audiences. */
const tokens = subjects.flatMap((sub) => audiences.map((aud) => ({ sub, aud })));

function from<T>(draw: Draw, all: readonly T[]): T {
  const one = all[draw(all.length)];
  if (one === undefined) throw new Error("There is nothing to draw from.");
  return one;
}

function someOf<T>(draw: Draw, all: readonly T[]): T[] {
  return Array.from({ length: 1 + draw(3) }, () => from(draw, all));
}

function randomStatement(draw: Draw): PolicyStatement {
  const subject = { [from(draw, operators)]: { "git.example.com:sub": someOf(draw, patterns) } };
  const audience = { [from(draw, operators)]: { "git.example.com:aud": someOf(draw, audiences) } };
  return {
    Effect: draw(4) === 0 ? "Deny" : "Allow",
    Principal: { Federated: arn },
    Action: from(draw, ["sts:AssumeRoleWithWebIdentity", "sts:*", "sts:Assume*"]),
    Condition: draw(2) === 0 ? subject : { ...audience, ...subject },
  };
}

function randomTrust(draw: Draw): TrustPolicy {
  return { Version: "2012-10-17", Statement: Array.from({ length: 1 + draw(3) }, () => randomStatement(draw)) };
}

/** The same calls, written otherwise. */
function rewritten({ Version, Statement }: TrustPolicy): TrustPolicy {
  const statements = Statement.toReversed().map(({ Condition = {}, Action, ...rest }, index) => ({
    Sid: `S${index}`,
    Condition: Object.fromEntries(
      Object.entries(Condition)
        .toReversed()
        .map(([operator, keys]) => [
          operator,
          Object.fromEntries(Object.entries(keys).map(([key, all]) => [key.toUpperCase(), [all].flat().toReversed()])),
        ]),
    ),
    Action: [Action ?? ""].flat().map((action) => action.toUpperCase()),
    ...rest,
  }));
  return { Version, Statement: [...statements, ...statements.slice(0, 1)] };
}

function verdict(policy: TrustPolicy, claims: Record<string, unknown>, action?: string): string {
  return evaluateTrust(policy, { providerArn: arn, issuer, claims, ...(action && { action }) }).verdict;
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);

describe.each(seeds)("pairs of trusts by seed %i", (seed) => {
  const draw = drawsOf(seed);
  const pairs = Array.from({ length: 8 }, () => [randomTrust(draw), randomTrust(draw)] as const);

  it("are the same only where no token tells them apart, and else proven not to be", () => {
    for (const [before, after] of pairs) {
      const { same, admits, shutsOut, untold } = compareTrusts(before, after, { at: null });
      const apart = tokens.filter((token) => verdict(before, token) !== verdict(after, token));
      expect(untold).toEqual([]);
      if (apart.length > 0) expect(same).toBe(false);
      for (const { claims, action } of [...admits, ...shutsOut]) {
        const told = { aud: "x", sub: "zz", ...bare(claims) };
        expect([verdict(before, told, action), verdict(after, told, action)].sort()).toEqual(["allowed", "denied"]);
      }
      expect(same).toBe(admits.length + shutsOut.length === 0);
    }
  });

  it("are the same as themselves, however they are written", () => {
    for (const [before] of pairs) {
      expect(normalForm(rewritten(before))).toBe(normalForm(before));
      const more = { ...before, Statement: [...before.Statement, ...nobody] };
      expect(compareTrusts(before, rewritten(more), { at: null })).toMatchObject({
        same: true,
        admits: [],
        shutsOut: [],
      });
    }
  });
});

/** A statement that lets nobody in, and one that denies nobody. */
const nobody: PolicyStatement[] = [
  {
    Effect: "Allow",
    Principal: { Federated: arn },
    Action: "sts:*",
    Condition: { Null: { "git.example.com:sub": "true" } },
  },
  {
    Effect: "Deny",
    Principal: { Federated: arn },
    Action: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
];

function bare(claims: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([key, value]) => [key.replace("git.example.com:", ""), value]));
}
