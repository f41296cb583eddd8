import { describe, expect, it } from "vitest";
import { drawsOf } from "@/lib/testing/random-patterns";
import { randomTrust, smallProvider, worldOfKeys } from "@/lib/testing/random-trusts";
import { compileTrust } from "./compiled";
import { evaluateTrust } from "./evaluate";

/** What a claim may be, beside one of the small world's texts. */
const odd: readonly unknown[] = [undefined, null, "", 1, true, ["a"], ["a", "b"], [], {}, "\u{1f600}", "a\u{1f600}"];

describe("a compiled trust", () => {
  it("says of each token what the evaluator says", () => {
    const draw = drawsOf(7);
    const pick = (values: readonly unknown[]) => (draw(6) === 0 ? odd[draw(odd.length)] : values[draw(values.length)]);
    const seen = { allowed: 0, denied: 0, undecided: 0 };
    for (let count = 0; count < 1500; count += 1) {
      const policy = randomTrust(draw);
      const call = {
        providerArn: smallProvider.arn,
        issuer: smallProvider.issuer,
        ...(draw(2) === 0 ? { at: smallProvider.at } : {}),
        ...(draw(3) === 0 ? { providerAudiences: ["a"] } : {}),
        ...(draw(3) === 0 ? { unknownKeys: ["gitlab.com:sub", "gitlab.com:project_id"] } : {}),
        ...(draw(3) === 0 ? { extra: { "aws:SourceIp": "10.0.0.1", "sts:RoleSessionName": "a" } } : {}),
        ...(draw(9) === 0 ? { action: "sts:TagSession" } : {}),
        ...(draw(20) === 0 ? { roleAccount: "000000000000" } : {}),
      };
      const compiled = compileTrust(policy, call);
      for (let tokens = 0; tokens < 4; tokens += 1) {
        const claims = Object.fromEntries(
          ["sub", "aud", "project_id", "ref_protected", ...(draw(5) === 0 ? ["azp"] : [])].map((claim) => [
            claim,
            pick(worldOfKeys[`gitlab.com:${claim}`] ?? ["a"]),
          ]),
        );
        const { verdict } = evaluateTrust(policy, { ...call, claims });
        if (compiled.verdict(claims) !== verdict) expect({ policy, call, claims, verdict }).toBeNull();
        seen[verdict] += 1;
      }
    }
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(50);
  });
});
