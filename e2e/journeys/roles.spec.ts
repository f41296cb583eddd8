import { GetRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { Browser, Page } from "@playwright/test";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { addresses, expect, signIn, test } from "../fixtures";

const role = "shop-web-asked";
const anything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** One's own hand in the account, past the product. */
function iam(): IAMClient {
  return new IAMClient({
    region: "us-east-1",
    endpoint: addresses().aws,
    credentials: sandboxCredentials.admins.playground,
  });
}

/** A page of its own for a person who is signed in. */
async function as(browser: Browser, name: string, path = "/"): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, name, path);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  return page;
}

async function askForRole(page: Page): Promise<void> {
  await page.goto(`${addresses().web}/projects?query=shop/web`);
  await page
    .getByRole("link", { name: /acme\s*\/\s*shop\s*\/\s*web/ })
    .first()
    .click();
  await page.getByRole("link", { name: "New role" }).click();
  await page.getByLabel("AWS account").click();
  await page.getByRole("option", { name: /playground/ }).click();
  await page.getByLabel("Role name").fill(role);
  await page.getByLabel("Bucket").fill("acme-web");
  await page.getByLabel("Justification").fill("The shop is deployed from its pipeline");
  await sendRequest(page);
}

async function sendRequest(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /review and request/i })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Request approval" }).click();
  await expect(page.getByText(/Waiting for a platform engineer to approve it/)).toBeVisible();
}

/** From the first page, as an approver finds it. */
async function openToDecide(page: Page): Promise<void> {
  await page.goto(`${addresses().web}/`);
  await page
    .getByRole("link", { name: new RegExp(`asks to make the role ${role}`) })
    .first()
    .click();
}

async function sendChange(page: Page, button: string, why: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill(why);
  await expect(dialog.getByRole("button", { name: button, exact: true })).not.toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByText(/^Applied\./).first()).toBeVisible({ timeout: 60_000 });
}

test("a role is asked for, rejected, asked for again, approved, changed, mended and removed", async ({ browser }) => {
  const [oleg, pia] = [await as(browser, "Oleg Brandt"), await as(browser, "Pia Okafor")];

  await test.step("the owner asks, and nothing reaches AWS", async () => {
    await askForRole(oleg);
    await oleg.goto(`${addresses().web}/projects`);
    await expect(iam().send(new GetRoleCommand({ RoleName: role }))).rejects.toThrow();
  });

  await test.step("a platform engineer rejects it with a reason, which the owner is told", async () => {
    await openToDecide(pia);
    await expect(pia.getByRole("list", { name: "Plan" })).toContainText(`Create the role ${role}`);
    await pia.getByLabel("Reason").fill("Sessions of four hours are enough for a build.");
    await pia.getByRole("button", { name: "Reject" }).click();
    await expect(pia.getByText("Rejected: Sessions of four hours are enough for a build.")).toBeVisible();
    await oleg.goto(`${addresses().web}/`);
    await oleg.getByRole("link", { name: /was rejected by Pia Okafor: Sessions of four hours are enough/ }).click();
  });

  await test.step("the owner resubmits with changes, and it is approved and applied", async () => {
    await oleg.getByRole("link", { name: "Change and resubmit" }).click();
    await oleg.getByLabel("Longest session").click();
    await oleg.getByRole("option", { name: "4 hours" }).click();
    await sendRequest(oleg);
    await openToDecide(pia);
    await pia.getByRole("button", { name: "Approve and apply" }).click();
    await expect(pia.getByText(/^Applied\./).first()).toBeVisible({ timeout: 60_000 });
    expect((await iam().send(new GetRoleCommand({ RoleName: role }))).Role?.MaxSessionDuration).toBe(4 * 3600);
  });

  await test.step("a change by hand is called drift in words, and our version is put back", async () => {
    await iam().send(new PutRolePolicyCommand({ RoleName: role, PolicyName: "by-hand", PolicyDocument: anything }));
    await pia.getByRole("link", { name: "Show the role" }).click();
    await expect(pia.getByText("The inline policy by-hand was added in AWS.")).toBeVisible({ timeout: 40_000 });
    await expect(pia.getByRole("region", { name: "Findings in AWS now" })).toContainText("Full access");
    await pia.getByRole("button", { name: "Put ours back" }).click();
    await sendChange(pia, "Put ours back", "Nobody asked for this policy");
  });

  await test.step("a change of the role shows the documents, and who wins and who loses", async () => {
    await pia.getByRole("link", { name: "Show the role" }).click();
    await expect(pia.getByRole("link", { name: "Change", exact: true })).toBeVisible();
    await oleg.goto(`${pia.url()}/edit`);
    await oleg.getByLabel("Justification").fill("Builds take longer now");
    await oleg.getByLabel("Longest session").click();
    await oleg.getByRole("option", { name: "8 hours" }).click();
    await pia.getByRole("link", { name: "Change", exact: true }).click();
    await pia.getByLabel("Filter refs").fill("release/2.4");
    await pia
      .getByRole("checkbox", { name: /^release\/2\.4\b/ })
      .first()
      .check();
    await pia.getByLabel("Justification").fill("Deploy to the test stage as well");
    await pia
      .getByRole("button", { name: /review and apply/i })
      .first()
      .click();
    await expect(pia.getByRole("dialog").getByRole("list", { name: "Newly in" })).toContainText("release/2.4");
    await pia.getByRole("dialog").getByRole("button", { name: "Apply", exact: true }).click();
    await expect(pia.getByText(/^Applied\./).first()).toBeVisible({ timeout: 60_000 });
    await expect(pia.getByText("Replace the trust policy").first()).toBeVisible();
  });

  await test.step("who changes the version before it is told who was faster and what changed, and loses nothing", async () => {
    await oleg
      .getByRole("button", { name: /review and request/i })
      .first()
      .click();
    await oleg.getByRole("dialog").getByRole("button", { name: "Request approval" }).click();
    await expect(oleg.getByRole("dialog")).toContainText("Pia Okafor has changed the role meanwhile");
    await expect(oleg.getByRole("dialog")).toContainText("ref:release/2.4");
    await oleg.getByRole("link", { name: /Go on from version/ }).click();
    await oleg.getByRole("button", { name: "Fill it in" }).click();
    await expect(oleg.getByLabel("Justification")).toHaveValue("Builds take longer now");
  });

  await test.step("the role is removed, after its name was typed, and its history stays", async () => {
    await pia.getByRole("link", { name: "Show the role" }).click();
    await pia.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(pia.getByRole("dialog").getByRole("list", { name: "No longer in" })).toContainText("release/2.4");
    await pia.getByRole("dialog").getByLabel(`Type ${role} to confirm`).fill(role);
    await sendChange(pia, "Remove the role", "The shop moved to another account");
    await expect(iam().send(new GetRoleCommand({ RoleName: role }))).rejects.toThrow();
    await pia.goto(`${addresses().web}/roles?live=removed`);
    await expect(pia.getByRole("link", { name: new RegExp(role) }).first()).toBeVisible();
  });
});
