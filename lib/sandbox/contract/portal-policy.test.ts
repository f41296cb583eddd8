import type { IAMClient } from "@aws-sdk/client-iam";
import {
  AddClientIDToOpenIDConnectProviderCommand,
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listOf } from "@/lib/iam/policy-schema";
import type { PortalAccount } from "@/lib/iam/portal-policy";
import { managedTag, portalRequests, spokePolicy } from "@/lib/iam/portal-policy";
import type { AwsServer } from "./aws-client";
import {
  admins,
  gitlabProvider,
  goodTrust,
  iam,
  playground,
  prod,
  refusal,
  spoke,
  startAws,
  sts,
  worker,
} from "./aws-client";

const boundary = `arn:aws:iam::${prod}:policy/gitlab-ci-boundary`;
const bounded: PortalAccount = {
  partition: "aws",
  accountId: prod,
  spokeRoleArn: `arn:aws:iam::${prod}:role/trustdesk-spoke`,
  path: "/gitlab/",
  boundaryArn: boundary,
  issuer: "https://gitlab.com",
};
const unbounded: PortalAccount = {
  ...bounded,
  accountId: playground,
  spokeRoleArn: `arn:aws:iam::${playground}:role/trustdesk-spoke`,
  path: "/",
  boundaryArn: null,
};
const Tags = [{ Key: managedTag.key, Value: managedTag.value }];
const readOnly = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});
const policy = { PolicyName: "deploy", PolicyDocument: document };

let server: AwsServer;
beforeAll(async () => {
  server = await startAws();
});
afterAll(() => server.stop());
beforeEach(() => server.sandbox.reset());

type Step = [action: string, run: (client: IAMClient) => Promise<unknown>];

/** Every call that Trustdesk makes, in an order in which each finds what it needs. */
function everyOperation({ accountId, path, boundaryArn }: PortalAccount): Step[] {
  const RoleName = "shop-web";
  const OpenIDConnectProviderArn = gitlabProvider(accountId);
  const PermissionsBoundary = boundaryArn ?? readOnly;
  const trust = goodTrust(accountId);
  const unbounding: Step[] =
    boundaryArn === null
      ? [
          [
            "DeleteRolePermissionsBoundary",
            (client) => client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
          ],
        ]
      : [];
  return [
    [
      "DeleteOpenIDConnectProvider",
      (client) => client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
    ],
    [
      "CreateOpenIDConnectProvider",
      (client) =>
        client.send(
          new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com", ClientIDList: ["https://gitlab.com"] }),
        ),
    ],
    [
      "AddClientIDToOpenIDConnectProvider",
      (client) =>
        client.send(
          new AddClientIDToOpenIDConnectProviderCommand({
            OpenIDConnectProviderArn,
            ClientID: "https://sts.amazonaws.com",
          }),
        ),
    ],
    [
      "GetOpenIDConnectProvider",
      (client) => client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
    ],
    [
      "CreateRole",
      (client) =>
        client.send(
          new CreateRoleCommand({ RoleName, Path: path, AssumeRolePolicyDocument: trust, PermissionsBoundary, Tags }),
        ),
    ],
    [
      "TagRole",
      (client) => client.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "trustdesk:owner", Value: "pia" }] })),
    ],
    [
      "PutRolePermissionsBoundary",
      (client) => client.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
    ],
    [
      "UpdateAssumeRolePolicy",
      (client) => client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust })),
    ],
    ["PutRolePolicy", (client) => client.send(new PutRolePolicyCommand({ RoleName, ...policy }))],
    ["AttachRolePolicy", (client) => client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }))],
    [
      "UpdateRole",
      (client) => client.send(new UpdateRoleCommand({ RoleName, Description: "d", MaxSessionDuration: 3600 })),
    ],
    ["GetRole", (client) => client.send(new GetRoleCommand({ RoleName }))],
    ["ListRolePolicies", (client) => client.send(new ListRolePoliciesCommand({ RoleName }))],
    ["GetRolePolicy", (client) => client.send(new GetRolePolicyCommand({ RoleName, PolicyName: "deploy" }))],
    ["ListAttachedRolePolicies", (client) => client.send(new ListAttachedRolePoliciesCommand({ RoleName }))],
    ["GetPolicy", (client) => client.send(new GetPolicyCommand({ PolicyArn: PermissionsBoundary }))],
    ["GetAccountSummary", (client) => client.send(new GetAccountSummaryCommand({}))],
    [
      "GetAccountAuthorizationDetails",
      (client) => client.send(new GetAccountAuthorizationDetailsCommand({ Filter: ["Role"] })),
    ],
    ["ListRoles", (client) => client.send(new ListRolesCommand({}))],
    ...unbounding,
    ["DetachRolePolicy", (client) => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: readOnly }))],
    ["DeleteRolePolicy", (client) => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "deploy" }))],
    ["DeleteRole", (client) => client.send(new DeleteRoleCommand({ RoleName }))],
  ];
}

const adminOf = ({ accountId }: PortalAccount): IAMClient =>
  iam(server, accountId === prod ? admins.prod : admins.playground);

/** The account's provider, without which the first step has nothing to delete. */
async function withProvider(account: PortalAccount): Promise<void> {
  if (account.accountId === playground)
    await adminOf(account).send(new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com" }));
}

describe.each([
  ["with path and boundary", bounded],
  ["without a boundary", unbounded],
])("the smallest policy of a spoke role %s", (_what, account) => {
  it("is the one that the sandbox's spoke role has, and no other", async () => {
    const { PolicyDocument: stored = "" } = await adminOf(account).send(
      new GetRolePolicyCommand({ RoleName: "trustdesk-spoke", PolicyName: "trustdesk-spoke" }),
    );
    expect(JSON.parse(decodeURIComponent(stored))).toEqual(spokePolicy(account));
  });

  it("lets every operation through that Trustdesk performs, and names no other", async () => {
    await withProvider(account);
    const client = iam(server, await spoke(server, account.accountId));
    const steps = everyOperation(account);
    for (const [, run] of steps) await run(client);
    const allowed = new Set(
      spokePolicy(account)
        .Statement.filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => listOf(Action)),
    );
    expect([...allowed].sort()).toEqual(steps.map(([action]) => `iam:${action}`).sort());
    expect(new Set(portalRequests(account).map(({ action }) => action))).toEqual(allowed);
  });

  it.each(everyOperation(account).map(([action]) => action))(
    "fails without %s at exactly that operation",
    async (missing) => {
      await withProvider(account);
      const policies = { ...spokePolicy(account) };
      policies.Statement = policies.Statement.flatMap((statement) => {
        const left = listOf(statement.Action).filter(
          (action) => statement.Effect === "Deny" || action !== `iam:${missing}`,
        );
        return left.length === 0 ? [] : [{ ...statement, Action: left }];
      });
      await adminOf(account).send(
        new PutRolePolicyCommand({
          RoleName: "trustdesk-spoke",
          PolicyName: "trustdesk-spoke",
          PolicyDocument: JSON.stringify(policies),
        }),
      );
      const client = iam(server, await spoke(server, account.accountId));
      const denied: string[] = [];
      for (const [action, run] of everyOperation(account)) {
        await run(client).catch(async (error: Error) => {
          expect(error).toMatchObject({ name: "AccessDenied" });
          denied.push(action);
          await run(adminOf(account));
        });
      }
      // CreateRole with tags asks for iam:TagRole too (IAM API: CreateRole).
      expect(denied).toEqual(missing === "TagRole" ? ["CreateRole", "TagRole"] : [missing]);
    },
  );

  it("does not let the spoke role change itself, though it carries the tag", async () => {
    const RoleName = "trustdesk-spoke";
    await adminOf(account).send(new TagRoleCommand({ RoleName, Tags }));
    const client = iam(server, await spoke(server, account.accountId));
    await expectDenied(
      client.send(new PutRolePolicyCommand({ RoleName, ...policy })),
      client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" })),
      client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: goodTrust(account.accountId) })),
      client.send(new TagRoleCommand({ RoleName, Tags })),
      client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "trustdesk-spoke" })),
    );
  });

  it("does not touch a role without the tag, another provider, or tags of others", async () => {
    const admin = adminOf(account);
    const RoleName = "stranger";
    await admin.send(
      new CreateRoleCommand({
        RoleName,
        Path: account.path,
        AssumeRolePolicyDocument: goodTrust(account.accountId),
        PermissionsBoundary: account.boundaryArn ?? undefined,
      }),
    );
    await admin.send(new PutRolePolicyCommand({ RoleName, ...policy }));
    const client = iam(server, await spoke(server, account.accountId));
    const OpenIDConnectProviderArn = `arn:aws:iam::${account.accountId}:oidc-provider/token.actions.githubusercontent.com`;
    await expectDenied(
      client.send(new PutRolePolicyCommand({ RoleName, ...policy })),
      client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "deploy" })),
      client.send(new DeleteRoleCommand({ RoleName })),
      client.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 3600 })),
      client.send(new TagRoleCommand({ RoleName, Tags: [...Tags, { Key: "Owner", Value: "us" }] })),
      client.send(new UntagRoleCommand({ RoleName, TagKeys: ["trustdesk:managed"] })),
      client.send(
        new CreateRoleCommand({
          RoleName: "untagged",
          Path: account.path,
          AssumeRolePolicyDocument: goodTrust(account.accountId),
          PermissionsBoundary: account.boundaryArn ?? undefined,
        }),
      ),
      client.send(new CreateOpenIDConnectProviderCommand({ Url: "https://token.actions.githubusercontent.com" })),
      client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
      client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
    );
  });
});

describe("the boundary and the path", () => {
  const wanted = {
    RoleName: "shop-web",
    Path: "/gitlab/",
    AssumeRolePolicyDocument: goodTrust(prod),
    PermissionsBoundary: boundary,
    Tags,
  };

  it("are asked of every role that is made", async () => {
    const client = iam(server, await spoke(server, prod));
    const denied = await refusal(client.send(new CreateRoleCommand({ ...wanted, Path: "/other/" })));
    expect(denied).toMatchObject({
      name: "AccessDenied",
      status: 403,
      message: `User: arn:aws:sts::${prod}:assumed-role/trustdesk-spoke/trustdesk-test is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::${prod}:role/other/shop-web because no identity-based policy allows the iam:CreateRole action`,
    });
    await expectDenied(
      client.send(new CreateRoleCommand({ ...wanted, PermissionsBoundary: undefined })),
      client.send(new CreateRoleCommand({ ...wanted, PermissionsBoundary: readOnly })),
    );
  });

  it("cannot be taken off again, and a role that lost it gets nothing new", async () => {
    const client = iam(server, await spoke(server, prod));
    await client.send(new CreateRoleCommand(wanted));
    const { RoleName } = wanted;
    await expectDenied(
      client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
      client.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: readOnly })),
    );
    await iam(server, admins.prod).send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    await expectDenied(
      client.send(new PutRolePolicyCommand({ RoleName, ...policy })),
      client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly })),
      client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: goodTrust(prod) })),
    );
    await client.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: boundary }));
    await client.send(new PutRolePolicyCommand({ RoleName, ...policy }));
  });
});

describe("the worker's policy", () => {
  it("opens the spoke roles and no other role", async () => {
    const call = sts(server, worker).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${prod}:role/shop-deploy`,
        RoleSessionName: "x1",
        ExternalId: "trustdesk-demo",
      }),
    );
    expect(await refusal(call)).toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("because no identity-based policy allows the sts:AssumeRole action") as string,
    });
  });
});

async function expectDenied(...calls: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(calls))
    expect(result).toMatchObject({ status: "rejected", reason: { name: "AccessDenied" } });
}
