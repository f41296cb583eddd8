import { randomBytes } from "node:crypto";
import type { JWK } from "jose";
import { AwsError, noSuchEntity } from "./errors";
import type { AwsState, StateFile, StoredAccount, StoredPolicy, StoredProvider, StoredRole } from "./state";

/** What the operations work with. */
export interface World {
  readonly state: AwsState;
  /** Says that the state changed. */
  changed(): void;
  now(): Date;
  /** How long STS does not see a change of a role or provider, in milliseconds. */
  propagationMs(): number;
  /** The keys at an issuer's URL; null: it cannot be reached. */
  issuerKeys(issuer: string): Promise<{ keys: JWK[] } | null>;
}

export function createWorld(file: StateFile, options: Omit<World, "state" | "changed">): World {
  return {
    ...options,
    changed: () => file.changed(),
    get state() {
      return file.state;
    },
  };
}

export function accountOf(world: World, accountId: string): StoredAccount {
  const account = world.state.accounts[accountId];
  if (!account)
    throw new AwsError(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
  return account;
}

/** The role of that name, whatever its case. Throws NoSuchEntity. */
export function roleNamed(account: StoredAccount, name: string): StoredRole {
  const role = account.roles[name.toLowerCase()];
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export function arnOfRole(account: StoredAccount, role: Pick<StoredRole, "path" | "name">): string {
  return `arn:aws:iam::${account.id}:role${role.path}${role.name}`;
}

/** The trust policy that STS sees now; null: it sees no role yet. */
export function trustSeenBySts(world: World, role: StoredRole): string | null {
  return isPropagated(world, role) ? role.trust : role.trustBefore;
}

/** The audiences that STS sees now; null: it sees no provider yet. */
export function audiencesSeenBySts(world: World, provider: StoredProvider): string[] | null {
  return isPropagated(world, provider) ? provider.audiences : provider.audiencesBefore;
}

function isPropagated(world: World, { changedAt }: { changedAt: number }): boolean {
  return world.now().getTime() >= changedAt + world.propagationMs();
}

/** The managed policy: the account's own, or one of AWS's that the sandbox knows; null when there is none. */
export function managedPolicy(account: StoredAccount, arn: string): StoredPolicy | null {
  return account.policies[arn] ?? awsManagedPolicies.find((policy) => policy.arn === arn) ?? null;
}

/** A unique id as IAM makes them: `AROA`, `ANPA`, `AIDA`, `ASIA` and capitals and digits, 21 characters. */
export function uniqueId(prefix: string, length = 21): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const rest = Array.from(randomBytes(length - prefix.length), (byte) => letters.charAt(byte % letters.length));
  return prefix + rest.join("");
}

function awsManaged(name: string, actions: string[]): StoredPolicy {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
  return {
    arn: `arn:aws:iam::aws:policy/${name}`,
    name,
    path: "/",
    id: `ANPA${name
      .toUpperCase()
      .replace(/[^A-Z]/g, "")
      .padEnd(17, "X")
      .slice(0, 17)}`,
    description: "",
    document: JSON.stringify(document),
    createdAt: "2015-02-06T18:39:46Z",
    tags: [],
  };
}

export const awsManagedPolicies: readonly StoredPolicy[] = [
  awsManaged("AdministratorAccess", ["*"]),
  awsManaged("AmazonS3FullAccess", ["s3:*", "s3-object-lambda:*"]),
  awsManaged("AmazonS3ReadOnlyAccess", [
    "s3:Get*",
    "s3:List*",
    "s3:Describe*",
    "s3-object-lambda:Get*",
    "s3-object-lambda:List*",
  ]),
];
