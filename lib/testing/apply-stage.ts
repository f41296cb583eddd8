import type { AwsAccountView } from "@/lib/account/model";
import { applyPlan } from "@/lib/apply/apply-plan";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import type { RoleState } from "@/lib/plan/change";
import type { Goal } from "@/lib/plan/goal";
import { awsAccountInMemory, refusalOfAws } from "./aws-account";
import type { TestDatabase } from "./db";
import { testDatabase } from "./db";
import { firstDocument, requestInLine, wanted } from "./requests-in-line";
import { asWorker, playground, somebody } from "./role-requests";

/** What is asked for, with the role or the request that it is about. */
export interface Prepared {
  goal: Goal;
  roleId?: string;
  originId?: string;
}

/** A platform engineer and an account in memory, in which a worker applies what is in line; `aws` may be put back between tests. */
export interface ApplyStage {
  databases: TestDatabase;
  pia: SignedInPerson;
  account: AwsAccountView;
  aws: ReturnType<typeof awsAccountInMemory>;
  nextName(): string;
  /** Puts a request in line; answers its id. */
  inLine(prepared: Prepared): Promise<string>;
  /** Prepares the account, and asks; what the preparation called does not count. */
  ask(prepare: (stage: ApplyStage, name: string) => Promise<Prepared>): Promise<{ id: string; name: string }>;
  apply(requestId: string, workerId: string): Promise<void>;
  /** A role that Trustdesk made, as AWS holds it. */
  recordedRole(name: string): Promise<{ id: string; live: RoleState }>;
  /** The id of a request that made the role and one of its two policies, and then failed. */
  halfMade(name: string): Promise<string>;
  /** The process dies once, before or after so many calls. */
  dieAt(moment: { index: number; when: "before" | "after" }): void;
}

/** A new account and a new database; the caller drops the database. */
export async function applyStage(): Promise<ApplyStage> {
  const databases = await testDatabase();
  const pia = await somebody("pia", 11);
  const account = await playground(pia);
  let number = 0;
  const stage: ApplyStage = {
    databases,
    pia,
    account,
    aws: awsAccountInMemory(),
    nextName: () => `role-${(number += 1)}`,
    inLine: ({ goal, roleId, originId }) =>
      requestInLine(goal, {
        person: pia,
        account,
        reader: stage.aws.reader,
        roleId: roleId ?? null,
        originId: originId ?? null,
      }),
    ask: async (prepare) => {
      const name = stage.nextName();
      const id = await stage.inLine(await prepare(stage, name));
      stage.aws.held.calls.length = 0;
      return { id, name };
    },
    apply: (requestId, workerId) =>
      asWorker(databases, () =>
        applyPlan(
          { requestId },
          {
            actor: { kind: "worker", workerId },
            clock: systemClock,
            connect: () => stage.aws,
            stillStands: () => Promise.resolve({ ok: true }),
            lastTry: false,
          },
        ),
      ),
    recordedRole: (name) => recordedRole(stage, name),
    halfMade: (name) => halfMade(stage, name),
    dieAt: (moment) => dieAt(stage.aws, moment),
  };
  return stage;
}

/** A request's row, with its journal. */
export const withSteps = (id: string) =>
  database().roleRequest.findUniqueOrThrow({ where: { id }, include: { steps: { orderBy: { index: "asc" } } } });

async function recordedRole(stage: ApplyStage, name: string): Promise<{ id: string; live: RoleState }> {
  await stage.apply(
    await stage.inLine({ goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [] } }),
    "worker-0",
  );
  stage.aws.held.calls.length = 0;
  const live = stage.aws.held.roles.get(name);
  if (!live) throw new Error("The role was not made");
  return { id: (await database().role.findFirstOrThrow({ where: { name, removedAt: null } })).id, live };
}

async function halfMade(stage: ApplyStage, name: string): Promise<string> {
  const id = await stage.inLine({ goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [] } });
  stage.aws.held.around = (change, when) => {
    if (change.kind === "put-inline-policy" && change.policyName === "old" && when === "before")
      throw refusalOfAws("AccessDenied", 403);
  };
  await stage.apply(id, "worker-0");
  stage.aws.held.around = () => undefined;
  return id;
}

function dieAt(
  { held }: ReturnType<typeof awsAccountInMemory>,
  { index, when: at }: { index: number; when: "before" | "after" },
): void {
  let seen = -1;
  held.around = (_change, when) => {
    if (when === "before") seen += 1;
    if (when !== at || seen !== index) return;
    held.around = () => undefined;
    throw new Error("the process died");
  };
}
