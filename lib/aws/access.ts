import { IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Clock } from "@/lib/clock";
import { errorCode } from "./failure";
import { measured } from "./metrics";
import { withPatience } from "./retry";

/** What is needed to reach an account; rows of AwsAccount fit. */
export interface ReachableAccount {
  /** Twelve digits. */
  accountId: string;
  partition: string;
  region: string;
  /** Null: the worker's own identity is used. */
  spokeRoleArn: string | null;
  externalId: string | null;
}

/** Clients that act in one account. */
export interface AwsAccess {
  iam: IAMClient;
  sts: STSClient;
}

interface SpokeCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/** How long a call may take, in milliseconds: to be connected, and to be answered. An answer that is late counts as lost. */
const timeouts = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true } as const;
const renewBefore = 5 * 60_000;
const cache = new Map<string, SpokeCredentials>();

/**
 * Clients for an account: through the spoke role (sts:AssumeRole with ExternalId) or as the worker itself.
 * `purpose` becomes the session's name, `trustdesk-<purpose>`, so that CloudTrail tells which request acted.
 * Where AWS is comes from the SDK's own environment (AWS_ENDPOINT_URL_IAM, AWS_PROFILE, ...).
 */
export function awsAccess(account: ReachableAccount, { clock, purpose }: { clock: Clock; purpose: string }): AwsAccess {
  const settings = settingsIn(account.region);
  if (!account.spokeRoleArn) return { iam: measured(new IAMClient(settings)), sts: measured(new STSClient(settings)) };
  const name = sessionName(purpose);
  const credentials = () => spokeCredentials(account, name, clock);
  const access = {
    iam: measured(new IAMClient({ ...settings, credentials })),
    sts: measured(new STSClient({ ...settings, credentials })),
  };
  const forget = (error: unknown): never => forgetWhenStale(cacheKey(account, name), error);
  access.iam.middlewareStack.add((next) => (args) => next(args).catch(forget), {
    step: "initialize",
    name: "forgetWhenStale",
  });
  return access;
}

/** The worker's own identity, before any spoke role. */
export function ownIdentity(region: string): STSClient {
  return measured(new STSClient(settingsIn(region)));
}

/** One attempt each: the SDK would try a hard quota three times (LimitExceeded); withPatience repeats instead. */
function settingsIn(region: string) {
  return { region, maxAttempts: 1, requestHandler: timeouts };
}

/** Session names allow 2 to 64 of `[\w+=,.@-]` (STS AssumeRole). */
function sessionName(purpose: string): string {
  return `trustdesk-${purpose}`.replace(/[^\w+=,.@-]/g, "-").slice(0, 64);
}

async function spokeCredentials(account: ReachableAccount, name: string, clock: Clock): Promise<SpokeCredentials> {
  const key = cacheKey(account, name);
  const known = cache.get(key);
  const now = clock.now().getTime();
  if (known && known.expiration.getTime() - renewBefore > now) return known;
  for (const [other, value] of cache) if (value.expiration.getTime() <= now) cache.delete(other);
  const fresh = await assumeSpokeRole(account, name);
  cache.set(key, fresh);
  return fresh;
}

function cacheKey({ spokeRoleArn, externalId, region }: ReachableAccount, name: string): string {
  return JSON.stringify([spokeRoleArn, externalId, region, name]);
}

/** A session that AWS does not know any more (revoked, or its role made anew) is not kept until its time is up. */
function forgetWhenStale(key: string, error: unknown): never {
  if (["ExpiredToken", "InvalidClientTokenId"].includes(errorCode(error))) cache.delete(key);
  throw error;
}

async function assumeSpokeRole(account: ReachableAccount, name: string): Promise<SpokeCredentials> {
  const sts = ownIdentity(account.region);
  // One hour: role chaining allows no more (STS AssumeRole, "role chaining").
  const command = new AssumeRoleCommand({
    RoleArn: account.spokeRoleArn ?? undefined,
    RoleSessionName: name,
    ExternalId: account.externalId ?? undefined,
    DurationSeconds: 3600,
  });
  const { Credentials: given } = await withPatience(() => sts.send(command));
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration)
    throw new Error("STS AssumeRole answered without credentials");
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration,
  };
}
