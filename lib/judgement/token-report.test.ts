import { describe, expect, it } from "vitest";
import { claimsOf, openTrust, safeTrust, trustText } from "@/lib/testing/policy-files";
import { reportToken } from "./token-report";

const report = (trust: string, claims: Record<string, unknown>, providerAudiences: string[] | null = null) =>
  reportToken({ trust: JSON.parse(trust), claims, providerAudiences, at: new Date("2026-11-25T12:00:00Z") });
const main = claimsOf("main");
const elsewhere = (account: string) => openTrust.replaceAll("111122223333", account);
const secondAccount = (trust: string) =>
  trust.replace(/"(arn:aws:iam::)111122223333([^"]*)"/, '["$1111122223333$2", "$1444455556666$2"]');

describe("a token asked about a trust", () => {
  it.each<[string, string, Record<string, unknown>, boolean | null]>([
    ["gets in", safeTrust, main, true],
    ["does not get in from another branch", safeTrust, claimsOf("other"), false],
    ["is untold where the call decides", trustText({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }), main, null],
    ["does not get in from another GitLab", openTrust, { ...main, iss: "https://git.test" }, false],
    ["gets in by any account's provider, where one is named", elsewhere("444455556666"), main, true],
    ["gets in by two accounts' provider", secondAccount(openTrust), main, true],
    [
      "does not get in where the issuer's name stands for its provider",
      openTrust.replace("arn:aws:iam::111122223333:oidc-provider/", ""),
      main,
      false,
    ],
    [
      "gets in before the time is over",
      trustText({ DateLessThan: { "aws:CurrentTime": "2036-01-01T00:00:00Z" } }),
      main,
      true,
    ],
    ["does not get in after", trustText({ DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }), main, false],
    ["is refused without an audience", openTrust, { ...main, aud: undefined }, false],
    ["gets in with a list of one audience", openTrust, { ...main, aud: ["https://gitlab.com"] }, true],
    ["is refused with two and no azp", openTrust, { ...main, aud: ["https://gitlab.com", "b"] }, false],
    ["gets in with two and an azp", openTrust, { ...main, aud: ["a", "b"], azp: "https://gitlab.com" }, true],
    [
      "is untold where it names the roles that it is for",
      openTrust,
      { ...main, "https://aws.amazon.com/roles": "r" },
      null,
    ],
    ["stays out though it names roles", safeTrust, { ...claimsOf("x"), "https://aws.amazon.com/roles": "r" }, false],
  ])("%s", (_what, trust, claims, allowed) => {
    const { allowed: answer, explanation } = report(trust, claims);
    expect([answer, explanation.length > 0, explanation.every((one) => one.endsWith("."))]).toEqual([
      allowed,
      true,
      true,
    ]);
  });

  it("is explained statement by statement, with what does not fit", () => {
    const { explanation } = report(safeTrust.replace('"Effect"', '"Sid":"Main","Effect"'), claimsOf("other"));
    expect(explanation[1]).toMatch(
      /^Statement 1 "Main" \(Allow\) does not match: .*ref:other", which is not .*ref:main"\.$/,
    );
  });

  it.each([
    ["of another provider", { ...main, iss: "https://git.test" }, openTrust, "its principal is another"],
    ["for another action", main, openTrust.replace("WithWebIdentity", ""), "its action is another"],
    ["that is untold", main, trustText({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }), "(Allow) is undecided: "],
  ])("says of a statement %s what is wrong with it", (_what, claims, trust, words) => {
    expect(report(trust, claims).explanation.join(" ")).toContain(words);
  });

  it.each<[string, Record<string, unknown>, string[], boolean]>([
    ["aud", main, ["x", "https://gitlab.com"], true],
    ["aud", main, ["x"], false],
    ["azp before aud", { ...main, azp: "https://gitlab.com", aud: "x" }, ["https://gitlab.com"], true],
    ["azp before aud", { ...main, azp: "x" }, ["https://gitlab.com"], false],
  ])("is held to the provider's audiences by %s", (_what, claims, audiences, allowed) => {
    expect(report(openTrust, claims, audiences).allowed).toBe(allowed);
  });

  it("is noted as not checked, and what was assumed is noted", () => {
    expect(report(safeTrust, main, ["https://gitlab.com"]).notes).toEqual([
      "The token's signature and its expiry (exp, nbf) were not checked.",
    ]);
    expect(report(safeTrust, main).notes).toHaveLength(2);
    expect(report(secondAccount(openTrust), main, ["https://gitlab.com"]).notes).toEqual([
      expect.anything(),
      expect.stringContaining("several accounts"),
    ]);
  });

  it.each([
    ["absent", undefined],
    ["empty", ""],
    ["a number", 1],
  ])("is the trust's only issuer's where its own is %s, which is noted", (_what, iss) => {
    const { allowed, notes } = report(safeTrust, { ...main, iss });
    expect([allowed, notes.at(-1)]).toEqual([true, expect.stringContaining("taken as https://gitlab.com's")]);
  });

  it.each([
    [
      "two issuers",
      openTrust.replace(/"(arn:[^"]*gitlab\.com)"/, '["$1", "arn:aws:iam::111122223333:oidc-provider/git.test"]'),
    ],
    ["none", openTrust.replace(/"Federated": "[^"]*"/, '"AWS": "*"')],
  ])("without an issuer is out where the trust names %s", (_what, trust) => {
    expect(report(trust, { ...main, iss: undefined })).toMatchObject({
      allowed: false,
      explanation: [expect.stringContaining("no issuer")],
    });
  });
});
