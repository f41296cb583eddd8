import { describe, expect, it } from "vitest";
import { openTrust, safeTrust } from "@/lib/testing/policy-files";
import { readPolicySource } from "./policy-source";

const whole = JSON.parse(safeTrust) as object;

function taken(text: string) {
  const read = readPolicySource(text);
  if (!read.ok) throw new Error(read.reason);
  return read.source;
}

describe("the text of a policy", () => {
  it.each([
    ["bare", safeTrust, []],
    ["with blanks around", `  \n${safeTrust}\n\n`, []],
    ["URL-encoded, as IAM's API answers it", ` ${encodeURIComponent(safeTrust)}\n`, [/URL-encoded/]],
    [
      "in GetRole's answer",
      JSON.stringify({ Role: { AssumeRolePolicyDocument: whole } }),
      [/ \/Role\/AssumeRolePolicyDocument /],
    ],
    [
      "in one of ListRoles",
      JSON.stringify({ RoleName: "r", AssumeRolePolicyDocument: whole }),
      [/ \/AssumeRolePolicyDocument /],
    ],
    ["in GetRolePolicy's answer", JSON.stringify({ PolicyName: "p", PolicyDocument: whole }), [/ \/PolicyDocument /]],
    [
      "in GetPolicyVersion's answer",
      JSON.stringify({ PolicyVersion: { Document: whole } }),
      [/ \/PolicyVersion\/Document /],
    ],
    [
      "encoded in an answer",
      JSON.stringify({ Role: { AssumeRolePolicyDocument: encodeURIComponent(safeTrust) } }),
      [/ \/Role/, /URL-encoded/],
    ],
    ["as a text in JSON", JSON.stringify(safeTrust), [/JSON text/]],
  ])("is taken %s, and what was done is said", (_what, text, notes) => {
    const source = taken(text);
    expect(source.policy).toEqual(whole);
    expect(source.notes).toEqual(notes.map((note) => expect.stringMatching(note) as string));
  });

  it("is the document itself where it holds both a statement and an answer's member", () => {
    const both = JSON.stringify({ ...whole, PolicyDocument: whole });
    expect(readPolicySource(both)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('"PolicyDocument"') as string,
    });
  });

  it.each([
    ["nothing", " \n", "it is empty.", undefined],
    ["no JSON", '{"a":\n 1,}', "nothing follows this comma", [2, 3]],
    ["a number", "7", "The document is missing", [1, 1, ""]],
    [
      "another list",
      ' {"Role": {"AssumeRolePolicyDocument": []}}',
      "The document is missing",
      [1, 12, "/Role/AssumeRolePolicyDocument"],
    ],
    [
      "an element IAM does not know",
      openTrust.replace("Action", "Aktion"),
      '"Aktion", which IAM does not know',
      [9, 7, "/Statement/0/Aktion"],
    ],
    [
      "an element of another shape",
      openTrust.replace('"Allow"', "true"),
      "Statement[0].Effect is missing or not",
      [5, 7, "/Statement/0/Effect"],
    ],
    [
      "an element that is missing",
      openTrust.replace('"Effect": "Allow",', ""),
      "Statement[0].Effect is missing or not",
      [4, 5, "/Statement/0/Effect"],
    ],
    ["broken URL encoding", "%7B%ZZ", "a % stands before no code", [1, 1]],
    ["no JSON behind the encoding", "%7B%0A%22", "what it encodes is not JSON (line 2, column 1)", [1, 1]],
    ["no JSON behind it in an answer", '{"Role":\n{"AssumeRolePolicyDocument": "%7B"}}', "(line 1, column 2)", [2, 2]],
    ["no policy behind the encoding", "%7B%7D", "Statement is missing", [1, 1, "/Statement"]],
  ])("that is %s is refused, with its place", (_what, text, reason, place) => {
    const [line, column, pointer] = place ?? [];
    expect(readPolicySource(text)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason) as string,
      ...(place && { line, column }),
      ...(pointer !== undefined && { pointer }),
    });
  });
});

describe("places in a policy", () => {
  const text =
    '{"Role": {"AssumeRolePolicyDocument":\n {"Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow"}]}}}';

  it.each([
    ["", 1, 11],
    ["/Version", 2, 3],
    ["/Statement/0", 3, 17],
    ["/Statement/0/Effect", 3, 18],
    ["/Statement/0/Condition/StringLike", 3, 17],
    ["/Statement/5", 3, 3],
  ])("of %j is line %i, column %i: its own, or that of what is around it", (path, line, column) => {
    expect(taken(text).placeOf(path)).toEqual({ line, column });
  });

  it("are all the text's where it was encoded", () => {
    expect(
      taken(JSON.stringify({ AssumeRolePolicyDocument: encodeURIComponent(safeTrust) })).placeOf("/Statement"),
    ).toEqual({ line: 1, column: 2 });
  });

  it("tell which members are lost, by their place in the policy", () => {
    const twice =
      '{"Role": {"RoleName": "a", "RoleName": "b", "AssumeRolePolicyDocument": {"Statement": [{"Effect": "Deny", "Effect": "Allow"}]}}}';
    expect(taken(twice).lost).toEqual([{ path: "/Statement/0/Effect", lost: '"Deny"' }]);
  });
});
