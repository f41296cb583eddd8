import { readAccountRow } from "@/lib/account/read";
import type { Actor } from "@/lib/audit/model";
import type { AccountRoles, ListedRole } from "@/lib/aws/account-roles";
import { awsFailure, isRefusal } from "@/lib/aws/failure";
import { UnreadablePolicy } from "@/lib/aws/unreadable-policy";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { providerArn } from "@/lib/iam/arn";
import type { RoleSettings } from "@/lib/plan/change";
import type { LookedForProvider } from "@/lib/plan/drift";
import type { AwsFailure } from "@/lib/plan/failure";
import type { Observation } from "./observation";
import { observe } from "./observation";
import type { ComparedRole } from "./read-compared";
import { readComparedNames, readComparedRoles } from "./read-compared";
import { isCheckDue, recordAccountCheck } from "./record-account-check";
import { recordObservations } from "./record-drift";

interface CheckContext {
  actor: Actor;
  clock: Clock;
  /** GitLab's issuer, an https URL. */
  issuer: string;
  rolesOf: (account: AwsAccount) => AccountRoles;
}

interface Sweep extends CheckContext {
  account: AwsAccount;
  aws: AccountRoles;
  lookedAt: Date;
  settings: ReadonlyMap<string, RoleSettings>;
  provider: LookedForProvider | null;
}

/** So many missing roles are held in memory. */
const missingAtOnce = 100;

/** AWS could not be read to the end. */
class NotRead extends Error {
  readonly failure: AwsFailure;

  constructor(failure: AwsFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * Compares all recorded roles of an account with AWS, page by page, one call after another, and keeps when that was,
 * or why it could not be done. Does nothing when the account was looked at less than a quarter of an hour ago. When
 * a page cannot be read, what was compared until then stands, and no role is called gone.
 */
export async function checkAccount({ awsAccountId }: { awsAccountId: string }, context: CheckContext): Promise<void> {
  const account = await readAccountRow(database(), awsAccountId);
  const lookedAt = context.clock.now();
  if (!isCheckDue(account, lookedAt)) return;
  try {
    const unreadable = await sweep(account, lookedAt, context);
    await recordAccountCheck(awsAccountId, {
      at: lookedAt,
      failure: unreadable.length === 0 ? null : unreadableFailure(unreadable),
    });
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    await recordAccountCheck(awsAccountId, { at: lookedAt, failure: error.failure });
  }
}

/** Compares everything; answers which policies could not be read. */
async function sweep(account: AwsAccount, lookedAt: Date, context: CheckContext): Promise<string[]> {
  const recorded = await readComparedNames(database(), account.id);
  if (recorded.length === 0) return [];
  const names = new Set(recorded.map(({ name }) => name.toLowerCase()));
  const aws = context.rolesOf(account);
  const settings = await asked(() => aws.settings((lowerName) => names.has(lowerName)));
  const whole: Sweep = {
    ...context,
    account,
    aws,
    lookedAt,
    settings,
    provider: await lookForProvider(account, aws, context),
  };
  const seen = new Set<string>();
  const unreadable: string[] = [];
  const pages = aws.pages();
  for (let page = await asked(() => pages.next()); !page.done; page = await asked(() => pages.next())) {
    const listed = page.value.filter(({ name }) => names.has(name.toLowerCase()));
    const compared = await comparePage(whole, listed);
    listed.forEach(({ name }) => seen.add(name.toLowerCase()));
    unreadable.push(...compared.unreadable);
  }
  await recordMissing(
    whole,
    recorded.filter(({ name }) => !seen.has(name.toLowerCase())),
  );
  return unreadable;
}

/** Null where AWS does not let the worker read it: the roles are compared all the same. */
async function lookForProvider(
  account: AwsAccount,
  aws: AccountRoles,
  { issuer }: CheckContext,
): Promise<LookedForProvider | null> {
  const arn = providerArn({ ...account, issuer });
  try {
    return { arn, held: await aws.provider(arn) };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw new NotRead(awsFailure(error));
  }
}

async function comparePage(whole: Sweep, listed: readonly ListedRole[]): Promise<{ unreadable: string[] }> {
  const roles = await readComparedRoles(
    database(),
    whole.account.id,
    listed.map(({ name }) => name),
  );
  const byName = new Map(listed.map((one) => [one.name.toLowerCase(), one]));
  const observations: Observation[] = [];
  const unreadable: string[] = [];
  for (const role of roles) {
    const inAws = byName.get(role.name.toLowerCase());
    const live = inAws && stateIn(inAws, role, whole);
    if (!live) continue;
    if (live instanceof UnreadablePolicy) unreadable.push(live.which);
    else observations.push(observe(role, live, whole.provider));
  }
  await recordObservations(observations, whole);
  return { unreadable };
}

/** What a page says of a role, or which policy of it cannot be read. A role that ListRoles did not have yet is taken to have our settings. */
function stateIn(
  inAws: ListedRole,
  { name, document }: ComparedRole,
  { settings }: Sweep,
): ReturnType<ListedRole["state"]> | UnreadablePolicy {
  const { description, maxSessionSeconds } = document;
  try {
    return inAws.state(settings.get(name.toLowerCase()) ?? { description, maxSessionSeconds });
  } catch (error) {
    if (error instanceof UnreadablePolicy) return error;
    throw error;
  }
}

/** Each is asked for by name before it is called gone: a listing may lag behind, and pages may shift while they are read. */
async function recordMissing(whole: Sweep, missing: readonly { name: string }[]): Promise<void> {
  for (let from = 0; from < missing.length; from += missingAtOnce) {
    const gone: string[] = [];
    for (const { name } of missing.slice(from, from + missingAtOnce)) {
      if (!(await asked(() => whole.aws.holds(name)))) gone.push(name);
    }
    const roles = await readComparedRoles(database(), whole.account.id, gone);
    await recordObservations(
      roles.map((role) => observe(role, null, whole.provider)),
      whole,
    );
  }
}

async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new NotRead(awsFailure(error));
  }
}

function unreadableFailure(policies: readonly string[]): AwsFailure {
  return {
    code: "UnreadablePolicy",
    message: `AWS answered what is no policy: ${policies.join(", ")}.`,
    todo: "Look at these policies in the AWS console. All other roles were compared.",
    requestId: null,
  };
}
