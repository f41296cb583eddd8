import { testAccount } from "@/lib/account/test-account";
import { applyPlan } from "@/lib/apply/apply-plan";
import { standsAtApply } from "@/lib/apply/stands-at-apply";
import type { Actor } from "@/lib/audit/model";
import { awsAccess } from "@/lib/aws/access";
import { accountRoles } from "@/lib/aws/account-roles";
import { accountProbe } from "@/lib/aws/probe";
import { awsReader } from "@/lib/aws/reader";
import { awsWriter } from "@/lib/aws/writer";
import type { Clock } from "@/lib/clock";
import { env } from "@/lib/env";
import type { JobContext, JobHandlers } from "@/lib/jobs/runner";
import { checkAccount } from "@/lib/role/check-account";
import { checkAccounts } from "@/lib/role/check-accounts";
import { checkRole } from "@/lib/role/check-role";
import { refreshSnapshot } from "@/lib/snapshot/refresh-snapshot";

/** After so many tries, some four minutes, AWS out of reach ends an apply as failed. */
const triesOfAnApply = 6;

/** Which verb does which job. */
export function handlers(clock: Clock): JobHandlers {
  return {
    "apply-request": (payload, job) =>
      applyPlan(payload, {
        actor: workerActor(job),
        clock,
        connect: (account, requestId) => {
          const access = awsAccess(account, { clock, purpose: requestId });
          return { reader: awsReader(access, clock), writer: awsWriter(access) };
        },
        stillStands: standsAtApply(clock),
        lastTry: job.lastAttempt || job.attempt >= triesOfAnApply,
      }),
    "read-snapshot": (payload) =>
      refreshSnapshot(payload, {
        clock,
        readerFor: (account) => awsReader(awsAccess(account, { clock, purpose: "snapshot" }), clock),
      }),
    "test-account": async (payload, job) => {
      await testAccount(payload, { actor: workerActor(job), clock, probe: accountProbe(clock) });
    },
    "check-accounts": () => checkAccounts({ clock }),
    "check-account": (payload, job) =>
      checkAccount(payload, {
        actor: workerActor(job),
        clock,
        issuer: env.gitlabIssuer,
        rolesOf: (account) => accountRoles(awsAccess(account, { clock, purpose: "check" })),
      }),
    "check-role": (payload, job) =>
      checkRole(payload, {
        actor: workerActor(job),
        clock,
        issuer: env.gitlabIssuer,
        readerFor: (account) => awsReader(awsAccess(account, { clock, purpose: "check" }), clock),
      }),
  };
}

function workerActor({ workerId }: JobContext): Actor {
  return { kind: "worker", workerId };
}
