import { GetOpenIDConnectProviderCommand, GetRoleCommand, GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import type { Page } from "@playwright/test";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import type { Demo } from "../../scripts/demo/stack";
import { expect, signIn, tookOver } from "../fixtures";
import { expectJob } from "../pipeline";
import { corp, test } from "../self-managed";

const project = "acme/internal/tools/release-bot";
const stranger = "acme/internal/handbook";
const accountId = "777788889999";
const role = "release-bot-deploy";
const roleArn = `arn:aws:iam::${accountId}:role/${role}`;
const policyName = "uploads";
const audience = "https://gitlab.corp.example:8443";
const bucket = "corp-release-bot";

test("a self-managed GitLab, its issuer with port and path, gets a role for one project by its id", async ({
  page,
  corporate,
}) => {
  await test.step("a project whose subject begins with its path is told what to do", async () => {
    await signIn(page, "Pia Okafor", "/projects", corporate.web);
    await openForm(page, corporate, stranger);
    await choosePlayground(page, "handbook-deploy");
    await expect(page.getByText("Held to a name only").first()).toBeVisible();
    await expect(page.getByText(/ci_id_token_sub_claim_components to start with project_id/).first()).toBeVisible();
    await expect(
      page
        .getByText(/gitlab\.com only; tokens of https:\/\/gitlab\.corp\.example:8443\/gitlab have subject and audience/)
        .first(),
    ).toBeVisible();
    await expect(page.getByRole("checkbox", { name: /^Project/ })).not.toBeChecked();
  });

  await test.step("the form for a project whose subject begins with its id finds nothing amiss with who gets in", async () => {
    await page.goto(`${corporate.web}/projects`);
    await openForm(page, corporate, project);
    await choosePlayground(page, role);
    await page.getByLabel("Audience").fill(audience);
    await page.getByRole("button", { name: /policy document/i }).click();
    await page.getByLabel("Policy document").fill(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["s3:CreateBucket", "s3:ListBucket", "s3:PutObject"],
            Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
          },
        ],
      }),
    );
    await page.getByLabel("Inline policy name").fill(policyName);
    await page.getByLabel("Justification").fill("Uploads its releases");
    await expect(page.getByRole("list", { name: "Plan" })).toContainText(`OIDC provider ${corp.issuer}`);
    await expect(page.getByRole("complementary", { name: "What it means" }).getByText(/refs? get in/)).toBeVisible();
    await expect(page.getByText("Held to a name only")).toHaveCount(0);
    await expect(
      page.getByText(/The subject begins with project_id, which holds the trust to this project/),
    ).toBeVisible();
  });

  await test.step("apply", async () => {
    await page.getByRole("button", { name: /review and apply/i }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^apply/i })
      .click();
    await expect(page.getByText(/^Applied\./).first()).toBeVisible();
  });

  await test.step("AWS holds a provider with port and path, and a trust with subject and audience alone", () =>
    expectInAws(corporate));

  await test.step("the project's pipeline uploads its file; another project's is denied", async () => {
    const variables = {
      AWS_ROLE_ARN: roleArn,
      AWS_REGION: "us-east-1",
      OIDC_AUDIENCE: audience,
      S3_BUCKET_NAME: bucket,
    };
    const { gitlab } = corporate;
    const uploaded = new RegExp(`just UPLOADED test.txt to s3 bucket ${bucket}`);
    await expectJob(page, { gitlab, project, variables, outcome: uploaded });
    const denied = /AccessDenied.*AssumeRoleWithWebIdentity/;
    await expectJob(page, { gitlab, project: stranger, variables, outcome: denied });
  });
});

/** By way of the project's page, which links to the project below GitLab's root. */
async function openForm(page: Page, { gitlab }: Demo, path: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  await tookOver(page);
  await page.getByRole("searchbox", { name: /filter .*projects/i }).fill(path.slice(path.lastIndexOf("/") + 1));
  await page
    .getByRole("link", { name: new RegExp(path.replaceAll("/", "\\s*/\\s*")) })
    .first()
    .click();
  await expect(page.locator(`a[href="${gitlab}/${path}"]`).first()).toBeVisible();
  await page.getByRole("link", { name: "New role" }).click();
}

async function choosePlayground(page: Page, name: string): Promise<void> {
  await page.getByLabel("AWS account").click();
  await page.getByRole("option", { name: /playground/ }).click();
  await page.getByLabel("Role name").fill(name);
  await page.getByLabel("Path", { exact: true }).fill("/");
}

/** One's own look at the account, past the product. */
async function expectInAws({ aws }: Demo): Promise<void> {
  const iam = new IAMClient({ region: "us-east-1", endpoint: aws, credentials: sandboxCredentials.admins.playground });
  const providerArn = `arn:aws:iam::${accountId}:oidc-provider/${corp.providerPath}`;
  const made = await iam.send(new GetRoleCommand({ RoleName: role }));
  expect(JSON.parse(decodeURIComponent(made.Role?.AssumeRolePolicyDocument ?? ""))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${corp.providerPath}:aud`]: audience,
            [`${corp.providerPath}:sub`]: "project_id:90702:ref_type:branch:ref:main",
          },
        },
      },
    ],
  });
  const policy = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: policyName }));
  expect(decodeURIComponent(policy.PolicyDocument ?? "")).toContain(`arn:aws:s3:::${bucket}/*`);
  const provider = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn }));
  expect(provider).toMatchObject({ Url: corp.providerPath, ClientIDList: [audience] });
}
