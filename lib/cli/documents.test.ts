import { describe, expect, it } from "vitest";
import { openTrust, projectText, runOver, safeTrust } from "@/lib/testing/policy-files";

async function withTrust(trust: string | Uint8Array) {
  return runOver({ "trust.json": trust }, "lint", "--trust", "trust.json");
}

describe("a trust", () => {
  const whole = JSON.parse(safeTrust) as object;

  it.each([
    ["as AWS's API answers it", encodeURIComponent(safeTrust), "URL-encoded"],
    [
      "as aws iam get-role answers it",
      JSON.stringify({ Role: { RoleName: "r", AssumeRolePolicyDocument: whole } }),
      "/Role/AssumeRolePolicyDocument",
    ],
    [
      "encoded in AWS's answer",
      JSON.stringify({ Role: { AssumeRolePolicyDocument: encodeURIComponent(safeTrust) } }),
      "URL-encoded",
    ],
    ["as a text in JSON", JSON.stringify({ AssumeRolePolicyDocument: safeTrust }), "JSON text"],
    ["with blanks around", `  \n${safeTrust}\n\n`, ""],
  ])("is taken %s, and that is said", async (_what, trust, note) => {
    const bare = await runOver({ "trust.json": safeTrust }, "lint", "trust.json");
    const { out, code } = await withTrust(trust);
    const [was, is] = [bare.out, out].map((line) => JSON.parse(line) as { grade: string; notes: string[] });
    expect([code, is?.grade]).toEqual([0, was?.grade]);
    expect(is?.notes.join()).toContain(note);
  });

  it("has its places inside AWS's answer", async () => {
    const text = `{"Role": {\n"AssumeRolePolicyDocument":\n{"Version": "2012-10-17", "Statement":\n [{"Effect": "Allow", "Effekt": 1}]}}}`;
    expect(await withTrust(text)).toMatchObject({
      code: 2,
      complaints: ['trust.json:4:23: Statement[0] holds "Effekt", which IAM does not know.'],
    });
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", " \n", /^trust\.json: it is empty/],
    ["no JSON", openTrust.replace(",\n", "\n"), /^trust\.json:3:3: this is not JSON: /],
    ["an invisible character", safeTrust.replace(",", ",\u2028"), /^trust\.json:1:\d+: .*U\+2028/],
    ["a byte order mark", `\ufeff${safeTrust}`, /^trust\.json:1:1: .*U\+FEFF/],
    ["a raw tab in a name", safeTrust.replace("main", "ma\tin"), /^trust\.json:1:\d+: .*U\+0009/],
    ["no policy", "[]", /^trust\.json:1:1: The document is missing or not what IAM expects there\./],
    ["an element of another shape", openTrust.replace('"Allow"', "true"), /^trust\.json:5:7: Statement\[0\]\.Effect /],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0]), /^trust\.json: .*UTF-16/],
    ["other bytes", new Uint8Array([0x7b, 0xff]), /^trust\.json: .*not UTF-8/],
    ["too many", new Uint8Array(4_000_001), /^trust\.json: .*4 MB/],
  ])("of %s is named with its place", async (_what, trust, sentence) => {
    const { code, out, complaints } = await withTrust(trust);
    expect([code, out, complaints]).toEqual([2, "", [expect.stringMatching(sentence)]]);
  });
});

describe("a project file", () => {
  it.each([
    ["no JSON", "{,", 'p.json:1:2: this is not JSON: here stands ",", where a member\'s name in quotes is wanted.'],
    ["a list", "[]", "p.json:1:1: A project file holds an object."],
    [
      "no project",
      '{"issuer": "https://gitlab.com"}',
      "p.json: /project: project is an object with path, id and namespaceId.",
    ],
    [
      "an issuer without scheme",
      '\n{"issuer": "gitlab.com"}',
      "p.json:2:2: /issuer: The issuer is a URL with https://.",
    ],
    [
      "a member twice",
      '{"issuer": "https://gitlab.com",\n"issuer": "x"}',
      "p.json:1:2: /issuer stands twice in one object.",
    ],
  ])("with %s is refused in words, with its place", async (_what, text, sentence) => {
    const names = ["--trust", "trust", "--project", "p.json"];
    const { code, out, complaints } = await runOver({ trust: safeTrust, "p.json": text }, "lint", ...names);
    expect([code, out, complaints]).toEqual([2, "", [sentence]]);
  });

  it("has its assumptions among the notes", async () => {
    const { out } = await runOver({ trust: safeTrust, p: projectText }, "lint", "trust", "--project", "p");
    expect(out).toContain("subject components are not given");
  });
});

describe("what is asked for", () => {
  it.each([
    ["no command", [], "trustdesk COMMAND"],
    ["another command", ["lnit"], "no such command"],
    ["a command of the language", ["toString"], "no such command"],
    ["lint of nothing", ["lint"], "lint needs --trust FILE"],
    ["evaluate of nothing", ["evaluate", "--token", "trust"], "evaluate needs --trust FILE"],
    ["evaluate of no token", ["evaluate", "--trust", "trust"], "evaluate needs --token FILE"],
    ["compare with nothing", ["compare", "--before", "trust"], "compare needs --after FILE"],
    ["compare of two with one", ["compare", "--before", "trust", "--before", "trust", "--after", "trust"], "as many"],
    ["no such option", ["lint", "--trsut", "trust"], "lint: there is no option --trsut"],
    ["an option without value", ["lint", "--trust"], "lint: the option --trust"],
    [
      "a format that is none",
      ["lint", "trust", "--format", "xml"],
      "--format takes json, text, sarif, gitlab-codequality",
    ],
    ["a grade that is none", ["lint", "trust", "--fail-on", "safe"], "--fail-on takes caution, dangerous"],
    [
      "audiences that are none",
      ["evaluate", "--trust", "trust", "--token", "t", "--provider-audiences", ","],
      "names no audience",
    ],
    ["a file that is not there", ["lint", "nowhere.json"], "nowhere.json: there is no such file."],
  ])("%s is refused in a sentence", async (_what, args, sentence) => {
    const { code, out, complaints } = await runOver({ trust: safeTrust }, ...args);
    expect([code, out, complaints]).toEqual([2, "", [expect.stringContaining(sentence)]]);
  });

  it.each(["evaluate", "lint", "compare"])("%s is explained, with its exit codes", async (command) => {
    const [own, asked] = [await runOver({}, command, "--help"), await runOver({}, "help", command)];
    expect([own.code, own.out]).toEqual([0, asked.out]);
    expect(own.out).toMatch(/Exit code: 0/);
  });
});

describe("compare", () => {
  const files = { a: safeTrust, b: openTrust, c: JSON.stringify(JSON.parse(safeTrust), null, 2) };

  it("calls two ways of writing one trust the same", async () => {
    const { out, code } = await runOver(files, "compare", "--before", "a", "--after", "c");
    expect([JSON.parse(out), code]).toEqual([
      expect.objectContaining({ before: "a", after: "c", same: true, admits: [], shutsOut: [] }),
      0,
    ]);
  });

  it("never calls two trusts the same that let in others", async () => {
    const { out, code } = await runOver(files, "compare", "--before", "a", "--after", "b");
    expect([(JSON.parse(out) as { same: boolean | null }).same, code]).not.toEqual([true, 0]);
  });

  it("says where a member stands twice, since the last one is compared", async () => {
    const twice = safeTrust.replace('"Effect"', '"Effect":"Deny","Effect"');
    const { out } = await runOver({ ...files, twice }, "compare", "--before", "a", "--after", "twice");
    expect(JSON.parse(out)).toMatchObject({
      same: true,
      notes: ["/Statement/0/Effect stands twice in twice: the last one was read, as AWS does."],
    });
  });

  it("compares pairs in their order, and goes on behind one that cannot be used", async () => {
    const pairs = [
      "--before",
      "a",
      "--before",
      "gone",
      "--before",
      "c",
      "--after",
      "c",
      "--after",
      "a",
      "--after",
      "a",
    ];
    const { out, code, complaints } = await runOver(files, "compare", ...pairs);
    expect([out.trim().split("\n").length, code, complaints]).toEqual([2, 2, ["gone: there is no such file."]]);
  });
});
