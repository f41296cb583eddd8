import { describe, expect, it } from "vitest";
import { claimsOf } from "@/lib/testing/policy-files";
import { readTokenText } from "./token-text";

const base64url = (text: string) => Buffer.from(text).toString("base64url");
const jwt = (claims: unknown) => `${base64url('{"alg":"RS256"}')}.${base64url(JSON.stringify(claims))}.c2lnbmF0dXJl`;
const claims = { ...claimsOf("müller/größe"), user_email: "pia@example.com" };
const token = jwt(claims);

describe("a token's text", () => {
  it.each([
    ["a JWT", token],
    ["a JWT with white space around", `\n  ${token}\r\n`],
    ["its claims", JSON.stringify(claims, null, 2)],
  ])("is %s", (_what, text) => expect(readTokenText(text)).toEqual({ ok: true, claims, notes: [] }));

  it("has the last of two equal claims, and says so without their values", () => {
    expect(readTokenText('{"sub": "pia", "sub": "oleg"}')).toEqual({
      ok: true,
      claims: { sub: "oleg" },
      notes: ["The claim at /sub stands twice; the last one was read."],
    });
  });

  it.each([
    ["nothing", " \n", "it is empty."],
    ["a header", `Bearer ${token}`, '"Bearer" is of the HTTP header, not of the token: take it away.'],
    [
      "two parts",
      token.split(".").slice(0, 2).join("."),
      "it is neither a JWT (three parts with dots between) nor claims as a JSON object.",
    ],
    [
      "a list",
      '["pia@example.com"]',
      "it is neither a JWT (three parts with dots between) nor claims as a JSON object.",
    ],
    ["five parts", `${token}.a.b`, "this is an encrypted token (five parts): its claims cannot be read."],
    ["a broken line", `${token.slice(0, 50)}\n${token.slice(50)}`, "the JWT is broken by white space: it is one line."],
    ["a first part of other letters", `=${token}`, "the JWT's first part is not base64url."],
    ["a second part of other letters", "e30.e/30.e30", "the JWT's second part is not base64url."],
    ["a third part that is missing", token.replace(/[^.]*$/, ""), "the JWT's third part is not base64url."],
    ["no base64 inside", "e30.A.e30", "the JWT's second part is no base64url of UTF-8."],
    [
      "no UTF-8 inside",
      `e30.${Buffer.from([0x7b, 0xff]).toString("base64url")}.e30`,
      "the JWT's second part is no base64url of UTF-8.",
    ],
    ["no JSON inside", `e30.${base64url("pia@example.com")}.e30`, "the JWT's claims are not JSON."],
    ["a list inside", jwt(["pia@example.com"]), "the JWT's claims are no JSON object."],
    ["null inside", jwt(null), "the JWT's claims are no JSON object."],
    ["a text inside", jwt("pia@example.com"), "the JWT's claims are no JSON object."],
    ["claims that are no JSON", JSON.stringify(claims).slice(0, -5), "the claims are not JSON."],
  ])("that is %s is refused in words that hold nothing of it", (_what, text, reason) => {
    expect(readTokenText(text)).toEqual({ ok: false, reason });
  });
});
