import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountView, readAccountRow } from "@/lib/account/read";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { asJson } from "@/lib/db/json";
import type { Plan, RoleDocument, RoleState } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import { planFor } from "@/lib/plan/goal";
import { readRole, roleView } from "@/lib/role/read";
import { desiredRole, formGoal } from "@/lib/role-form/desired";
import { formOf } from "@/lib/role-form/form";
import type { RoleDraft } from "@/lib/role-form/schema";
import { readFreshSnapshot } from "@/lib/snapshot/read";
import { asShown } from "@/lib/testing/as-shown";
import { awsAccountInMemory } from "@/lib/testing/aws-account";
import { unjudged } from "@/lib/testing/judgements";
import { articleProject, issuer } from "@/lib/testing/role-requests";
import type { RoleStage } from "@/lib/testing/role-stage";
import { contextOf, refusal, roleStage, stored } from "@/lib/testing/role-stage";
import type { RecordedRole } from "./read-recorded-role";
import { readRecordedRole } from "./read-recorded-role";
import { submitRequest } from "./submit";

let stage: RoleStage;

beforeAll(async () => {
  stage = await roleStage();
});
afterAll(() => stage.databases.drop());
beforeEach(() => {
  stage.aws = awsAccountInMemory();
});

const provider = "arn:aws:iam::777788889999:oidc-provider/gitlab.com";
const subject = `project_path:${articleProject.path}:ref_type:branch:ref:main`;

/** Four statements and five policies, as hands have written them. */
const byHand = {
  trustPolicy: {
    Version: "2012-10-17",
    Id: "since-2019",
    Statement: [
      { Sid: "Ops", Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: ["sts:AssumeRole"] },
      {
        Principal: { Federated: [provider] },
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] },
          Bool: { "aws:SecureTransport": true },
          StringLike: { "gitlab.com:sub": [subject, "project_path:acme/*"] },
          StringEquals: { "gitlab.com:aud": ["https://sts.amazonaws.com"], "gitlab.com:project_id": 42 },
        },
      },
      { Sid: "NoNight", Effect: "Deny", NotPrincipal: { AWS: "111122223333" }, Action: "sts:*" },
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  },
  inlinePolicies: Object.fromEntries(
    ["deploy", "logs", "cache", "old", "9"].map((name) => [
      name,
      { Statement: { Effect: "Allow", NotAction: `${name}*:Get*`, Resource: ["*"] } },
    ]),
  ),
  attachedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
} satisfies Partial<RoleState> as Partial<RoleState>;

const held = (roleName: string): RoleState => {
  const role = stage.aws.held.roles.get(roleName);
  if (!role) throw new Error(`AWS holds no ${roleName}`);
  return role;
};

/** A role that was changed in AWS and then taken over as AWS held it. */
async function adoptedRole(): Promise<{ roleId: string; roleName: string }> {
  const { roleId, roleName } = await stage.recordedRole();
  Object.assign(held(roleName), structuredClone(byHand));
  const change = { kind: "adopt", roleId, justification: "It has grown." } as const;
  await stage.apply(await stage.send(change, stage.pia, roleName));
  return { roleId, roleName };
}

/** The form with which a change begins, with `changes` typed into it. */
async function typed(role: RecordedRole, changes: Partial<RoleDraft>): Promise<RoleDraft> {
  const account = accountView(await readAccountRow(database(), stage.account.id), 0);
  const { form } = formOf(role.document, { project: articleProject, account });
  const why = { justification: "The job takes longer.", ticketUrl: "" };
  return { ...form, projectId: role.projectId, awsAccountId: role.awsAccountId, ...why, ...changes };
}

/** What the browser shows for a draft: the plan, and its digest. */
async function shownPlan(role: RecordedRole, draft: RoleDraft): Promise<{ plan: Plan; digest: string }> {
  await stage.read(role.name, false);
  const subjectOfRead = { awsAccountId: stage.account.id, roleName: role.name, issuer, boundaryArn: draft.boundaryArn };
  const account = accountView(await readAccountRow(database(), stage.account.id), 0);
  const context = { project: articleProject, account, owner: stage.pia, recorded: role.document };
  const { desired } = desiredRole(draft, context);
  if (!desired) throw new Error("The draft is not whole");
  const snapshot = await readFreshSnapshot(database(), subjectOfRead, systemClock);
  const planned = planFor(formGoal(desired, role), snapshot);
  if (!planned.ok) throw new Error(planned.problems.map(({ reason }) => reason).join(" "));
  return { plan: planned.plan, digest: await planDigest(planned.plan) };
}

const recorded = (roleId: string) => readRecordedRole(database(), "gitlab.test", roleId);
const sent = (role: RecordedRole, draft: RoleDraft, digest: string) =>
  asShown((judgementDigest) =>
    submitRequest(
      { draft, planDigest: digest, judgementDigest, edit: { roleId: role.id, baseVersion: role.version } },
      contextOf(stage.pia),
    ),
  );

describe("a role that the form cannot hold as a whole", () => {
  it("gets another session length and keeps everything else as it was written", async () => {
    const { roleId, roleName } = await adoptedRole();
    const before = JSON.stringify({ ...held(roleName), maxSessionSeconds: 7200 });
    const role = await recorded(roleId);
    const draft = await typed(role, { maxSessionHours: 2 });
    const { plan, digest } = await shownPlan(role, draft);
    expect(plan.changes.map(({ kind }) => kind)).toEqual(["keep-provider", "update-role"]);
    const { id } = await sent(role, draft, digest);
    await stage.apply(id);
    expect((await stored(id)).state).toBe("applied");
    expect(JSON.stringify(held(roleName))).toBe(before);
    const { version, document } = await recorded(roleId);
    expect([version, document.maxSessionSeconds]).toEqual([3, 7200]);
    expect({ ...document, maxSessionSeconds: 3600 }).toEqual(role.document);
    expect(JSON.stringify(document.trustPolicy)).toBe(JSON.stringify(byHand.trustPolicy));
  });

  it("lets a ref in beside what it takes, in the statement that names this project and nowhere else", async () => {
    const { roleId, roleName } = await adoptedRole();
    const role = await recorded(roleId);
    const draft = await typed(role, {});
    const next = { ...draft, refs: [...draft.refs, { name: "dev", type: "branch" as const }] };
    const { digest } = await shownPlan(role, next);
    await stage.apply((await sent(role, next, digest)).id);
    const statements = structuredClone(byHand.trustPolicy?.Statement);
    const [, ours] = Array.isArray(statements) ? statements : [];
    const subjects = ours?.Condition?.["StringLike"]?.["gitlab.com:sub"];
    if (Array.isArray(subjects)) subjects.push(subject.replace(/main$/, "dev"));
    expect(JSON.stringify(held(roleName).trustPolicy)).toBe(
      JSON.stringify({ ...byHand.trustPolicy, Statement: statements }),
    );
    expect(held(roleName).inlinePolicies).toEqual(byHand.inlinePolicies);
  });

  it("takes no subject from a client that the recorded trust does not have", async () => {
    const { roleId } = await adoptedRole();
    const role = await recorded(roleId);
    const draft = await typed(role, {});
    const smuggled = { ...draft, otherSubjects: [...draft.otherSubjects, "*"] };
    expect(await refusal(sent(role, smuggled, "0".repeat(64)))).toMatchObject({
      code: "bad-input",
      message: expect.stringContaining("does not take the subject *") as string,
    });
  });
});

describe("a version that no request made", () => {
  const bare: RoleDocument = {
    name: "found",
    path: "/",
    trustPolicy: { Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" } },
    description: "",
    maxSessionSeconds: 5400,
    boundaryArn: null,
    tags: { "trustdesk:managed": "true" },
    inlinePolicies: {},
  };

  /** A role that AWS holds and that was recorded without anybody asking for it. */
  async function foundRole(): Promise<RecordedRole> {
    const document = { ...bare, name: stage.nextName() };
    const arn = `arn:aws:iam::777788889999:role/${document.name}`;
    const uniqueId = `AROAFOUND${document.name}`;
    stage.aws.held.roles.set(document.name, {
      ...structuredClone(document),
      arn,
      uniqueId,
      createdAt: "2020-01-01T00:00:00.000Z",
      lastUsedAt: null,
      attachedPolicies: [],
    });
    const { id } = await stage.databases.prismaAs("worker").role.create({
      data: {
        instanceId: "gitlab.test",
        awsAccountId: stage.account.id,
        name: document.name,
        path: "/",
        arn,
        uniqueId,
        projectId: articleProject.projectId,
        projectPath: articleProject.path,
        ownerId: stage.pia.id,
        grade: "danger",
        version: 1,
        versions: {
          create: { version: 1, document: asJson(document), judgement: asJson(unjudged), authorId: stage.pia.id },
        },
      },
    });
    return recorded(id);
  }

  it("is shown, and changed without anything chosen that it does not have", async () => {
    const role = await foundRole();
    const can = { ok: true } as const;
    const all = { edit: can, remove: can, restore: can, adopt: can, check: can };
    const view = await roleView(database(), await readRole(database(), "gitlab.test", role.id), { can: all, issuer });
    expect(view.versions[0]?.document).toEqual(role.document);
    const draft = await typed(role, { maxSessionHours: 2 });
    expect(draft).toMatchObject({ refs: [], permissions: { kind: "none" } });
    const { plan, digest } = await shownPlan(role, draft);
    expect(plan.changes.map(({ kind }) => kind)).toEqual(["update-role"]);
    await stage.apply((await sent(role, draft, digest)).id);
    expect(held(role.name)).toMatchObject({ ...role.document, maxSessionSeconds: 7200 });
  });

  it("is removed", async () => {
    const role = await foundRole();
    const change = {
      kind: "remove",
      roleId: role.id,
      removeProvider: false,
      justification: "Nobody needs it.",
    } as const;
    await stage.apply(await stage.send(change, stage.pia, role.name));
    expect(stage.aws.held.roles.has(role.name)).toBe(false);
    expect((await database().role.findUniqueOrThrow({ where: { id: role.id } })).removedAt).not.toBeNull();
  });
});
