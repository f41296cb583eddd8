import { evaluatePermissions } from "@/lib/iam/evaluate";
import type { PolicyDocument } from "@/lib/iam/policy-schema";
import { storedDocument } from "./documents";
import { AwsError, accessDenied } from "./errors";
import type { StoredRole, StoredSession, StoredUserKey } from "./state";
import type { World } from "./world";
import { accountOf, arnOfRole, managedPolicy } from "./world";

/** Who signed a request, with all that limits it. */
export interface Caller {
  accountId: string;
  /** As GetCallerIdentity shows it. */
  arn: string;
  userId: string;
  /** The user's, or the role's of a session: what `Principal.AWS` names. */
  principalArn: string;
  isSession: boolean;
  identityPolicies: PolicyDocument[];
  /** Null: none is set. An empty list: one that does not exist, and so allows nothing. */
  boundary: PolicyDocument[] | null;
  sessionPolicy: PolicyDocument | null;
}

export interface Credentials {
  secret: string;
  caller: Caller;
}

/** Who holds the key. Policies are read now, so that a change counts at once. Throws InvalidClientTokenId and ExpiredToken. */
export function findCredentials(world: World, accessKeyId: string, sessionToken: string | null): Credentials {
  const user = world.state.users[accessKeyId];
  if (user && sessionToken === null) return { secret: user.secret, caller: userCaller(user) };
  const session = world.state.sessions[accessKeyId];
  if (!session || session.token !== sessionToken) throw unknownKey();
  if (Date.parse(session.expires) <= world.now().getTime())
    throw new AwsError(403, "ExpiredToken", "The security token included in the request is expired");
  const role = world.state.accounts[session.accountId]?.roles[session.roleName.toLowerCase()];
  if (role?.id !== session.roleId) throw unknownKey();
  return { secret: session.secret, caller: sessionCaller(world, session, role) };
}

/** What a call is about, for the policies. */
export interface Access {
  action: string;
  resource: string;
  context?: Record<string, string | string[]>;
}

/**
 * Throws AccessDenied unless identity policies, boundary and session policy all allow the action. What they leave
 * undecided is refused and said on standard error: the sandbox must not guess.
 */
export function authorize(caller: Caller, { action, resource, context = {} }: Access): void {
  const request = {
    action,
    resource,
    context: {
      "aws:PrincipalArn": caller.principalArn,
      "aws:PrincipalAccount": caller.accountId,
      "aws:userid": caller.userId,
      "aws:SecureTransport": "false",
      ...context,
    },
  };
  const layers: [kind: string, policies: PolicyDocument[]][] = [["identity-based", caller.identityPolicies]];
  if (caller.boundary) layers.push(["permissions boundary", caller.boundary]);
  if (caller.sessionPolicy) layers.push(["session", [caller.sessionPolicy]]);
  for (const [kind, policies] of layers) {
    const { verdict, why } = evaluatePermissions(policies, request);
    if (verdict === "undecided")
      console.error(`SANDBOX: ${action} on ${resource} by ${caller.arn} is undecided, and so refused: ${why}`);
    if (verdict === "explicitDeny")
      throw accessDenied(caller.arn, action, resource, `with an explicit deny in ${article(kind)} ${policyWord(kind)}`);
    if (verdict !== "allowed")
      throw accessDenied(caller.arn, action, resource, `because no ${policyWord(kind)} allows the ${action} action`);
  }
}

/** A role's own policies: inline ones and the attached ones. */
function policiesOf(world: World, accountId: string, role: StoredRole): PolicyDocument[] {
  const account = accountOf(world, accountId);
  const attached = role.attached.flatMap((arn) => managedPolicy(account, arn)?.document ?? []);
  return [...Object.values(role.inline), ...attached].map(storedDocument);
}

function userCaller(user: StoredUserKey): Caller {
  const arn = `arn:aws:iam::${user.accountId}:user/${user.userName}`;
  return {
    accountId: user.accountId,
    arn,
    userId: user.userId,
    principalArn: arn,
    isSession: false,
    identityPolicies: user.policies.map(storedDocument),
    boundary: null,
    sessionPolicy: null,
  };
}

function sessionCaller(world: World, session: StoredSession, role: StoredRole): Caller {
  const account = accountOf(world, session.accountId);
  const boundary = role.boundary === null ? null : managedPolicy(account, role.boundary);
  return {
    accountId: account.id,
    arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${session.sessionName}`,
    userId: `${role.id}:${session.sessionName}`,
    principalArn: arnOfRole(account, role),
    isSession: true,
    identityPolicies: policiesOf(world, account.id, role),
    boundary: role.boundary === null ? null : boundary ? [storedDocument(boundary.document)] : [],
    sessionPolicy: session.policy === null ? null : storedDocument(session.policy),
  };
}

function unknownKey(): AwsError {
  return new AwsError(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
}

function article(kind: string): string {
  return kind.startsWith("i") ? "an" : "a";
}

function policyWord(kind: string): string {
  return kind === "permissions boundary" ? kind : `${kind} policy`;
}
