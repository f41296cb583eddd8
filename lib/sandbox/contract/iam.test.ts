import type { IAMClient } from "@aws-sdk/client-iam";
import {
  AddClientIDToOpenIDConnectProviderCommand,
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetAccountSummaryCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  paginateGetAccountAuthorizationDetails,
  TagRoleCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AwsServer } from "./aws-client";
import { admins, gitlabProvider, goodTrust, iam, playground, prod, refusal, startAws, trustOf } from "./aws-client";

let server: AwsServer;
let admin: IAMClient;
const s3Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});
const role = (RoleName: string, more: object = {}): CreateRoleCommand =>
  new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: goodTrust(playground), ...more });

beforeAll(async () => {
  server = await startAws();
  admin = iam(server, admins.playground);
});
afterAll(() => server.stop());
beforeEach(() => server.sandbox.reset());

describe("providers", () => {
  it("stores a thumbprint when none was sent, and answers the URL without its scheme (IAM API: CreateOpenIDConnectProvider, GetOpenIDConnectProvider)", async () => {
    const made = await admin.send(
      new CreateOpenIDConnectProviderCommand({
        Url: "https://gitlab.com",
        ClientIDList: ["https://sts.amazonaws.com", "https://sts.amazonaws.com"],
      }),
    );
    expect(made.OpenIDConnectProviderArn).toBe(gitlabProvider(playground));
    const found = await admin.send(
      new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: made.OpenIDConnectProviderArn }),
    );
    expect(found).toMatchObject({ Url: "gitlab.com", ClientIDList: ["https://sts.amazonaws.com"] });
    expect(found.ThumbprintList?.[0]).toMatch(/^[0-9a-f]{40}$/);
    expect(found.CreateDate).toBeInstanceOf(Date);
  });

  it("refuses a second one for the issuer; adding an audience twice is fine (IAM API: EntityAlreadyExists, AddClientIDToOpenIDConnectProvider)", async () => {
    const prodAdmin = iam(server, admins.prod);
    const refused = await refusal(
      prodAdmin.send(new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.com" })),
    );
    expect(refused).toMatchObject({ name: "EntityAlreadyExistsException", status: 409 });
    expect(refused.requestId).toMatch(/^[0-9a-f-]{36}$/);
    for (let round = 0; round < 2; round += 1)
      await prodAdmin.send(
        new AddClientIDToOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: gitlabProvider(prod),
          ClientID: "https://sts.amazonaws.com",
        }),
      );
    const found = await prodAdmin.send(
      new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: gitlabProvider(prod) }),
    );
    expect(found.ClientIDList).toEqual(["https://gitlab.com", "https://sts.amazonaws.com"]);
  });

  it("cannot fetch a thumbprint from an issuer that is not reachable (IAM API: OpenIdIdpCommunicationError)", async () => {
    const refused = await refusal(
      admin.send(new CreateOpenIDConnectProviderCommand({ Url: "https://gitlab.internal.example" })),
    );
    expect(refused).toMatchObject({ name: "OpenIdIdpCommunicationErrorException", status: 400 });
    const thumbprint = "A".repeat(40);
    const slash = await admin.send(
      new CreateOpenIDConnectProviderCommand({
        Url: "https://gitlab.internal.example:443/ci/",
        ThumbprintList: [thumbprint],
      }),
    );
    expect(slash.OpenIDConnectProviderArn).toBe(`arn:aws:iam::${playground}:oidc-provider/gitlab.internal.example/ci/`);
    expect((await admin.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList).toHaveLength(1);
  });

  it.each([
    ["http://gitlab.com", "ValidationError"],
    ["https://gitlab.com?x=1", "InvalidInputException"],
    [`https://${"a".repeat(250)}`, "ValidationError"],
  ])("refuses the URL %s (IAM API: CreateOpenIDConnectProvider, Url)", async (Url, name) => {
    expect(await refusal(admin.send(new CreateOpenIDConnectProviderCommand({ Url })))).toMatchObject({
      name,
      status: 400,
    });
  });
});

describe("roles", () => {
  it("answers what the wire has: no description at creation, all of it from GetRole (IAM API: CreateRole, GetRole)", async () => {
    const made = await admin.send(
      role("deploy", {
        Path: "/ci/",
        Description: "d é",
        MaxSessionDuration: 7200,
        Tags: [{ Key: "Owner", Value: "pia" }],
      }),
    );
    expect(made.Role).toMatchObject({
      Arn: `arn:aws:iam::${playground}:role/ci/deploy`,
      Tags: [{ Key: "Owner", Value: "pia" }],
    });
    expect(made.Role?.RoleId).toMatch(/^AROA[A-Z0-9]{17}$/);
    expect(made.Role?.Description).toBeUndefined();
    const { Role: found } = await admin.send(new GetRoleCommand({ RoleName: "deploy" }));
    expect(found).toMatchObject({ Path: "/ci/", Description: "d é", MaxSessionDuration: 7200 });
    expect(found?.RoleLastUsed?.LastUsedDate).toBeUndefined();
    expect(decodeURIComponent(found?.AssumeRolePolicyDocument ?? "")).toBe(goodTrust(playground));
  });

  it("never makes a name twice, whatever its case (IAM API: CreateRole, EntityAlreadyExists)", async () => {
    await admin.send(role("deploy"));
    expect(await refusal(admin.send(role("Deploy")))).toMatchObject({
      name: "EntityAlreadyExistsException",
      message: "Role with name Deploy already exists.",
      status: 409,
    });
  });

  it.each([
    ["a name with a space", { RoleName: "a b" }],
    ["a name of 65 characters", { RoleName: "a".repeat(65) }],
    ["a path without an end", { Path: "/ci" }],
    ["a session of 13 hours", { MaxSessionDuration: 46_800 }],
    ["an emoji in the description", { Description: "🚀" }],
    ["a hash in a tag", { Tags: [{ Key: "ref", Value: "a#b" }] }],
  ])("refuses %s (IAM API: CreateRole, constraints)", async (_what, more) => {
    expect(await refusal(admin.send(role("deploy", more)))).toMatchObject({ name: "ValidationError", status: 400 });
  });

  it("refuses a boundary that does not exist and a role that is not there (IAM API: NoSuchEntity)", async () => {
    const PermissionsBoundary = `arn:aws:iam::${playground}:policy/nowhere`;
    expect(await refusal(admin.send(role("deploy", { PermissionsBoundary })))).toMatchObject({
      name: "NoSuchEntityException",
      message: `Policy ${PermissionsBoundary} does not exist or is not attachable.`,
    });
    expect(await refusal(admin.send(new GetRoleCommand({ RoleName: "nobody" })))).toMatchObject({
      name: "NoSuchEntityException",
      message: "The role with name nobody cannot be found.",
      status: 404,
    });
  });

  it("keeps tags by their key without case (IAM user guide: tagging IAM resources)", async () => {
    await admin.send(role("deploy", { Tags: [{ Key: "Owner", Value: "pia" }] }));
    await admin.send(new TagRoleCommand({ RoleName: "deploy", Tags: [{ Key: "owner", Value: "oleg" }] }));
    expect((await admin.send(new ListRoleTagsCommand({ RoleName: "deploy" }))).Tags).toEqual([
      { Key: "owner", Value: "oleg" },
    ]);
    expect(
      await refusal(admin.send(new TagRoleCommand({ RoleName: "deploy", Tags: [{ Key: "aws:x", Value: "" }] }))),
    ).toMatchObject({ name: "InvalidInputException" });
  });

  it("lists by pages (IAM API: ListRoles)", async () => {
    for (const name of ["a", "b"]) await admin.send(role(name));
    const first = await admin.send(new ListRolesCommand({ MaxItems: 2 }));
    const second = await admin.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }));
    expect([...(first.Roles ?? []), ...(second.Roles ?? [])].map(({ RoleName }) => RoleName)).toEqual([
      "a",
      "b",
      "trustdesk-spoke",
    ]);
    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
  });
});

describe("trust policies", () => {
  const unscoped = `Trust policy with trusted principal ${gitlabProvider(playground)} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, gitlab.com:sub which is not scoped to all.`;
  const aud = { "gitlab.com:aud": "https://sts.amazonaws.com" };

  it.each([
    ["no subject", { StringEquals: aud }],
    ["a star", { StringLike: { "gitlab.com:sub": "*" } }],
    ["a star among others", { StringLike: { "gitlab.com:sub": ["project_path:acme/*", "*"] } }],
    ["IfExists", { StringLikeIfExists: { "gitlab.com:sub": "project_path:acme/*" } }],
    ["a negation", { StringNotEquals: { "gitlab.com:sub": "x" } }],
    ["Null", { Null: { "gitlab.com:sub": "false" } }],
  ])(
    "refuses a shared issuer with %s (IAM user guide: identity-provider controls for shared OIDC providers)",
    async (_what, condition: Record<string, Record<string, string | string[]>>) => {
      expect(
        await refusal(admin.send(role("deploy", { AssumeRolePolicyDocument: trustOf(playground, condition) }))),
      ).toMatchObject({ name: "MalformedPolicyDocumentException", message: unscoped, status: 400 });
    },
  );

  it.each([
    ["a group", { StringLike: { "gitlab.com:sub": "project_path:acme/*" } }],
    ["ForAnyValue and another case of the key", { "ForAnyValue:StringEquals": { "GitLab.com:SUB": "x" } }],
  ])(
    "accepts a shared issuer with %s (IAM user guide: identity-provider controls for shared OIDC providers)",
    async (_what, condition: Record<string, Record<string, string>>) => {
      await expect(
        admin.send(role("deploy", { AssumeRolePolicyDocument: trustOf(playground, condition) })),
      ).resolves.toBeDefined();
    },
  );

  it.each([
    ["no JSON", "{", "Syntax errors in policy."],
    [
      "a resource",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Resource: "*" }],
      }),
      "Has prohibited field Resource.",
    ],
    [
      "an action of another service",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject" }],
      }),
      "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity",
    ],
    [
      "a key with its scheme",
      trustOf(playground, { StringEquals: { "https://gitlab.com:sub": "x" } }),
      "Actions/Condition can contain only one colon.",
    ],
    [
      "a stranger to conditions",
      trustOf(playground, { StringMatches: { "gitlab.com:sub": "x" } }),
      "Invalid Condition type : StringMatches",
    ],
    [
      "a user that is not there",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${playground}:user/ghost` }, Action: "sts:AssumeRole" },
        ],
      }),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${playground}:user/ghost"`,
    ],
  ])("refuses %s (IAM API: MalformedPolicyDocument)", async (_what, AssumeRolePolicyDocument, message) => {
    expect(await refusal(admin.send(role("deploy", { AssumeRolePolicyDocument })))).toMatchObject({
      name: "MalformedPolicyDocumentException",
      message,
    });
  });

  it("counts characters without white space against 2,048 (IAM quotas: role trust policy length)", async () => {
    const refs = Array.from(
      { length: 40 },
      (_, index) => `project_path:acme/shop/web:ref_type:branch:ref:branch-${index}`,
    );
    const long = trustOf(playground, { StringEquals: { "gitlab.com:sub": refs } });
    expect(await refusal(admin.send(role("deploy", { AssumeRolePolicyDocument: long })))).toMatchObject({
      name: "LimitExceededException",
      message: "Cannot exceed quota for ACLSizePerRole: 2048",
      status: 409,
    });
    const spaced = JSON.stringify(JSON.parse(goodTrust(playground)), null, 200);
    await expect(admin.send(role("deploy", { AssumeRolePolicyDocument: spaced }))).resolves.toBeDefined();
  });
});

describe("policies", () => {
  it("puts, replaces and lists inline policies (IAM API: PutRolePolicy, GetRolePolicy, ListRolePolicies)", async () => {
    await admin.send(role("deploy"));
    for (let round = 0; round < 2; round += 1)
      await admin.send(new PutRolePolicyCommand({ RoleName: "deploy", PolicyName: "s3", PolicyDocument: s3Policy }));
    expect((await admin.send(new ListRolePoliciesCommand({ RoleName: "deploy" }))).PolicyNames).toEqual(["s3"]);
    const { PolicyDocument } = await admin.send(new GetRolePolicyCommand({ RoleName: "deploy", PolicyName: "s3" }));
    expect(decodeURIComponent(PolicyDocument ?? "")).toBe(s3Policy);
    expect(await refusal(admin.send(new DeleteRoleCommand({ RoleName: "deploy" })))).toMatchObject({
      name: "DeleteConflictException",
      message: "Cannot delete entity, must delete policies first.",
    });
  });

  it("limits inline policies of a role to 10,240 characters together (IAM quotas)", async () => {
    await admin.send(role("deploy"));
    const big = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: Array.from({ length: 130 }, (_, index) => `arn:aws:s3:::${"x".repeat(30)}${index}/*`),
        },
      ],
    });
    await admin.send(new PutRolePolicyCommand({ RoleName: "deploy", PolicyName: "one", PolicyDocument: big }));
    expect(
      await refusal(
        admin.send(new PutRolePolicyCommand({ RoleName: "deploy", PolicyName: "two", PolicyDocument: big })),
      ),
    ).toMatchObject({ name: "LimitExceededException", status: 409 });
  });

  it("attaches managed policies, and shows a policy's document by version (IAM API: AttachRolePolicy, GetPolicyVersion)", async () => {
    await admin.send(role("deploy"));
    const { Policy: made } = await admin.send(
      new CreatePolicyCommand({ PolicyName: "bucket", PolicyDocument: s3Policy }),
    );
    await admin.send(new AttachRolePolicyCommand({ RoleName: "deploy", PolicyArn: made?.Arn }));
    expect((await admin.send(new ListAttachedRolePoliciesCommand({ RoleName: "deploy" }))).AttachedPolicies).toEqual([
      { PolicyName: "bucket", PolicyArn: made?.Arn },
    ]);
    expect((await admin.send(new GetPolicyCommand({ PolicyArn: made?.Arn }))).Policy).toMatchObject({
      AttachmentCount: 1,
      DefaultVersionId: "v1",
    });
    const { PolicyVersion } = await admin.send(new GetPolicyVersionCommand({ PolicyArn: made?.Arn, VersionId: "v1" }));
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(s3Policy);
  });
});

describe("the account", () => {
  it("sums up quotas and use (IAM API: GetAccountSummary, ListAccountAliases)", async () => {
    const { SummaryMap } = await admin.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({
      Roles: 1,
      RolesQuota: 1000,
      AssumeRolePolicySizeQuota: 2048,
      RolePolicySizeQuota: 10_240,
      Providers: 0,
    });
    expect((await admin.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(["acme-playground"]);
  });

  it("gives all roles and local policies by pages (IAM API: GetAccountAuthorizationDetails)", async () => {
    const names: string[] = [];
    for await (const page of paginateGetAccountAuthorizationDetails(
      { client: iam(server, admins.prod), pageSize: 2 },
      { Filter: ["Role", "LocalManagedPolicy"] },
    )) {
      names.push(
        ...(page.RoleDetailList ?? []).map(({ RoleName }) => String(RoleName)),
        ...(page.Policies ?? []).map(({ PolicyName }) => String(PolicyName)),
      );
    }
    expect(names).toEqual(["acme-ci-shared", "loyalty-deploy", "shop-deploy", "trustdesk-spoke", "gitlab-ci-boundary"]);
  });

  it("says InvalidAction for what it does not do (AWS Query API: common errors)", async () => {
    expect(await refusal(admin.send(new ListUsersCommand({})))).toMatchObject({ name: "InvalidAction", status: 400 });
  });
});
