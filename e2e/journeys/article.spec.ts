import { GetOpenIDConnectProviderCommand, GetRoleCommand, GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { addresses, expect, signIn, test, tookOver } from "../fixtures";
import { expectJob } from "../pipeline";

const project = "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth";
const role = "gitlab-oidc-role-s3-readwrite";
const playground = { accountId: "777788889999", credentials: sandboxCredentials.admins.playground };

/** One's own look at the account, past the product. */
function iam(): IAMClient {
  return new IAMClient({ region: "us-east-1", endpoint: addresses().aws, credentials: playground.credentials });
}

test("the article's provider, role and policy are made through the form, and its pipeline uploads a file", async ({
  page,
}) => {
  await test.step("find the project among thousands", async () => {
    await signIn(page, "Pia Okafor");
    await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
    await tookOver(page);
    await page.getByRole("searchbox", { name: /filter .*projects/i }).fill("aws-oidc-auth");
    await page
      .getByRole("link", { name: new RegExp(project.replaceAll("/", "\\s*/\\s*")) })
      .first()
      .click();
    await page.getByRole("link", { name: "New role" }).click();
  });

  await test.step("fill the form as the article's Terraform", async () => {
    await page.getByLabel("AWS account").click();
    await page.getByRole("option", { name: /playground/ }).click();
    await page.getByLabel("Role name").fill(role);
    await page.getByLabel("Path", { exact: true }).fill("/");
    await page.getByLabel("Audience").fill("https://sts.amazonaws.com");
    for (const ref of await page.getByRole("checkbox", { name: /^main\b/, checked: true }).all()) await ref.click();
    await page.getByLabel("Filter refs").fill("*");
    await page.getByRole("checkbox", { name: /^\* pattern .* branch/ }).click();
    for (const pin of [/^Project/, /^Protected refs only/]) await page.getByRole("checkbox", { name: pin }).uncheck();
    await page.getByRole("button", { name: /policy document/i }).click();
    await page
      .getByLabel("Policy document")
      .fill(
        JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }] }),
      );
    await page.getByLabel("Inline policy name").fill("gitlab_oidc_readwrite_policy");
    await page.getByLabel("Justification").fill("What the article's Terraform makes");
  });

  await test.step("see findings and the plan, and apply", async () => {
    await expect(page.getByRole("list", { name: "Plan" })).toContainText("OIDC provider https://gitlab.com");
    await page.getByRole("button", { name: /review and apply/i }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^apply/i })
      .click();
    await expect(page.getByText(/^Applied\./).first()).toBeVisible();
  });

  await test.step("AWS holds what the Terraform makes", async () => {
    const made = await iam().send(new GetRoleCommand({ RoleName: role }));
    expect(made.Role?.Path).toBe("/");
    expect(JSON.parse(decodeURIComponent(made.Role?.AssumeRolePolicyDocument ?? ""))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: `arn:aws:iam::${playground.accountId}:oidc-provider/gitlab.com` },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com" },
            StringLike: { "gitlab.com:sub": `project_path:${project}:ref_type:branch:ref:*` },
          },
        },
      ],
    });
    const policy = await iam().send(
      new GetRolePolicyCommand({ RoleName: role, PolicyName: "gitlab_oidc_readwrite_policy" }),
    );
    expect(JSON.parse(decodeURIComponent(policy.PolicyDocument ?? ""))).toMatchObject({
      Statement: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }],
    });
    const provider = await iam().send(
      new GetOpenIDConnectProviderCommand({
        OpenIDConnectProviderArn: `arn:aws:iam::${playground.accountId}:oidc-provider/gitlab.com`,
      }),
    );
    expect(provider.Url).toBe("gitlab.com");
    expect(provider.ClientIDList).toContain("https://sts.amazonaws.com");
    expect(provider.ThumbprintList?.[0]).toMatch(/^[0-9a-f]{40}$/);
  });

  await test.step("the pipeline gets its credentials and uploads its file", async () => {
    await expectJob(page, {
      ...{ gitlab: addresses().gitlab, project, outcome: /just UPLOADED test.txt to s3 bucket/ },
      variables: {
        AWS_ROLE_ARN: `arn:aws:iam::${playground.accountId}:role/${role}`,
        AWS_REGION: "us-east-1",
        OIDC_AUDIENCE: "https://sts.amazonaws.com",
      },
    });
  });

  await test.step("every step is in the audit", async () => {
    await page.goto(`${addresses().web}/audit?role=${role}`);
    for (const sentence of [/submitted/i, /started/i, /provider/i, /finished|applied/i])
      await expect(page.getByText(sentence).first()).toBeVisible();
  });
});
