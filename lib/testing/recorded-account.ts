import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { database } from "@/lib/db/client";
import { asJson, fromJson } from "@/lib/db/json";
import type { RoleDocument } from "@/lib/plan/change";
import type { Difference } from "@/lib/plan/drift";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { startSandbox } from "@/lib/sandbox/start";
import { unjudged } from "@/lib/testing/judgements";
import { sqlAs, testDatabase } from "./db";
import { playground, somebody } from "./role-requests";

export const accountId = "777788889999";
/** An AWS managed policy that the sandbox has. */
export const managedPolicy = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
export const narrow = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: "*" }],
};
export const wide = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };

/** The provider that those roles trust, and its only audience. */
export const gitlabProvider = {
  arn: `arn:aws:iam::${accountId}:oidc-provider/gitlab.com`,
  audience: "https://sts.amazonaws.com",
};

/** A trust policy for one subject of gitlab.com. */
export function trustFor(subject: string) {
  const principal = { Federated: gitlabProvider.arn };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow" as const,
        Principal: principal,
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "gitlab.com:aud": gitlabProvider.audience, "gitlab.com:sub": subject } },
      },
    ],
  };
}

/** The document of a role as the tests record it. */
export function recordedDocument(name: string): RoleDocument {
  return {
    name,
    path: "/ci/",
    trustPolicy: trustFor("project_path:acme/web"),
    description: "Made by Trustdesk",
    maxSessionSeconds: 3600,
    boundaryArn: null,
    tags: { "trustdesk:managed": "true" },
    inlinePolicies: { deploy: narrow },
  };
}

/** The columns of such a role's row. */
export function recordedRow(
  name: string,
  { awsAccountId, ownerId, uniqueId }: { awsAccountId: string; ownerId: string; uniqueId: string },
) {
  return {
    instanceId: "gitlab.test",
    awsAccountId,
    name,
    path: "/ci/",
    arn: `arn:aws:iam::${accountId}:role/ci/${name}`,
    uniqueId,
    projectId: 7091,
    projectPath: "acme/web",
    ownerId,
    grade: "safe",
    version: 1,
  };
}

/** A sandbox's AWS account with an administrator at hand, and the database in which its roles are recorded. */
export async function recordedAccount() {
  const [databases, sandbox] = await Promise.all([testDatabase(), startSandbox({ services: 0, propagationMs: 0 })]);
  const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = sandboxCredentials.worker;
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_IAM: sandbox.awsUrl,
    AWS_ENDPOINT_URL_STS: sandbox.awsUrl,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
  });
  const admin = new IAMClient({
    region: "us-east-1",
    maxAttempts: 1,
    endpoint: sandbox.awsUrl,
    credentials: sandboxCredentials.admins.playground,
  });
  const pia = await somebody("pia", 11);
  const awsAccountId = (await playground(pia)).id;
  const control = async <T>(path: string, method = "GET", body?: unknown): Promise<T> => {
    const answer = await fetch(`${sandbox.gitlabUrl}/-/sandbox/control/aws${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const makeProvider = () =>
    admin.send(
      new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: [gitlabProvider.audience] }),
    );
  await makeProvider();
  const makeInAws = async (name: string, boundaryArn?: string): Promise<string> => {
    const { path, trustPolicy, description } = recordedDocument(name);
    const { Role: made } = await admin.send(
      new CreateRoleCommand({
        RoleName: name,
        Path: path,
        AssumeRolePolicyDocument: JSON.stringify(trustPolicy),
        Description: description,
        PermissionsBoundary: boundaryArn,
        Tags: [{ Key: "trustdesk:managed", Value: "true" }],
      }),
    );
    await admin.send(
      new PutRolePolicyCommand({ RoleName: name, PolicyName: "deploy", PolicyDocument: JSON.stringify(narrow) }),
    );
    return made?.RoleId ?? "";
  };
  const record = async (name: string, uniqueId: string, document = recordedDocument(name)): Promise<string> => {
    const version = { version: 1, document: asJson(document), judgement: asJson(unjudged), authorId: pia.id };
    return (
      await databases.prismaAs("worker").role.create({
        data: { ...recordedRow(name, { awsAccountId, ownerId: pia.id, uniqueId }), versions: { create: version } },
      })
    ).id;
  };
  return {
    databases,
    admin,
    awsAccountId,
    ownerId: pia.id,
    control,
    makeInAws,
    makeProvider,
    record,
    /** A role that AWS and Trustdesk hold alike. */
    role: async (name: string) => record(name, await makeInAws(name)),
    attach: (RoleName: string) => admin.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: managedPolicy })),
    removeProvider: () =>
      admin.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: gitlabProvider.arn })),
    removeFromAws: async (RoleName: string): Promise<void> => {
      for (const PolicyName of (await admin.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames ?? [])
        await admin.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await admin.send(new DeleteRoleCommand({ RoleName }));
    },
    stored: (id: string) => database().role.findUniqueOrThrow({ where: { id } }),
    sentencesOf: async (id: string): Promise<string[]> => {
      const { drift } = await database().role.findUniqueOrThrow({ where: { id } });
      return drift === null ? [] : fromJson<Difference[]>(drift).map(({ sentence }) => sentence);
    },
    /** The drift entries of the audit about a role, oldest first. */
    audited: (roleName: string) =>
      sqlAs<{ action: string; detail: string | null }>(
        databases.adminUrl,
        "SELECT action, detail FROM audit.entry WHERE role_name = $1 AND action LIKE 'drift-%' ORDER BY seq",
        [roleName],
      ),
    /** What AWS holds stays; everything that is recorded, asked for or queued goes. */
    forget: async (): Promise<void> => {
      await control("/faults", "DELETE");
      for (const table of [`"RoleRequest"`, `"Role"`, "graphile_worker._private_jobs"])
        await sqlAs(databases.adminUrl, `DELETE FROM ${table}`);
      await sqlAs(databases.adminUrl, `UPDATE "AwsAccount" SET "checkedAt" = NULL, "checkFailure" = NULL`);
    },
    stop: async (): Promise<void> => {
      await sandbox.stop();
      await databases.drop();
    },
  };
}
