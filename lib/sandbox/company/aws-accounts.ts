import { spokePolicy, spokeTrustPolicy, workerPolicy } from "@/lib/iam/portal-policy";
import type { AwsState, StoredAccount, StoredPolicy, StoredProvider } from "../aws/state";
import { hoursBefore, webIdentityTrust } from "./aws-documents";
import { role, s3Policy, withRoles } from "./aws-roles";
import { articleProject } from "./projects";

const hubAccountId = "999900001111";
const spokeTrust = spokeTrustPolicy({
  workerArn: `arn:aws:iam::${hubAccountId}:user/trustdesk-worker`,
  externalId: "trustdesk-demo",
});
const spokeArn = (accountId: string): string => `arn:aws:iam::${accountId}:role/trustdesk-spoke`;

/** The accounts, with the number of their admin's key. */
const awsAccounts = [
  { id: "111122223333", name: "prod", number: 1 },
  { id: "444455556666", name: "dev", number: 2 },
  { id: "777788889999", name: "playground", number: 3 },
] as const;

/** Keys for one's own look at the sandbox, e.g. with the `aws` command line. They open nothing but the sandbox. */
export const sandboxCredentials = {
  worker: { accessKeyId: "AKIASANDBOXWORKER001", secretAccessKey: "sandbox/worker/secret/key/0000000000000000" },
  admins: Object.fromEntries(
    awsAccounts.map(({ name, number }) => [
      name,
      {
        accessKeyId: `AKIASANDBOXADMIN${number}`,
        secretAccessKey: `sandbox/admin/secret/key/000000000000000${number}`,
      },
    ]),
  ) as Record<(typeof awsAccounts)[number]["name"], { accessKeyId: string; secretAccessKey: string }>,
};

/** AWS as the company has it: prod and dev with roles from before Trustdesk, playground empty, the worker in the hub. `issuer` is the one that Trustdesk may make a provider for. */
export function seededAws(now: Date, issuer: string): AwsState {
  const [prod, dev, playground] = awsAccounts;
  const accounts = [
    emptyAccount(hubAccountId, "acme-hub"),
    withSpoke(prodAccount(prod.id, now), now, issuer),
    withSpoke(devAccount(dev.id, now), now, issuer),
    withSpoke(emptyAccount(playground.id, "acme-playground"), now, issuer),
  ];
  return {
    accounts: Object.fromEntries(accounts.map((account) => [account.id, account])),
    users: seededUsers(),
    sessions: {},
    buckets: seededBuckets(now),
  };
}

function seededUsers(): AwsState["users"] {
  const { worker, admins } = sandboxCredentials;
  const allow = (Action: string, Resource: string): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
  const users: AwsState["users"] = {
    [worker.accessKeyId]: {
      secret: worker.secretAccessKey,
      accountId: hubAccountId,
      userName: "trustdesk-worker",
      userId: "AIDASANDBOXWORKER0001",
      policies: [JSON.stringify(workerPolicy(awsAccounts.map(({ id }) => spokeArn(id))))],
    },
  };
  for (const { id, name, number } of awsAccounts) {
    const { accessKeyId, secretAccessKey } = admins[name];
    users[accessKeyId] = {
      secret: secretAccessKey,
      accountId: id,
      userName: "admin",
      userId: `AIDASANDBOXADMIN0000${number}`,
      policies: [allow("*", "*")],
    };
  }
  return users;
}

function seededBuckets(now: Date): AwsState["buckets"] {
  const createdAt = hoursBefore(now, 24 * 400);
  return {
    "acme-prod-shop-assets": { accountId: awsAccounts[0].id, region: "eu-central-1", createdAt, objects: {} },
    "acme-dev-shop-assets": { accountId: awsAccounts[1].id, region: "eu-central-1", createdAt, objects: {} },
  };
}

function emptyAccount(id: string, alias: string): StoredAccount {
  return { id, alias, roles: {}, providers: {}, policies: {} };
}

/** The role that the worker assumes, with the smallest policy that Trustdesk documents; prod's asks for path and boundary. */
function withSpoke(account: StoredAccount, now: Date, issuer: string): StoredAccount {
  const guard =
    account.id === awsAccounts[0].id
      ? { path: "/gitlab/", boundaryArn: boundaryArn(account.id) }
      : { path: "/", boundaryArn: null };
  const policy = spokePolicy({
    partition: "aws",
    accountId: account.id,
    spokeRoleArn: spokeArn(account.id),
    issuer,
    ...guard,
  });
  return withRoles(account, [
    role(now, {
      name: "trustdesk-spoke",
      number: 1,
      ageDays: 30,
      usedDays: null,
      trust: spokeTrust,
      inline: { "trustdesk-spoke": policy },
      description: "Assumed by Trustdesk's worker",
    }),
  ]);
}

function prodAccount(id: string, now: Date): StoredAccount {
  const account = withGitlab(emptyAccount(id, "acme-prod"), now, ["https://gitlab.com"]);
  const trust = (condition: Record<string, Record<string, string>>): object => webIdentityTrust(id, condition);
  const roles = [
    role(now, {
      name: "shop-deploy",
      number: 11,
      ageDays: 700,
      usedDays: 0,
      trust: trust({ StringEquals: { "gitlab.com:aud": "https://gitlab.com" } }),
      inline: { deploy: s3Policy("acme-prod-shop-assets") },
      description: "Made by hand before AWS asked for a subject",
    }),
    role(now, {
      name: "acme-ci-shared",
      number: 12,
      ageDays: 520,
      usedDays: 2,
      trust: trust({
        StringEquals: { "gitlab.com:aud": "https://gitlab.com" },
        StringLike: { "gitlab.com:sub": "project_path:acme/*" },
      }),
      attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      description: "Every project of acme",
    }),
    role(now, {
      name: "loyalty-deploy",
      number: 13,
      ageDays: 610,
      usedDays: 210,
      trust: trust({
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub": "project_path:acme/shop/loyalty:ref_type:branch:ref:main",
          "gitlab.com:project_id": "90120",
        },
      }),
      inline: { deploy: s3Policy("acme-prod-shop-assets") },
      description: "For the first loyalty project, which was deleted",
    }),
  ];
  return withRoles(withBoundary(account, now), roles);
}

function devAccount(id: string, now: Date): StoredAccount {
  const account = withGitlab(emptyAccount(id, "acme-dev"), now, ["https://gitlab.com", "https://sts.amazonaws.com"]);
  const subject = (path: string): Record<string, Record<string, string>> => ({
    StringEquals: {
      "gitlab.com:aud": "https://gitlab.com",
      "gitlab.com:sub": `project_path:${path}:ref_type:branch:ref:main`,
    },
  });
  const roles = [
    role(now, {
      name: "nightly-backup",
      number: 21,
      ageDays: 800,
      usedDays: 371,
      trust: webIdentityTrust(id, subject("acme/data/exports")),
      inline: { backup: s3Policy("acme-dev-shop-assets") },
      description: "Nobody used it for a year",
    }),
    role(now, {
      name: "terraform-infra",
      number: 22,
      ageDays: 180,
      usedDays: 1,
      trust: webIdentityTrust(id, subject("acme/platform/infra")),
      inline: { state: s3Policy("acme-dev-shop-assets") },
      description: "Managed by Terraform",
      tags: [
        { Key: "ManagedBy", Value: "terraform" },
        { Key: "Repository", Value: "acme/platform/infra" },
      ],
    }),
    role(now, {
      name: "preview-environments",
      number: 23,
      ageDays: 90,
      usedDays: 4,
      trust: webIdentityTrust(id, {
        StringEquals: { "gitlab.com:aud": "https://gitlab.com" },
        StringLike: { "gitlab.com:sub": `project_path:${articleProject.path}:ref_type:branch:ref:*` },
      }),
      inline: { preview: s3Policy("acme-dev-shop-assets") },
      description: "Every branch of one project",
    }),
  ];
  return withRoles(withBoundary(account, now), roles);
}

function withGitlab(account: StoredAccount, now: Date, audiences: string[]): StoredAccount {
  const arn = `arn:aws:iam::${account.id}:oidc-provider/gitlab.com`;
  const provider: StoredProvider = {
    url: "gitlab.com",
    audiences,
    audiencesBefore: audiences,
    changedAt: 0,
    thumbprints: ["b3dd7606d2b5a8b4a13771dbecc9ee1cecafa38a"],
    tags: [],
    createdAt: hoursBefore(now, 24 * 820),
  };
  return { ...account, providers: { ...account.providers, [arn]: provider } };
}

/** What no pipeline's role may go beyond: everything but IAM, the organization and the account itself. */
function withBoundary(account: StoredAccount, now: Date): StoredAccount {
  const arn = boundaryArn(account.id);
  const document = {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Most", Effect: "Allow", Action: "*", Resource: "*" },
      { Sid: "NotItself", Effect: "Deny", Action: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    ],
  };
  const policy: StoredPolicy = {
    arn,
    name: "gitlab-ci-boundary",
    path: "/",
    id: `ANPASANDBOXBOUND${account.id.slice(0, 5)}`,
    description: "Boundary of all roles for GitLab pipelines",
    document: JSON.stringify(document),
    createdAt: hoursBefore(now, 24 * 500),
    tags: [],
  };
  return { ...account, policies: { ...account.policies, [arn]: policy } };
}

function boundaryArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:policy/gitlab-ci-boundary`;
}
