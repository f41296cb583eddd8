import { describe, expect, it } from "vitest";
import { tokenReportSchema } from "@/lib/judgement/lint-schema";
import { claimsOf, openTrust, runOver, safeTrust, trustText } from "@/lib/testing/policy-files";

const base64url = (text: string) => Buffer.from(text).toString("base64url");
const jwt = (claims: unknown) => `${base64url('{"alg":"RS256"}')}.${base64url(JSON.stringify(claims))}.c2lnbmF0dXJl`;
const secret = jwt({ ...claimsOf("main"), user_email: "pia@example.com" });

async function asked(trust: string, token: string, ...more: string[]) {
  const { out, ...rest } = await runOver({ trust, token }, "evaluate", "--trust", "trust", "--token", "token", ...more);
  return { ...rest, out, lines: out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as object])) };
}

describe("evaluate", () => {
  it.each([
    ["allowed", safeTrust, claimsOf("main"), true, 0],
    ["denied", safeTrust, claimsOf("other"), false, 3],
    ["untold", trustText({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }), claimsOf("main"), null, 4],
    ["denied for a token of another GitLab", safeTrust, { ...claimsOf("main"), iss: "https://git.test" }, false, 3],
    [
      "untold where the token names roles",
      openTrust,
      { ...claimsOf("a"), "https://aws.amazon.com/roles": "r" },
      null,
      4,
    ],
  ])("answers %s, with its exit code and why", async (_what, trust, claims, allowed, code) => {
    const answer = await asked(trust, JSON.stringify(claims));
    expect(answer).toMatchObject({ code, complaints: [], lines: [{ allowed, trust: "trust", token: "token" }] });
    const { trust: _trust, token: _token, ...report } = { trust: "", token: "", ...answer.lines[0] };
    expect(tokenReportSchema.parse(report).explanation.length).toBeGreaterThan(0);
  });

  it.each([
    ["a JWT", secret],
    ["a JWT with white space around", `\n  ${secret}\n`],
    ["claims", JSON.stringify(claimsOf("main"))],
    ["claims without an issuer, where the trust has one", JSON.stringify({ ...claimsOf("main"), iss: undefined })],
  ])("takes %s", async (_what, token) => {
    expect(await asked(safeTrust, token)).toMatchObject({ code: 0, lines: [{ allowed: true }] });
  });

  it("says what it does not check, and what it takes for granted", async () => {
    const notes = async (...more: string[]) => JSON.stringify((await asked(safeTrust, secret, ...more)).lines);
    expect(await notes()).toMatch(/signature and its expiry.*not checked.*any audience counts/);
    expect(await notes("--provider-audiences", "https://gitlab.com")).not.toContain("any audience counts");
  });

  it.each([
    ["https://gitlab.com", 0],
    ["sts.amazonaws.com, https://gitlab.com", 0],
    ["sts.amazonaws.com", 3],
  ])("holds the token to the provider's audiences: %s", async (audiences, code) => {
    expect(await asked(safeTrust, secret, "--provider-audiences", audiences)).toMatchObject({ code });
  });

  it("asks every token about every trust, and ends with the worst", async () => {
    const files = { safe: safeTrust, open: openTrust, main: secret, x: JSON.stringify(claimsOf("x")) };
    const names = ["--trust", "safe", "--trust", "open", "--token", "main", "--token", "x"];
    const { out, code } = await runOver(files, "evaluate", ...names);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { allowed: boolean });
    expect([lines.map(({ allowed }) => allowed), code]).toEqual([[true, false, true, true], 3]);
  });
});

describe("a token that cannot be used", () => {
  const broken = { ...claimsOf("main"), user_email: "pia@example.com" };

  it.each([
    ["nothing", "", "empty"],
    ["a header", `Bearer ${secret}`, "Bearer"],
    ["a broken line", `${secret.slice(0, 50)}\n${secret.slice(50)}`, "white space"],
    ["no JSON inside", `e30.${base64url("pia@example.com")}.e30`, "not JSON"],
    ["claims that are no JSON", JSON.stringify(broken).slice(0, -5), "not JSON"],
  ])("is named with its file, and nothing of it: %s", async (_what, token, words) => {
    const { code, out, complaints } = await asked(safeTrust, token);
    expect([code, out]).toEqual([2, ""]);
    expect(complaints).toEqual([expect.stringMatching(/^token: /)]);
    expect(complaints.join()).toContain(words);
    expect(complaints.join()).not.toMatch(/eyJ|pia|acme|e30/);
  });

  it.each([
    ["in place of its file", ["--trust", "trust", "--token", secret]],
    ["in place of the trust's", ["--trust", secret, "--token", "token"]],
    ["behind an option", ["--trust", "trust", `--tokne=${secret}`]],
    ["behind no option", ["--trust", "trust", secret]],
    ["with its header", ["--trust", "trust", "--token", `Bearer ${secret}`]],
  ])("is never repeated: %s", async (_what, args) => {
    const { code, out, complaints } = await runOver({ trust: safeTrust, token: "" }, "evaluate", ...args);
    expect([code, out, complaints.length > 0]).toEqual([2, "", true]);
    expect(complaints.join()).not.toMatch(/eyJ/);
  });

  it("does not hide what the others say", async () => {
    const names = ["--trust", "trust", "--token", "bad", "--token", "good"];
    const { code, out, complaints } = await runOver({ trust: safeTrust, bad: "", good: secret }, "evaluate", ...names);
    expect([code, out.split("\n").length, complaints]).toEqual([2, 2, ["bad: it is empty."]]);
  });
});
