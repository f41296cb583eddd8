import type { IAMClient } from "@aws-sdk/client-iam";
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  paginateGetAccountAuthorizationDetails,
  UntagRoleCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AwsServer } from "./aws-client";
import { admins, goodTrust, iam, playground, refusal, startAws } from "./aws-client";

const RoleName = "deploy";
const PolicyArn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

let server: AwsServer;
let admin: IAMClient;
beforeAll(async () => {
  server = await startAws();
  admin = iam(server, admins.playground);
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.sandbox.reset();
  await admin.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: goodTrust(playground),
      PermissionsBoundary: PolicyArn,
      Tags: [
        { Key: "Owner", Value: "pia" },
        { Key: "trustdesk:managed", Value: "true" },
      ],
    }),
  );
});

describe("what is taken from a role", () => {
  it("goes in order: attachments, inline policies, the role (IAM API: DeleteRole, DeleteConflict)", async () => {
    await admin.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await admin.send(new PutRolePolicyCommand({ RoleName, PolicyName: "s3", PolicyDocument: document }));
    expect(await refusal(admin.send(new DeleteRoleCommand({ RoleName })))).toMatchObject({
      name: "DeleteConflictException",
      status: 409,
      message: "Cannot delete entity, must detach all policies first.",
    });
    await admin.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await refusal(admin.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })))).toMatchObject({
      name: "NoSuchEntityException",
    });
    expect(await refusal(admin.send(new DeleteRoleCommand({ RoleName })))).toMatchObject({
      message: "Cannot delete entity, must delete policies first.",
    });
    await admin.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "s3" }));
    await admin.send(new DeleteRoleCommand({ RoleName }));
    expect(await refusal(admin.send(new GetRoleCommand({ RoleName })))).toMatchObject({
      name: "NoSuchEntityException",
      status: 404,
    });
  });

  it("is a tag by its key without case, and nothing where there is none (IAM API: UntagRole)", async () => {
    await admin.send(new UntagRoleCommand({ RoleName, TagKeys: ["OWNER", "absent"] }));
    await admin.send(new UntagRoleCommand({ RoleName, TagKeys: [] }));
    expect((await admin.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([
      { Key: "trustdesk:managed", Value: "true" },
    ]);
  });

  it("is its boundary (IAM API: DeleteRolePermissionsBoundary)", async () => {
    await admin.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    expect((await admin.send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary).toBeUndefined();
    expect(await refusal(admin.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })))).toMatchObject({
      name: "NoSuchEntityException",
    });
  });
});

it("lists every role page by page, with boundary, tags and policies (IAM API: GetAccountAuthorizationDetails)", async () => {
  await admin.send(new PutRolePolicyCommand({ RoleName, PolicyName: "s3", PolicyDocument: document }));
  const pages = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client: admin, pageSize: 1 }, { Filter: ["Role"] }))
    pages.push(page.RoleDetailList ?? []);
  expect(pages.map((page) => page.map((role) => role.RoleName))).toEqual([["deploy"], ["trustdesk-spoke"]]);
  const [detail] = pages.flat();
  expect(detail).toMatchObject({
    PermissionsBoundary: { PermissionsBoundaryArn: PolicyArn },
    Tags: [{ Key: "Owner" }, { Key: "trustdesk:managed" }],
    RolePolicyList: [{ PolicyName: "s3", PolicyDocument: expect.stringMatching(/^%7B.*%2A/) as string }],
  });
  expect(decodeURIComponent(detail?.RolePolicyList?.[0]?.PolicyDocument ?? "")).toBe(document);
});
