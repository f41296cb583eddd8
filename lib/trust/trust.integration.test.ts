import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import { fixedClock, systemClock } from "@/lib/clock";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import { compareInputSchema, evaluateInputSchema, lintInputSchema } from "./schema";

/** A private project of Oleg and Dora; Mona and Ada are not in it. */
const projectId = 90201;
const member = "dora";
const people = [member, "ada", "pia", "mona", "oleg"] as const;
const main = "project_path:acme/shop/web:ref_type:branch:ref:main";
const provider = "arn:aws:iam::777788889999:oidc-provider/gitlab.com";

let portal: Portal;
const sessions = new Map<string, string>();

beforeAll(async () => {
  portal = await startPortal();
  for (const username of people) sessions.set(username, (await portal.signIn(username)).sessionToken ?? "");
});
afterAll(() => portal.stop());

const as = (username: (typeof people)[number] | null, clock = systemClock, headers = new Headers()) =>
  portal.as(username === null ? null : (sessions.get(username) ?? ""), clock, headers).trust;

function trusting(sub: string | string[], operator = "StringEquals") {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { [operator]: { "gitlab.com:sub": sub, "gitlab.com:aud": "https://sts.amazonaws.com" } },
      },
    ],
  };
}

const claims = { iss: "https://gitlab.com", aud: "https://sts.amazonaws.com", sub: main, project_id: "90201" };
const signature = "c2VjcmV0LXNpZ25hdHVyZQ";
const jwt = (payload: object) =>
  ["{}", JSON.stringify(payload)].map((part) => Buffer.from(part).toString("base64url")).join(".") + `.${signature}`;

describe.each(people.slice(0, 3))("for %s", (who) => {
  it("a token is told in and out, as JWT and as claims", async () => {
    expect(await as(who).evaluate({ trust: trusting(main), token: jwt(claims) })).toMatchObject({ allowed: true });
    const other = { ...claims, sub: `${main}-2` };
    expect(await as(who).evaluate({ trust: JSON.stringify(trusting(main)), token: other })).toMatchObject({
      allowed: false,
    });
  });

  it("a provider that is not registered with the token's audience refuses it", async () => {
    const asked = { trust: trusting(main), token: claims, providerAudiences: ["https://gitlab.com"] };
    expect(await as(who).evaluate(asked)).toMatchObject({ allowed: false });
  });

  it("two trusts are compared by what they mean", async () => {
    const [statement] = trusting(main).Statement;
    expect(
      await as(who).compare({ before: trusting(main), after: { ...trusting(main), Statement: statement } }),
    ).toEqual({ same: true, admits: [], shutsOut: [], notes: [] });
    const { same, admits } = await as(who).compare({
      before: trusting(main),
      after: trusting(`${main}*`, "StringLike"),
    });
    expect([same, admits[0]?.claims.sub?.startsWith(main)]).toEqual([false, true]);
  });

  it("a project that is sent is linted by its own refs", async () => {
    const project = {
      issuer: "https://gitlab.com",
      project: { path: "acme/shop/web", id: 90201 },
      refs: ["branch main (protected)", "branch next"],
      protectedBranches: [{ name: "main", push: 40, merge: 40 } as const],
      protectedTags: [],
    };
    const report = await as(who).lint({ trust: trusting(main), project });
    expect(report.refs).toEqual([
      { ref: "main", type: "branch", answer: "in", when: null },
      { ref: "next", type: "branch", answer: "out", when: null },
    ]);
    expect(report.notes.join()).toContain("GitLab's default");
  });
});

describe("a project by its id", () => {
  it("is read as GitLab shows it to who may see its settings", async () => {
    const { refs } = await as("oleg").lint({ trust: trusting(main), projectId });
    expect(refs.filter(({ answer }) => answer === "in")).toEqual([
      { ref: "main", type: "branch", answer: "in", when: null },
    ]);
    expect(refs.length).toBeGreaterThan(1);
  });

  it("is untold to whom GitLab does not show how its subject is built", async () => {
    const report = await as(member).lint({ trust: trusting(main), projectId });
    expect(report).toMatchObject({ grade: "caution", untold: true, refs: [] });
    expect(report.notes.join()).toContain("subject");
  });

  it("is not found by somebody who is not in it, in the words for one that does not exist", async () => {
    const hidden = await refusalOf(as("mona").lint({ trust: trusting(main), projectId }));
    expect(hidden).toMatchObject({ status: 404, data: { field: "projectId" } });
    expect(await refusalOf(as("mona").lint({ trust: trusting(main), projectId: 1 }))).toEqual(hidden);
  });

  it("is not taken beside another one that is sent", async () => {
    const project = { issuer: "https://gitlab.com", project: { path: "a/b", id: 1 } };
    expect(await refusalOf(as(member).lint({ trust: trusting(main), projectId, project }))).toMatchObject({
      status: 400,
    });
  });
});

it("answers the examples of its description", async () => {
  const first = (schema: z.ZodType) => [schema.meta()?.["examples"]].flat()[0];
  const evaluated = await as(member).evaluate(evaluateInputSchema.parse(first(evaluateInputSchema)));
  const linted = await as(member).lint(lintInputSchema.parse(first(lintInputSchema)));
  const compared = await as(member).compare(compareInputSchema.parse(first(compareInputSchema)));
  expect([evaluated.allowed, linted.refs.map(({ answer }) => answer), compared.same]).toEqual([
    true,
    ["in", "out"],
    false,
  ]);
});

it("answers nobody who is not signed in", async () => {
  const trust = trusting(main);
  for (const call of [
    as(null).evaluate({ trust, token: claims }),
    as(null).lint({ trust }),
    as(null).compare({ before: trust, after: trust }),
  ])
    expect(await refusalOf(call)).toMatchObject({ status: 401 });
});

it("refuses a document that is larger than AWS takes, as text and as JSON", async () => {
  const long = { ...trusting(main), Id: "ü".repeat(131_072 / 2) };
  for (const trust of [long, JSON.stringify(long)])
    expect(await refusalOf(as(member).lint({ trust }))).toMatchObject({
      status: 400,
      message: expect.stringContaining("131,072 bytes"),
      data: { field: "trust" },
    });
});

it("refuses to compute with a trust that is longer than a role's can be, and still evaluates it", async () => {
  const subjects = Array.from({ length: 200 }, (_, index) => `${main}-${index}`);
  const long = trusting([main, ...subjects]);
  const refusal = { status: 400, message: expect.stringContaining("8,192"), data: { field: expect.any(String) } };
  expect(await refusalOf(as(member).lint({ trust: long }))).toMatchObject(refusal);
  expect(await refusalOf(as(member).compare({ before: trusting(main), after: long }))).toMatchObject(refusal);
  expect(await as(member).evaluate({ trust: long, token: claims })).toMatchObject({ allowed: true });
});

describe("what cannot be used is refused with its place:", () => {
  const broken = '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Perhaps" }]\n}';
  it.each([
    ["text", broken, { line: 3, column: 19, pointer: "/Statement/0/Effect" }],
    ["JSON", JSON.parse(broken), { line: null, column: null, pointer: "/Statement/0/Effect" }],
    ["no JSON at all", '{\n  "Version" }', { line: 2, column: 13, pointer: null }],
    [
      "AWS's answer around it",
      { Role: { AssumeRolePolicyDocument: JSON.parse(broken) } },
      { line: null, column: null, pointer: "/Role/AssumeRolePolicyDocument/Statement/0/Effect" },
    ],
  ])("%s", async (_how, permissions, place) => {
    const call = as(member).lint({ trust: trusting(main), permissions: [trusting(main), permissions] });
    expect(await refusalOf(call)).toMatchObject({
      status: 400,
      data: { field: "permissions.1", data: { kind: "not-read", ...place } },
    });
  });

  it("a project", async () => {
    const project = {
      issuer: "https://gitlab.com",
      project: { path: "a/b", id: 1 },
      protectedBranches: [{ push: 40 }],
    };
    expect(await refusalOf(as(member).lint({ trust: trusting(main), project }))).toMatchObject({
      status: 400,
      data: { field: "project", data: { kind: "not-read", pointer: "/protectedBranches/0/name" } },
    });
  });
});

it("neither repeats a token nor logs it, whatever is wrong with it", async () => {
  const { log } = await import("@/lib/log");
  const written = (["trace", "debug", "info", "warn", "error", "fatal"] as const).map((level) => vi.spyOn(log, level));
  const secret = "zq-only-in-the-token";
  const whole = jwt({ ...claims, user_email: secret });
  const said: unknown[] = [await as(member).evaluate({ trust: trusting(main), token: whole })];
  for (const token of [
    `Bearer ${whole}`,
    whole.slice(0, -signature.length - 1),
    `${whole}.${whole}`,
    `{"x":"${secret}"`,
    `["${secret}"]`,
  ])
    said.push(await refusalOf(as(member).evaluate({ trust: trusting(main), token })));
  const logged = written.flatMap((spy) => spy.mock.calls);
  for (const word of [secret, signature, whole.split(".")[1] ?? ""])
    expect(JSON.stringify([said, logged])).not.toContain(word);
  expect(said).toHaveLength(6);
});

it("answers sixty questions a minute, and then says when to come again", async () => {
  const minute = fixedClock(new Date(systemClock.now().getTime() + 5 * 60_000));
  const headers = new Headers();
  const ask = () => as("mona", minute, headers).evaluate({ trust: trusting(main), token: claims });
  for (let count = 0; count < 60; count += 1) await ask();
  expect(await refusalOf(ask())).toMatchObject({ status: 429 });
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
});

async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (answer) => expect.unreachable(`it was answered: ${JSON.stringify(answer)}`),
    ({ status, message, data }: { status?: number; message: string; data?: unknown }) => ({ status, message, data }),
  );
}
