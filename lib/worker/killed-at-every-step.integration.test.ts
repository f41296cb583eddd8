import {
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AwsAccountView } from "@/lib/account/model";
import { applyPlan } from "@/lib/apply/apply-plan";
import { verifyAudit } from "@/lib/audit-log/read";
import { awsAccess } from "@/lib/aws/access";
import { awsReader } from "@/lib/aws/reader";
import { awsWriter } from "@/lib/aws/writer";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Goal } from "@/lib/plan/goal";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import {
  allowing,
  firstDocument,
  gitlabProvider,
  requestInLine,
  trusting,
  unwanted,
  wanted,
} from "@/lib/testing/requests-in-line";
import { asWorker, auditedActions, playground, somebody } from "@/lib/testing/role-requests";
import type { Stage } from "@/lib/testing/worker-on-sandbox";
import { settles, stateOf, workerOnSandbox } from "@/lib/testing/worker-on-sandbox";
import type { WorkerProcess } from "@/lib/testing/worker-process";

interface Prepared {
  goal: Goal;
  roleId?: string;
  originId?: string;
}

interface Scenario {
  what: string;
  prepare: (name: string) => Promise<Prepared>;
  /** The calls that change AWS, in order. */
  calls: string[];
  /** Steps that need no call. */
  unchanged?: number;
  /** The role's version afterwards; null where none is recorded any more. */
  version: number | null;
}

let stage: Stage;
let pia: SignedInPerson;
let account: AwsAccountView;
let admin: IAMClient;
let worker: WorkerProcess | null = null;
let number = 0;

beforeAll(async () => {
  stage = await workerOnSandbox();
  pia = await somebody("pia", 11);
  account = await playground(pia);
  admin = new IAMClient({
    region: "us-east-1",
    endpoint: stage.sandbox.awsUrl,
    credentials: sandboxCredentials.admins.playground,
  });
});

afterEach(async () => {
  await worker?.kill();
  worker = null;
  await stage.control("/reset", "POST", {});
});

afterAll(() => stage.stop());

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const firstWanted = (name: string) =>
  wanted({ ...firstDocument(name), attachedPolicies: [managed("AmazonS3ReadOnlyAccess")] });
const otherWanted = (name: string) =>
  wanted({
    ...firstDocument(name),
    trustPolicy: trusting("project_path:acme/web:ref:release"),
    description: "second",
    maxSessionSeconds: 7200,
    boundaryArn: managed("AmazonS3FullAccess"),
    tags: { "trustdesk:managed": "true", "trustdesk:owner": "dora" },
    inlinePolicies: { deploy: allowing("s3:*"), extra: allowing("ecr:*") },
    attachedPolicies: [managed("AmazonS3FullAccess")],
  });
const makeRole = ["CreateRole", "PutRolePolicy", "PutRolePolicy", "AttachRolePolicy"];
const clearRole = ["DetachRolePolicy", "DeleteRolePolicy", "DeleteRolePolicy", "DeleteRole"];

const scenarios: Scenario[] = [
  {
    what: "a new role",
    calls: ["CreateOpenIDConnectProvider", ...makeRole],
    version: 1,
    prepare: (name) => Promise.resolve({ goal: { kind: "create", desired: firstWanted(name), continues: [] } }),
  },
  {
    what: "a change of everything",
    unchanged: 1,
    version: 2,
    calls: [
      "TagRole",
      "PutRolePermissionsBoundary",
      "UpdateAssumeRolePolicy",
      "DetachRolePolicy",
      "PutRolePolicy",
      "PutRolePolicy",
      "DeleteRolePolicy",
      "AttachRolePolicy",
      "UpdateRole",
    ],
    prepare: async (name) => {
      const { id, recorded } = await recordedRole(name);
      return { goal: { kind: "edit", desired: otherWanted(name), ...recorded, continues: [] }, roleId: id };
    },
  },
  {
    what: "our version put back",
    calls: [
      "AddClientIDToOpenIDConnectProvider",
      "DeleteRolePermissionsBoundary",
      "UpdateAssumeRolePolicy",
      "PutRolePolicy",
    ],
    version: 2,
    prepare: async (name) => {
      const { id, recorded } = await recordedRole(name);
      await drift(name);
      return { goal: { kind: "restore", desired: firstWanted(name), ...recorded, continues: [] }, roleId: id };
    },
  },
  {
    what: "a removal with the provider",
    calls: [...clearRole, "DeleteOpenIDConnectProvider"],
    version: null,
    prepare: async (name) => {
      const { id, recorded } = await recordedRole(name);
      return { goal: { kind: "remove", ...unwanted(name, true), ...recorded, continues: [] }, roleId: id };
    },
  },
  {
    what: "the undo of a failed apply",
    calls: ["DeleteRolePolicy", "DeleteRolePolicy", "DeleteRole", "DeleteOpenIDConnectProvider"],
    version: null,
    prepare: async (name) => {
      const originId = await halfMade(name);
      return { goal: { kind: "undo", ...unwanted(name, true), continues: [originId] }, originId };
    },
  },
  {
    what: "another try that goes on with a half-made role",
    calls: ["AttachRolePolicy"],
    unchanged: 1,
    version: 1,
    prepare: async (name) => {
      const originId = await halfMade(name);
      return { goal: { kind: "create", desired: firstWanted(name), continues: [originId] }, originId };
    },
  },
];

describe("a worker killed with kill -9 before every call and after its effect", () => {
  it.each(scenarios)(
    "$what: others finish it without a duplicate, and the audit knows every change",
    async (scenario) => {
      const { id, name } = await ask(scenario);
      for (const action of new Set(scenario.calls)) {
        await killedAt(action, "hold-before");
        expect(await stateOf(id)).toBe("applying");
        await killedAt(action, "hold-after");
        expect(await stateOf(id)).toBe("applying");
      }
      worker = await stage.start();
      await settles(id, "applied");
      await expectDone(id, name, scenario);
    },
    600_000,
  );

  it("AWS's version taken over, which asks AWS and changes nothing there", async () => {
    const prepare = async (name: string): Promise<Prepared> => {
      const { id, recorded } = await recordedRole(name);
      await admin.send(new UpdateRoleCommand({ RoleName: name, Description: "theirs", MaxSessionDuration: 3600 }));
      const theirs = firstWanted(name);
      return {
        goal: {
          kind: "adopt",
          desired: { ...theirs, role: { ...theirs.role, description: "theirs" } },
          ours: theirs.role,
          ...recorded,
        },
        roleId: id,
      };
    };
    const scenario = { what: "adopt", prepare, calls: [], unchanged: 1, version: 2 };
    const { id, name } = await ask(scenario);
    await killedAt("GetRole", "hold-before");
    expect(await stateOf(id)).toBe("queued");
    await stage.control("/aws/faults", "POST", { kind: "hold-before", action: "GetRole", count: 2 });
    worker = await stage.start();
    await stage.isHeld("GetRole");
    await stage.control("/aws/holds/release", "POST", {});
    await expect.poll(() => stateOf(id)).toBe("applying");
    await stage.isHeld("GetRole");
    await dies();
    worker = await stage.start();
    await settles(id, "applied");
    await expectDone(id, name, scenario);
  });
});

/** Starts a worker, and kills it when its next `action` is held: before its effect, or with the effect done and the answer withheld. */
async function killedAt(action: string, kind: "hold-before" | "hold-after"): Promise<void> {
  await stage.control("/aws/faults", "POST", { kind, action });
  worker = await stage.start();
  await stage.isHeld(action);
  await dies();
}

async function dies(): Promise<void> {
  await worker?.kill();
  worker = null;
  await expect.poll(() => stage.control("/aws/holds")).toEqual([]);
  await stage.growOld();
}

/** Prepares the account, and asks; what the preparation called does not count. */
async function ask({ prepare }: Scenario): Promise<{ id: string; name: string }> {
  const name = `role-${(number += 1)}`;
  const id = await inLine(await prepare(name), name);
  await stage.control("/aws/calls", "DELETE");
  return { id, name };
}

async function inLine({ goal, roleId, originId }: Prepared, name: string): Promise<string> {
  return requestInLine(goal, {
    person: pia,
    account,
    reader: await stage.readerFor(account.id, name),
    roleId: roleId ?? null,
    originId: originId ?? null,
  });
}

/** Applies in this process: for what has to be there before. */
async function apply(requestId: string): Promise<void> {
  const connect: Parameters<typeof applyPlan>[1]["connect"] = (row) => {
    const access = awsAccess(row, { clock: systemClock, purpose: requestId });
    return { reader: awsReader(access, systemClock), writer: awsWriter(access) };
  };
  await asWorker(stage.databases, () =>
    applyPlan(
      { requestId },
      {
        actor: { kind: "worker", workerId: "before" },
        clock: systemClock,
        connect,
        stillStands: () => Promise.resolve({ ok: true }),
        lastTry: true,
      },
    ),
  );
}

/** A role that Trustdesk made. */
async function recordedRole(
  name: string,
): Promise<{ id: string; recorded: { uniqueId: string | null; baseVersion: number } }> {
  await apply(await inLine({ goal: { kind: "create", desired: firstWanted(name), continues: [] } }, name));
  const {
    id,
    uniqueId,
    version: baseVersion,
  } = await database().role.findFirstOrThrow({ where: { name, removedAt: null } });
  return { id, recorded: { uniqueId, baseVersion } };
}

/** The id of a request that made provider, role and inline policies, and then failed. */
async function halfMade(name: string): Promise<string> {
  const id = await inLine({ goal: { kind: "create", desired: firstWanted(name), continues: [] } }, name);
  await stage.control("/aws/faults", "POST", { kind: "deny", action: "AttachRolePolicy", count: 1 });
  await apply(id);
  expect(await stateOf(id)).toBe("failed");
  return id;
}

/** Somebody else changes the role and the provider in AWS. */
async function drift(RoleName: string): Promise<void> {
  await admin.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: gitlabProvider }));
  await admin.send(new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: ["another"] }));
  await admin.send(
    new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: managed("AmazonS3FullAccess") }),
  );
  await admin.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName,
      PolicyDocument: JSON.stringify(trusting("project_path:acme/evil:ref:main")),
    }),
  );
  await admin.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: "deploy", PolicyDocument: JSON.stringify(allowing("*")) }),
  );
}

/** Finished: every call once in AWS, each with its row in the journal and its entry in an audit that is whole, and the role recorded. */
async function expectDone(id: string, name: string, { calls, unchanged = 0, version }: Scenario): Promise<void> {
  expect(await stage.changesMade()).toEqual(calls);
  const steps = await database().applyStep.findMany({ where: { requestId: id }, orderBy: { index: "asc" } });
  expect(steps.map(({ state }) => state).sort()).toEqual([
    ...calls.map(() => "done"),
    ...new Array<string>(unchanged).fill("unchanged"),
  ]);
  const audited = await auditedActions(stage.databases, id);
  expect(audited.filter((action) => action === "apply-step-done")).toHaveLength(steps.length);
  expect(audited.filter((action) => action === "apply-started" || action === "apply-finished")).toEqual([
    "apply-started",
    "apply-finished",
  ]);
  expect(await verifyAudit()).toMatchObject({ ok: true });
  expect((await database().role.findFirst({ where: { name, removedAt: null } }))?.version ?? null).toBe(version);
}
