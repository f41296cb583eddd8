import { describe, expect, it } from "vitest";
import { evaluateTrust } from "@/lib/iam/evaluate";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";
import { trustPairs } from "@/lib/testing/trust-pairs";
import type { TrustChange } from "./compare";
import { compareTrusts } from "./compare";
import { naturalCalls } from "./natural";
import type { Witness } from "./witness";

const at = new Date("2026-11-25T12:00:00Z");

function compared(before: RawPolicy, after: RawPolicy): TrustChange {
  const policies = [readPolicy(before), readPolicy(after)] as const;
  const arns = [...new Set(policies.flatMap(trustedProviders))];
  const natural = arns.flatMap((arn) =>
    naturalCalls(policies, { arn, issuer: issuerOfProvider(arn) ?? "", audiences: null, at }),
  );
  return compareTrusts(...policies, { at, natural });
}

/** By the evaluator, which knows nothing of the sets; only of web identities. */
function verdictOf(policy: RawPolicy, { principal, action, claims }: Witness): string | null {
  const issuer = issuerOfProvider(principal);
  if (issuer === null) return null;
  const prefix = `${issuer.replace("https://", "")}:`;
  const told = Object.entries(claims).map(([key, value]): [string, string] => [key.replace(prefix, ""), value]);
  const ofToken = told.filter(([key]) => !key.includes(":"));
  const extra = Object.fromEntries(told.filter(([key]) => key.includes(":")));
  const token = { providerArn: principal, issuer, claims: Object.fromEntries(ofToken), action, extra, at };
  return evaluateTrust(readPolicy(policy), token).verdict;
}

describe.each(trustPairs)("$what", ({ before, after, same }) => {
  it(`is ${same === null ? "not told" : same ? "the same" : "another"}, in both directions`, () => {
    const there = compared(before, after);
    const back = compared(after, before);
    expect([there.same, back.same]).toEqual([same, same]);
    expect(there.admits.length + there.shutsOut.length > 0).toBe(same === false);
    expect(back.admits.map(({ words }) => words).sort()).toEqual(there.shutsOut.map(({ words }) => words).sort());
  });

  it("is proven by calls that the evaluator lets in by one of the two alone", () => {
    const { admits, shutsOut } = compared(before, after);
    for (const [found, by, notBy] of [
      [admits, after, before],
      [shutsOut, before, after],
    ] as const) {
      const verdicts = found.map((witness) => [verdictOf(by, witness), verdictOf(notBy, witness)]);
      expect(verdicts.filter(([is]) => is !== null)).toEqual(
        verdicts.filter(([is]) => is !== null).map(() => ["allowed", "denied"]),
      );
    }
  });
});
