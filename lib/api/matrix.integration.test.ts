import { isProcedure } from "@orpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountInputSchema } from "@/lib/account/schema";
import { recordChange } from "@/lib/audit/record-change";
import { fixedClock, systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { asJson } from "@/lib/db/json";
import { roleDraftSchema } from "@/lib/role-form/schema";
import { sqlAs } from "@/lib/testing/db";
import { saidNothing, unjudged } from "@/lib/testing/judgements";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import { router } from "./router";

const people = [
  "nobody",
  "expired session",
  "platform engineer",
  "project owner",
  "developer",
  "auditor",
  "Maintainer elsewhere",
  "blocked user",
  "expired membership",
] as const;
type Who = (typeof people)[number];
type Client = ReturnType<Portal["as"]>;

/** A private project of Oleg and Dora; Erik was a member, Mona and Ada never were. */
/** What somebody sends who has seen neither plan nor judgement. */
const unseen = { planDigest: "0".repeat(64), judgementDigest: "0".repeat(64) };
const projectId = 90201;
const projectPath = "acme/shop/web";
const secretWords = ["acme/shop", "shop-deploy"];
const readOnly =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::shop/*"}]}';
/** A minute's cache and an hour's projection are over. */
const later = fixedClock(new Date(systemClock.now().getTime() + 61 * 60_000));

let portal: Portal;
const sessions: Partial<Record<Who, string>> = {};
const ids = { account: "", request: "", role: "" };

/** One letter a person, in the order of `people`: what each gets. */
const status = { y: 200, "-": 401, f: 403, n: 404, c: 409, b: 400 } as const;
type Letter = keyof typeof status;

/** Every procedure: its call, and the answer to each person. */
const matrix: Record<string, [answers: string, call: (client: Client) => Promise<unknown>]> = {
  "identity.me": ["--yyyyy-y", (client) => client.identity.me()],
  "identity.counts": ["--yyyyy-y", (client) => client.identity.counts()],
  "projects.search": [
    "--yyyyy-y",
    (client) => client.projects.search({ query: projectPath, archived: false, limit: 100 }),
  ],
  "projects.groups": ["--yyyyy-y", (client) => client.projects.groups()],
  "projects.sync": ["--yyyyy-y", (client) => client.projects.sync()],
  "projects.get": ["--yyynn-n", (client) => client.projects.get({ projectId })],
  "projects.refs": ["--yyynn-n", (client) => client.projects.refs({ projectId })],
  "accounts.list": ["--yyyyy-y", (client) => client.accounts.list()],
  "accounts.choices": ["--yyyyy-y", (client) => client.accounts.choices()],
  "accounts.create": [
    "--yffff-f",
    (client) => client.accounts.create(accountInputSchema.parse({ accountId: "111122223333", name: "prod" })),
  ],
  "accounts.update": [
    "--yffff-f",
    (client) =>
      client.accounts.update({
        id: ids.account,
        ...accountInputSchema.parse({ accountId: "777788889999", name: "playground", namePrefix: "x-" }),
      }),
  ],
  "accounts.test": ["--yffff-f", (client) => client.accounts.test({ id: ids.account })],
  "requests.list": ["--yyyyy-y", (client) => client.requests.list({ limit: 100 })],
  "requests.get": ["--yyyyn-n", (client) => client.requests.get({ id: ids.request })],
  "requests.maySubmit": ["--yyynn-n", (client) => client.requests.maySubmit({ projectId })],
  "requests.submit": ["--ccfnn-n", (client) => client.requests.submit({ draft: draft(), ...unseen })],
  "requests.news": ["--yyyyy-y", (client) => client.requests.news()],
  "requests.planNow": ["--yyyyn-n", (client) => client.requests.planNow({ id: ids.request })],
  "requests.approve": ["--ffffn-n", (client) => client.requests.approve({ id: ids.request, ...unseen, reason: "" })],
  "requests.reject": ["--ffffn-n", (client) => client.requests.reject({ id: ids.request, reason: "no" })],
  "requests.withdraw": ["--ffffn-n", (client) => client.requests.withdraw({ id: ids.request })],
  "requests.previewChange": [
    "--yyfnn-n",
    (client) => client.requests.previewChange({ change: { kind: "restore", roleId: ids.role, justification: "" } }),
  ],
  "requests.submitChange": [
    "--ccfnn-n",
    (client) =>
      client.requests.submitChange({
        change: { kind: "restore", roleId: ids.role, justification: "x" },
        ...unseen,
      }),
  ],
  "requests.readDraft": ["--yyyyy-y", (client) => client.requests.readDraft({ projectId })],
  "requests.saveDraft": ["--yyyfy-y", (client) => client.requests.saveDraft({ projectId, draft: draft() })],
  "requests.discardDraft": ["--yyyyy-y", (client) => client.requests.discardDraft({ projectId })],
  "requests.snapshot": [
    "--yyffy-f",
    (client) =>
      client.requests.snapshot({
        awsAccountId: ids.account,
        roleName: "shop-deploy",
        boundaryArn: null,
        refresh: false,
      }),
  ],
  "requests.cancel": ["--yfffn-n", (client) => client.requests.cancel({ id: ids.request })],
  "roles.list": ["--yyyyy-y", (client) => client.roles.list({ query: "", limit: 100 })],
  "roles.get": ["--yyyyn-n", (client) => client.roles.get({ id: ids.role })],
  "roles.overview": ["--yyyyy-y", (client) => client.roles.overview()],
  "roles.check": ["--yyyyn-n", (client) => client.roles.check({ id: ids.role })],
  "audit.list": ["--yyyyy-y", (client) => client.audit.list({ limit: 200 })],
  "search.find": ["--yyyyy-y", (client) => client.search.find({ query: "shop" })],
  "trust.evaluate": [
    "--yyyyy-y",
    (client) => client.trust.evaluate({ trust: lettingIn("main"), token: { aud: "a", sub: "b" } }),
  ],
  "trust.lint": ["--yyynn-n", (client) => client.trust.lint({ trust: lettingIn("main"), projectId })],
  "trust.compare": [
    "--yyyyy-y",
    (client) => client.trust.compare({ before: lettingIn("main"), after: lettingIn("next") }),
  ],
  "audit.verify": ["--yffyf-f", (client) => client.audit.verify()],
};

beforeAll(async () => {
  portal = await startPortal();
  await control("/memberships", { username: "erik", source: projectPath, accessLevel: 40 });
  await control("/people/boris", { state: "active" });
  await signInAs({
    "platform engineer": "pia",
    developer: "dora",
    auditor: "ada",
    "Maintainer elsewhere": "mona",
    "blocked user": "boris",
    "expired membership": "erik",
    "project owner": "oleg",
    "expired session": "oleg",
  });
  await control("/memberships", { username: "erik", source: projectPath, accessLevel: 40, expiresAt: "2026-01-01" });
  await control("/people/boris", { state: "blocked" });
  await seed();
});
afterAll(() => portal.stop());

it("covers every procedure of the router", () => {
  expect(Object.keys(matrix).sort()).toEqual(procedures(router).sort());
});

// The platform engineer comes last: only that person's calls change what the others look at.
describe.each([...people].sort((a, b) => Number(a === "platform engineer") - Number(b === "platform engineer")))(
  "%s",
  (who) => {
    it.each(Object.entries(matrix))("%s", async (_name, [answers, call]) => {
      const before = await domainRows();
      const answer = await outcome(call(portal.as(sessions[who] ?? null, later)));
      expect(answer.status, JSON.stringify(answer.body)).toBe(status[answers.charAt(people.indexOf(who)) as Letter]);
      if (answer.status >= 400) expect(await domainRows()).toEqual(before);
      if (isStranger(who)) for (const word of secretWords) expect(JSON.stringify(answer.body)).not.toContain(word);
    });
  },
);

it("tells an owner that approval is needed, and a developer and an auditor why they may not ask", async () => {
  const may = (who: Who) => portal.as(sessions[who] ?? null, later).requests.maySubmit({ projectId });
  expect(await may("project owner")).toEqual({ ok: true, reason: null, rule: "approval" });
  expect(await may("platform engineer")).toEqual({ ok: true, reason: null, rule: "platform-engineer" });
  expect(await may("developer")).toMatchObject({
    ok: false,
    reason: expect.stringContaining("acme/platform-engineers"),
  });
  const refused = await outcome(portal.as(sessions.auditor ?? null, later).accounts.test({ id: ids.account }));
  expect(refused.body).toContain("Auditors read; they change nothing.");
});

it("names the field whose text holds a character that cannot be stored", async () => {
  const client = portal.as(sessions["platform engineer"] ?? null, later);
  const refused = await outcome(
    client.requests.saveDraft({ projectId, draft: { ...draft(), justification: "a\u0000b" } }),
  );
  expect([refused.status, refused.body]).toEqual([400, expect.stringContaining('"field":"justification"')]);
  await expect(
    client.requests.saveDraft({ projectId, draft: { ...draft(), justification: "typed as \\u0000" } }),
  ).resolves.toBeDefined();
  expect((await outcome(client.projects.search({ query: "a\u0000", archived: false, limit: 1 }))).status).toBe(400);
});

it("lets sixty writes a minute through, and says when to come again", async () => {
  const headers = new Headers();
  const minute = fixedClock(new Date(later.now().getTime() + 5 * 60_000));
  const write = () => outcome(portal.as(sessions.auditor ?? null, minute, headers).accounts.test({ id: ids.account }));
  for (let count = 0; count < 60; count += 1) expect((await write()).status).toBe(403);
  expect((await write()).status).toBe(429);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
});

function isStranger(who: Who): boolean {
  return !["platform engineer", "project owner", "developer", "auditor"].includes(who);
}

/** Names of all procedures, e.g. "projects.search". */
function procedures(part: object, path: string[] = []): string[] {
  return Object.entries(part).flatMap(([name, value]) =>
    isProcedure(value) ? [[...path, name].join(".")] : procedures(value as object, [...path, name]),
  );
}

async function outcome(call: Promise<unknown>): Promise<{ status: number; body: unknown }> {
  return call.then(
    (body) => ({ status: 200, body }),
    (error: { status?: number; message: string; data?: unknown }) => ({
      status: error.status ?? 500,
      body: `${error.message} ${JSON.stringify(error.data)}`,
    }),
  );
}

/** Everything that is domain state; a refused submit may add its own entry to the audit. */
async function domainRows(): Promise<unknown> {
  const tables = [
    "Person",
    "AwsAccount",
    "RoleRequest",
    "ApplyStep",
    "Role",
    "RoleVersion",
    "Draft",
    "AwsSnapshot",
  ].map((table) => `"${table}"`);
  const audit = "(SELECT seq, hash FROM audit.entry WHERE action <> 'role-request-refused')";
  const columns = [...tables, audit, "graphile_worker._private_jobs"].map(
    (source, index) => `(SELECT json_agg(r ORDER BY r::text) FROM ${source} r) AS rows_${index}`,
  );
  return sqlAs(portal.db.adminUrl, `SELECT ${columns.join(", ")}`);
}

/** A trust in one branch of a project that nobody here has. */
function lettingIn(branch: string) {
  return {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::777788889999:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { "gitlab.com:sub": `project_path:other/one:ref_type:branch:ref:${branch}` } },
    },
  };
}

async function signInAs(usernames: Partial<Record<Who, string>>): Promise<void> {
  for (const [who, username] of Object.entries(usernames)) {
    const { sessionToken, redirect } = await portal.signIn(username);
    expect(sessionToken, `${username} was led to ${redirect}`).not.toBeNull();
    sessions[who as Who] = sessionToken ?? "";
    await portal.as(sessionToken).projects.search({ query: "", archived: false, limit: 1 });
  }
  await portal.settled();
  const newest = await database().session.findFirstOrThrow({
    where: { user: { person: { username: "oleg" } } },
    orderBy: { expires: "desc" },
  });
  await database().session.update({ where: { id: newest.id }, data: { expires: systemClock.now() } });
}

function draft() {
  return roleDraftSchema.parse({
    projectId,
    awsAccountId: ids.account,
    roleName: "shop-deploy",
    refs: [{ name: "main", type: "branch" }],
    justification: "to deploy",
    permissions: { kind: "document", text: readOnly },
  });
}

async function seed(): Promise<void> {
  const db = portal.db.prismaAs("owner");
  const pia = await db.person.findFirstOrThrow({ where: { username: "pia" } });
  const account = await db.awsAccount.create({ data: { accountId: "777788889999", name: "playground" } });
  const plan = { accountId: account.accountId, roleArn: "arn:aws:iam::777788889999:role/shop-deploy", changes: [] };
  const trustPolicy = { Version: "2012-10-17", Statement: [] };
  const document = {
    name: "shop-deploy",
    path: "/",
    trustPolicy,
    description: "",
    maxSessionSeconds: 3600,
    boundaryArn: null,
    tags: {},
    inlinePolicies: {},
  };
  const goal = {
    kind: "create",
    continues: [],
    desired: {
      accountId: account.accountId,
      partition: "aws",
      issuer: "https://gitlab.com",
      audience: "https://sts.amazonaws.com",
      role: document,
    },
  };
  const common = { instanceId: pia.instanceId, awsAccountId: account.id, projectId, projectPath, grade: "safe" };
  const request = await db.roleRequest.create({
    data: {
      ...common,
      requesterId: pia.id,
      roleName: "shop-deploy",
      rolePath: "/",
      draft: draft(),
      plan,
      planDigest: "0".repeat(64),
      ...saidNothing,
      state: "queued",
      rule: "platform-engineer",
      createdAt: later.now(),
      goal,
    },
  });
  const role = await db.role.create({
    data: { ...common, name: "shop-deploy", path: "/", arn: plan.roleArn, ownerId: pia.id, version: 1 },
  });
  await db.roleVersion.create({
    data: {
      roleId: role.id,
      version: 1,
      requestId: request.id,
      document,
      judgement: asJson(unjudged),
      authorId: pia.id,
    },
  });
  Object.assign(ids, { account: account.id, request: request.id, role: role.id });
  await recordChange(
    { actor: { kind: "person", personId: pia.id, name: pia.name, username: pia.username }, clock: systemClock },
    () =>
      Promise.resolve({
        value: null,
        audit: {
          action: "role-request-submitted",
          projectId,
          projectPath,
          roleName: "shop-deploy",
          requestId: request.id,
          after: { plan, planDigest: "0".repeat(64), grade: "safe", rule: "platform-engineer" },
          detail: "to deploy",
        },
      }),
  );
}

async function control(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
