import type { Actor } from "@/lib/audit/model";
import { awsFailure } from "@/lib/aws/failure";
import type { AwsReader } from "@/lib/aws/reader";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { providerArn } from "@/lib/iam/arn";
import type { Snapshot } from "@/lib/plan/change";
import type { AwsFailure } from "@/lib/plan/failure";
import { isFresh, observe } from "./observation";
import type { ComparedRole } from "./read-compared";
import { readComparedRole } from "./read-compared";
import { recordAccountCheck } from "./record-account-check";
import { recordObservations } from "./record-drift";

interface CheckContext {
  actor: Actor;
  clock: Clock;
  /** GitLab's issuer, an https URL. */
  issuer: string;
  readerFor: (account: AwsAccount) => AwsReader;
}

/** Compares one role with AWS. The worker runs it; why AWS could not be read is kept with the account. */
export async function checkRole({ roleId }: { roleId: string }, context: CheckContext): Promise<void> {
  const role = await readComparedRole(database(), roleId);
  const lookedAt = context.clock.now();
  if (!role || isFresh(role.known.checkedAt, lookedAt)) return;
  const read = await readNow(role, role.account, context);
  if (!read.ok) return recordAccountCheck(role.account.id, { at: lookedAt, failure: read.failure });
  const provider = { arn: providerArn({ ...role.account, issuer: context.issuer }), held: read.snapshot.provider };
  await recordObservations([observe(role, read.snapshot.role, provider)], { ...context, lookedAt });
}

async function readNow(
  { name, document }: ComparedRole,
  account: AwsAccount,
  { issuer, readerFor }: CheckContext,
): Promise<{ ok: true; snapshot: Snapshot } | { ok: false; failure: AwsFailure }> {
  const { accountId, partition } = account;
  try {
    return {
      ok: true,
      snapshot: await readerFor(account).readSnapshot({
        accountId,
        partition,
        roleName: name,
        issuer,
        boundaryArn: document.boundaryArn,
      }),
    };
  } catch (error) {
    return { ok: false, failure: awsFailure(error) };
  }
}
