import { randomBytes } from "node:crypto";
import { checkPermissionPolicy, quotaLength } from "./documents";
import { AwsError } from "./errors";
import type { Parameters } from "./parameters";
import { checkText } from "./parameters";
import type { StoredAccount, StoredRole } from "./state";
import type { World } from "./world";
import { uniqueId } from "./world";
import type { XmlFields } from "./xml";

export interface SessionRequest {
  roleArn: string;
  sessionName: string;
  /** Seconds. */
  duration: number;
  policy: string | null;
}

const sessionPolicyQuota = 2048;

/** The parameters that both AssumeRole operations share. Throws ValidationError. */
export function sessionRequest(parameters: Parameters): SessionRequest {
  const roleArn = parameters.required("RoleArn");
  const sessionName = parameters.required("RoleSessionName");
  const policy = parameters.optional("Policy") ?? null;
  checkText(roleArn, "roleArn", { least: 20, most: 2048 });
  checkText(sessionName, "roleSessionName", { least: 2, most: 64, pattern: /^[\w+=,.@-]*$/ });
  if (policy !== null) checkPermissionPolicy(policy);
  if (policy !== null && quotaLength(policy) > sessionPolicyQuota)
    throw new AwsError(
      400,
      "PackedPolicyTooLarge",
      "Packed policy consumes more than 100% of allotted space, please use smaller policy.",
    );
  return {
    roleArn,
    sessionName,
    policy,
    duration: parameters.integer("DurationSeconds", { least: 900, most: 43_200, absent: 3600 }),
  };
}

/** The role of an ARN with its account, or null; the path counts. */
export function roleAt(world: World, roleArn: string): { account: StoredAccount; role: StoredRole } | null {
  const [, accountId = "", path = "", name = ""] =
    /^arn:aws:iam::(\d{12}):role(\/(?:.*\/)?)([^/]+)$/.exec(roleArn) ?? [];
  const account = world.state.accounts[accountId];
  const role = account?.roles[name.toLowerCase()];
  return account && role?.path === path && role.name === name ? { account, role } : null;
}

/** Makes the session's key, and notes that the role was used. Throws ValidationError for a duration beyond the role's. */
export function startSession(
  world: World,
  { account, role }: { account: StoredAccount; role: StoredRole },
  request: SessionRequest,
  region: string,
): XmlFields {
  if (request.duration > role.maxSession)
    throw new AwsError(
      400,
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  const now = world.now();
  const { sessions } = world.state;
  for (const [key, { expires }] of Object.entries(sessions))
    if (Date.parse(expires) < now.getTime() - 3_600_000) delete sessions[key];
  const accessKeyId = uniqueId("ASIA", 20);
  const secret = randomBytes(30).toString("base64");
  const token = randomBytes(96).toString("base64");
  const expires = new Date(now.getTime() + request.duration * 1000).toISOString().replace(/\.\d+Z$/, "Z");
  sessions[accessKeyId] = {
    secret,
    token,
    expires,
    accountId: account.id,
    roleName: role.name,
    roleId: role.id,
    sessionName: request.sessionName,
    policy: request.policy,
  };
  role.lastUsed = { at: now.toISOString(), region };
  world.changed();
  return {
    Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secret, SessionToken: token, Expiration: expires },
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${request.sessionName}`,
      Arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${request.sessionName}`,
    },
    ...(request.policy === null ? {} : { PackedPolicySize: 25 }),
  };
}
