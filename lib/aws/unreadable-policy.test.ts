import { IAMClient } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { fixedClock } from "@/lib/clock";
import { accountRoles } from "./account-roles";
import { awsFailure } from "./failure";
import { providerUsers } from "./provider-users";
import { awsReader } from "./reader";
import { rawControlIn } from "./unreadable-policy";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }],
});
const queue = (name: string) =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111122223333:${name}"}]}`;
const rawTab = encodeURIComponent(queue("orders.fifo\t"));

/** An account that holds the role "shipping", with these documents as IAM answers them. */
function account({
  trustPolicy = encodeURIComponent(trust),
  policies,
}: {
  trustPolicy?: string;
  policies: Record<string, string>;
}) {
  const role = { RoleName: "shipping", Path: "/", Arn: "arn", RoleId: "id", AssumeRolePolicyDocument: trustPolicy };
  const list = Object.entries(policies).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument }));
  const answers: Record<string, (input: { PolicyName?: string }) => object> = {
    GetRoleCommand: () => ({ Role: role }),
    ListRolePoliciesCommand: () => ({ PolicyNames: Object.keys(policies) }),
    GetRolePolicyCommand: ({ PolicyName = "" }) => ({ PolicyDocument: policies[PolicyName] }),
    ListAttachedRolePoliciesCommand: () => ({ AttachedPolicies: [] }),
    GetAccountSummaryCommand: () => ({ SummaryMap: {} }),
    GetOpenIDConnectProviderCommand: () => ({ Url: "gitlab.com", ClientIDList: [] }),
    GetAccountAuthorizationDetailsCommand: () => ({ RoleDetailList: [{ ...role, RolePolicyList: list }] }),
  };
  const send = (command: { constructor: { name: string }; input: { PolicyName?: string } }) =>
    Promise.resolve(answers[command.constructor.name]?.(command.input));
  const credentials = { accessKeyId: "x", secretAccessKey: "x" };
  const iam = Object.assign(new IAMClient({ region: "us-east-1", credentials }), { send }) as IAMClient;
  return { iam, sts: { send: () => Promise.resolve({ Arn: "arn" }) } as unknown as STSClient };
}

async function snapshotFailure(held: Parameters<typeof account>[0]) {
  const reader = awsReader(account(held), fixedClock("2026-11-22T12:00:00Z"));
  const question = { accountId: "1", partition: "aws", roleName: "shipping", issuer: "https://gitlab.com" };
  return reader.readSnapshot({ ...question, boundaryArn: null }).then(
    () => null,
    (error: unknown) => awsFailure(error),
  );
}

describe("a policy in AWS that is no JSON", () => {
  it("is named, with its role and what stands in the way, where one role is read", async () => {
    const policies = { fine: encodeURIComponent(queue("orders")), "send-orders": rawTab };
    expect(await snapshotFailure({ policies })).toMatchObject({
      code: "UnreadablePolicy",
      message: expect.stringMatching(
        /^The inline policy send-orders of the role shipping cannot be read\. A raw tab \(U\+0009\) stands in the string "arn:aws:sqs:.*orders\.fifo\\t"\.$/,
      ) as string,
      todo: expect.stringContaining("AWS console") as string,
    });
  });

  it.each([
    ["is cut off", encodeURIComponent(trust.slice(0, -3)), /not JSON/],
    ["is empty", "", /empty/],
    ["is encoded otherwise", "%E0%A4%A", /URL encoding/],
    ["has no statement", encodeURIComponent('{"Version":"2012-10-17"}'), /Statement is missing/],
  ])("is named where the trust policy %s", async (_case, trustPolicy, words) => {
    const failure = await snapshotFailure({ trustPolicy, policies: {} });
    expect(failure).toMatchObject({ code: "UnreadablePolicy", message: expect.stringMatching(words) as string });
    expect(failure?.message).toContain("The trust policy of the role shipping cannot be read.");
  });

  it("is named where all roles are read", async () => {
    for await (const [role] of accountRoles(account({ policies: { "send-orders": rawTab } })).pages()) {
      expect(() => role?.state({ description: "", maxSessionSeconds: 3600 })).toThrow(
        /inline policy send-orders of the role shipping/,
      );
    }
  });

  it("of another role does not hide whom else the provider serves", async () => {
    const served = '{"Statement":[{"Principal":{"Federated":"arn:aws:iam::1:oidc-provider\\/gitlab.com"},"Sid":"\t"}]}';
    for (const [trustPolicy, roles] of [
      [served, ["shipping"]],
      [served.replace("gitlab.com", "git.example"), []],
    ] as const) {
      const { iam } = account({ trustPolicy: encodeURIComponent(trustPolicy), policies: {} });
      expect(await providerUsers(iam, "arn:aws:iam::1:oidc-provider/gitlab.com")).toEqual(roles);
    }
  });

  it("is none where it is one", async () => {
    expect(await snapshotFailure({ policies: { fine: encodeURIComponent(`\t${queue("a\\tb")}\n`) } })).toBeNull();
  });
});

it.each([
  ['{"a": "x\ny"}', /line break \(U\+000A\)/],
  ['{"a": "x\ry"}', /line break \(U\+000D\)/],
  ['{"a": "\\"\u0001"}', /control character \(U\+0001\)/],
])("what stands in the way in %j is told", (json, words) => {
  expect(rawControlIn(json)).toMatch(words);
});

it.each(['{"a":\t"x"}', '{"a": "\\t\\n"}', '{"a": 1', ""])("between strings white space is fine: %j", (json) => {
  expect(rawControlIn(json)).toBeNull();
});
